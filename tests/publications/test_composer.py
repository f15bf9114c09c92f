"""The composer: pieces chosen, ordered and saved by buttons alone; nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial.actions import take_step
from publications import actions
from publications.models import Bulletin
from tests import make
from tests.make import DAY, NOON
from tests.pressroom import releases
from tests.publications.pieces import corrected, english

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _signing_in(settings):
    settings.REQUIRE_SECOND_FACTOR = False


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client():
    return signed_in(make.person("editor"))


def address(item, language="en", room="compose"):
    return reverse(f"admin:publications_bulletin_{room}", args=[item.pk, language])


def form_of(page: str) -> dict:
    """What a browser would send of the page: hidden fields, texts and the order of the rows."""
    sent: dict = {"order": re.findall(r'name="order" value="(\d+)"', page)}
    sent["lock_version"] = re.search(r'name="lock_version" value="(\d+)"', page)[1]
    for name, value in re.findall(r'<input[^>]*name="(row-\d+-\w+)"[^>]*value="([^"]*)"', page):
        sent[name] = value
    for name, value in re.findall(r'<textarea[^>]*name="(row-\d+-text)"[^>]*>([^<]*)</textarea>', page):
        sent[name] = value
    return sent


def press(client, item, do, *, page="", **changed):
    page = page or client.get(address(item)).content.decode()
    answer = client.post(address(item), form_of(page) | changed | {"do": do})
    return answer


def titles(item) -> list[str]:
    return [each.get("title", "") for each in make.again(item).records("en")]


def test_pieces_are_chosen_put_under_a_heading_and_saved(client):
    article = english(title_en="Wages rise")
    item = make.bulletin(quarter=4)

    page = press(client, item, "section").content.decode()
    page = press(
        client, item, "add", page=page, pick=[make.reference(article)], **{"row-0-title": "In focus"}
    ).content.decode()
    press(client, item, "save", page=page)

    assert titles(item) == ["In focus", "Wages rise"]


def test_rows_move_by_button_and_nothing_typed_is_lost(client):
    item = make.bulletin(english(title_en="One"), english(title_en="Two"))

    page = press(client, item, "down:1", **{"row-0-title": "A new heading"}).content.decode()
    press(client, item, "save", page=page)

    assert titles(item) == ["A new heading", "Two", "One"]


def test_a_row_is_taken_out(client):
    item = make.bulletin(english(title_en="One"), english(title_en="Two"))

    page = press(client, item, "remove:1").content.decode()
    press(client, item, "save", page=page)

    assert titles(item) == ["In focus", "Two"]


def test_a_text_of_its_own_keeps_what_was_typed_while_filtering(client):
    item = make.bulletin()

    page = press(client, item, "text").content.decode()
    page = press(
        client,
        item,
        "filter",
        page=page,
        words="nothing",
        **{"row-0-title": "Dates", "row-0-text": "1 May: a day."},
    ).content.decode()
    press(client, item, "save", page=page)

    assert make.again(item).records("en") == [
        {"is": "text", "title": "Dates", "text": "1 May: a day.", "photo": ""}
    ]


def test_the_picker_shows_the_quarter_the_section_and_the_words_asked_for(client):
    item = make.bulletin(quarter=4)
    english(title_en="Wages rise")
    other = english(title_en="Skills for nurses")

    words = press(client, item, "filter", words="NURSES").content.decode()
    shelf = press(client, item, "filter", shelf=f"news:{other.category_id}").content.decode()
    elsewhen = client.get(address(make.bulletin(quarter=2, licence=None))).content.decode()

    assert "Skills for nurses" in words
    assert "Wages rise" not in words
    assert "Skills for nurses" in shelf
    assert "Wages rise" not in shelf
    assert "Skills for nurses" not in elsewhen


def test_the_balance_of_the_quarter_is_told(client):
    shelf = make.category(name_en="Work and skills")
    first = english(category=shelf)
    english(category=shelf)
    item = make.bulletin(first, quarter=4)

    page = client.get(address(item)).content.decode()

    assert re.search(r"Work and skills</th>\s*<td>2</td>\s*<td>1</td>", page)


def test_an_outdated_translation_is_told_to_the_editor(client):
    article = make.published(make.article(title_en="Old translation"), "vi", "en")
    from portal.editorial.actions import open_working_copy, take_step

    copy = open_working_copy(article, by=None, now=NOON)
    make.changed(
        copy, by=None, body_vi="<p>Nội dung mới.</p>", change_kind_vi="update", change_note_vi="Cập nhật."
    )
    take_step(make.approved(make.again(copy)), "publish", language="vi", by=None, now=NOON)
    item = make.bulletin(quarter=4)

    page = client.get(address(item)).content.decode()

    assert "bản dịch cần cập nhật" in page.lower() or "tag--caution" in page


def test_a_correction_since_freezing_is_shown_with_its_note(client):
    article = english()
    item = actions.freeze(make.bulletin(article), "en", by=None, now=NOON)
    corrected(article, note="It was five.")

    assert "It was five." in client.get(address(item)).content.decode()


def test_freezing_and_thawing_are_two_buttons(client):
    item = make.bulletin(english())

    client.post(address(item, room="contents"), {"do": "freeze", "lock_version": item.lock_version})
    item = make.again(item)
    frozen = item.records("en")[1]["pin"]
    client.post(address(item, room="contents"), {"do": "thaw", "lock_version": item.lock_version})

    assert frozen["version"] == 1
    assert make.again(item).records("en")[1]["pin"] == {}


def test_a_pin_cannot_be_forged(client):
    article = english()
    item = actions.freeze(make.bulletin(article), "en", by=None, now=NOON)

    press(client, item, "save", **{"row-1-pin": '{"title": "Forged"}', "row-1-title": "Forged"})

    assert make.again(item).records("en")[1]["pin"]["title"] == article.title_en


def test_a_save_over_somebody_elses_shows_both(client):
    item = make.bulletin(english(title_en="One"))
    page = client.get(address(item)).content.decode()
    actions.compose(item, "en", [{"is": "section", "title": "Theirs"}], by=None, now=NOON)

    answer = press(client, item, "save", page=page, **{"row-0-title": "Mine"}).content.decode()

    assert titles(item) == ["Theirs"]
    assert "Mine" in answer
    assert "Theirs" in answer
    press(client, item, "save", page=answer)
    assert titles(item) == ["Mine", "One"]


@pytest.mark.parametrize(
    "sent",
    [
        {"order": ["0"] * 600, "row-0-is": "section", "row-0-title": "x" * 10_000},
        {"order": ["0"], "row-0-is": "piece", "row-0-of": "auth.user:1; DROP"},
        {"order": ["0"], "row-0-is": "photo", "row-0-photo": "../../etc/passwd"},
        {"order": ["999999999999999999999"], "do": "up:99999999999999"},
        {"do": "add", "pick": ["x", "news.article:abc", "news.article:"]},
        {"words": "\x00" * 50, "topic": "9" * 40, "shelf": "news:" + "9" * 40, "do": "filter"},
    ],
)
def test_forged_forms_are_answered_calmly(client, sent):
    item = make.bulletin()

    answer = client.post(address(item), {"lock_version": item.lock_version, "do": "save"} | sent)

    assert answer.status_code in {200, 302}
    assert len(make.again(item).records("en")) <= 500


def test_whoever_writes_only_vietnamese_reads_the_english_contents(client):
    item = make.bulletin(english())
    reporter = signed_in(make.reporter())

    assert 'name="do"' not in reporter.get(address(item)).content.decode()
    assert reporter.post(address(item), {"do": "save"}).status_code == 403
    assert reporter.post(address(item, room="contents"), {"do": "freeze"}).status_code == 403


def test_strangers_see_nothing():
    item = make.bulletin(english())

    for room in ("compose", "contents", "mailings"):
        assert Client().get(address(item, room=room)).status_code == 302
    draft = reverse("admin:publications_bulletin_face", args=[item.pk, "en", "pdf"])
    assert Client().get(draft).status_code == 302


def test_the_issue_is_mailed_from_its_own_room():
    item = make.issue(english())
    chosen = make.mailing_list(kinds=["embassy"])
    editor = signed_in(make.person("editor"))

    answer = editor.post(address(item, room="mailings"), {"lists": [chosen.pk]}, follow=True)

    assert "Foreign Information Bulletin" in answer.content.decode()
    assert item.sendings.get().mailing.lists.get() == chosen


def test_the_words_of_an_issue_are_not_rewritten_in_the_mailing():
    item = make.issue(english())
    editor = signed_in(make.person("editor"))
    editor.post(address(item, room="mailings"), {"lists": [make.mailing_list().pk]})
    mailing = item.sendings.get().mailing
    html = mailing.message.html

    editor.post(
        reverse("admin:mailing_mailing_change", args=[mailing.pk]),
        {
            "title": "Another title",
            "lists": [],
            "staff_first": "a@b.example",
            "few_first": "",
            "text": "Mine",
            "subject": "Mine",
        },
    )

    mailing.refresh_from_db()
    assert (mailing.title, mailing.message.html) == ("Another title", html)


def test_a_new_issue_begins_with_the_quarter_that_has_ended():
    make.bulletin(year=2026, quarter=3, number=44)
    page = signed_in(make.person("editor")).get(reverse("admin:publications_bulletin_add")).content.decode()

    assert 'name="number" value="45"' in page
    assert re.search(r'<option value="4" selected', page)


def test_the_composer_asks_as_much_for_thirty_pieces_as_for_three(client, django_assert_max_num_queries):
    few, many = (
        make.bulletin(*(english() for _ in range(3))),
        make.bulletin(*(english() for _ in range(30)), quarter=2, licence=None),
    )
    for item in (few, many):
        client.get(address(item))
        with django_assert_max_num_queries(24):
            client.get(address(item))


def test_a_bulletin_of_an_impossible_quarter_is_refused():
    page = signed_in(make.person("editor")).post(
        reverse("admin:publications_bulletin_add"),
        {"year": "99999", "quarter": "7", "dated": "x", "title_en": "T"},
    )

    assert page.status_code == 200
    assert Bulletin.objects.count() == 0


def named_by_number(client, item, piece, do="up:0"):
    """A request nobody's page made: a row that names a piece by its number."""
    row = {"order": ["0"], "row-0-is": "piece", "row-0-of": make.reference(piece)}
    return client.post(address(item), form_of(client.get(address(item)).content.decode()) | row | {"do": do})


@pytest.mark.parametrize("do", ["up:0", "filter", "save", "add"])
def test_what_is_not_public_yet_is_not_named_to_whoever_sends_its_number(client, do):
    item, now = make.bulletin(), timezone.now()
    hidden = [
        releases.embargoed(None, "en", at=now + DAY, now=now, title_en="Xylophonia launched"),
        make.scheduled(make.article(now=now, title_en="Xylophonia opens"), "en", at=now + DAY, now=now),
    ]

    for piece in hidden:
        sent = named_by_number(client, item, piece, do)
        page = client.get(address(item)).content.decode() + sent.content.decode()
        assert "Xylophonia" not in page
        assert "Xylophonia" not in str(make.again(item).contents_en)


def test_freezing_names_nothing_that_is_not_public_yet(client):
    item, now = make.bulletin(), timezone.now()
    hidden = releases.embargoed(None, "vi", "en", at=now + DAY, now=now, title_en="Xylophonia launched")
    actions.compose(item, "en", [{"is": "piece", "of": make.reference(hidden)}], by=None, now=now)

    with pytest.raises(Refused) as refused:
        actions.freeze(make.again(item), "en", by=None, now=now)

    assert make.reference(hidden) in str(refused.value)
    assert "Xylophonia" not in str(refused.value)


def test_a_piece_withdrawn_since_is_still_named():
    article, item = english(title_en="Wages rise"), make.bulletin()
    take_step(make.again(article), "withdraw", language="en", by=None, now=NOON, note="Wrong.")

    assert actions.compose(item, "en", [{"is": "piece", "of": make.reference(article)}], by=None, now=NOON)
    assert titles(item) == ["Wages rise"]
