"""What a reader with fresh eyes broke, kept so that it stays whole."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial import clock
from portal.editorial.actions import open_working_copy, take_step
from portal.editorial.models import State
from portal.library.actions import remove_asset
from portal.mailing import proofing
from portal.mailing.actions import pausing, sending, subscribing
from portal.mailing.composing import body_of
from portal.mailing.models import Delivery, Subscription
from portal.search.models import Entry
from publications import actions, pins, printed, watching
from publications.models import Bulletin, Sending
from tests import make
from tests.mailing.conftest import deliver, sink  # noqa: F401  fixtures of the mail engine
from tests.make import DAY, HOUR, MINUTE, NOON
from tests.publications.pieces import corrected, english
from tests.publications.test_composer import address, signed_in
from tests.publications.test_mail import mailing_of, sent

pytestmark = pytest.mark.django_db
ISSUE = "/en/publications/bulletin/2026-3/"


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"
    settings.DEFAULT_FROM_EMAIL = "bulletin@portal.example"
    settings.REQUIRE_SECOND_FACTOR = False
    make.identity()


def frozen(*pieces, **fields) -> Bulletin:
    return actions.freeze(make.bulletin(*pieces, **fields), "en", by=None, now=NOON)


def blocking(mailing) -> list[str]:
    return [finding.message for finding in proofing.findings(mailing) if finding.blocks]


@pytest.mark.parametrize("step", ["retract", "withdraw"])
def test_a_text_taken_down_after_the_approval_does_not_go_out(step):
    article = english()
    item = make.approved(frozen(article), "en")
    take_step(article, step, language="en", by=None, now=NOON, note="A court order.")

    with pytest.raises(Refused, match=article.title_en):
        take_step(item, "publish", language="en", by=None, now=NOON)
    with pytest.raises(Refused, match=article.title_en):
        take_step(item, "schedule", language="en", by=None, now=NOON, at=NOON + HOUR)


def test_a_scheduled_issue_with_a_text_taken_down_is_stopped_before_its_hour(client):
    article, now = english(), timezone.now()
    item = make.scheduled(frozen(article), "en", at=now + MINUTE, now=now)
    take_step(article, "retract", language="en", by=None, now=now, note="A court order.")

    watching.watch(now)
    clock.run(now + HOUR)

    assert make.again(item).edition("en").state == State.APPROVED
    assert not Entry.objects.filter(kind="publications.bulletin").exists()


def test_a_licence_that_ends_after_the_approval_stops_the_issue():
    item = make.approved(frozen(english()), "en")
    item.licence.valid_until = item.dated - DAY
    item.licence.save()

    with pytest.raises(Refused):
        take_step(make.again(item), "publish", language="en", by=None, now=NOON)


def test_the_words_of_a_licence_stand_while_an_issue_is_approved_with_it():
    item = frozen(english())
    administrator = signed_in(make.head())
    change = reverse("admin:publications_licence_change", args=[item.licence_id])
    assert 'name="number"' in administrator.get(change).content.decode()

    make.approved(item, "en")

    assert 'name="number"' not in administrator.get(change).content.decode()


def test_a_correction_while_freezing_is_found_afterwards(monkeypatch):
    article = english(title_en="Six")
    item, real, done = make.bulletin(article), pins.entries_of, []

    def late(wanted, language, now):
        if not done:
            done.append(corrected(article, title_en="Five"))
        return real(wanted, language, now)

    monkeypatch.setattr(pins, "entries_of", late)
    item = actions.freeze(item, "en", by=None, now=NOON + HOUR)
    monkeypatch.undo()

    assert pins.wrong(pins.pinned_in(item.records("en")), "en")


@pytest.mark.parametrize("at", [NOON + DAY, NOON - MINUTE])
def test_a_piece_not_yet_released_is_not_frozen(at):
    article = make.scheduled(make.article(), "en", at=at, now=NOON - HOUR)

    with pytest.raises(Refused):
        actions.freeze(make.bulletin(article), "en", by=None, now=NOON)


def test_the_composer_tells_nobody_of_a_piece_before_its_hour():
    article = make.scheduled(
        make.article(title_en="Embargoed"), "en", at=timezone.now() + DAY, now=timezone.now()
    )
    item = make.bulletin(quarter=4)
    sent_form = {"lock_version": item.lock_version, "do": "add", "pick": [make.reference(article)]}

    answer = signed_in(make.person("editor")).post(address(item), sent_form).content.decode()

    assert "Embargoed" not in answer
    assert make.reference(article) not in answer


def test_a_published_issue_nobody_has_mailed_is_watched_too():
    article = english()
    make.issue(article)
    corrected(article)

    assert watching.watch(NOON + HOUR) == 1


def test_a_letter_with_a_text_corrected_since_is_neither_approved_nor_let_go():
    article = english()
    waiting, approved = make.issue(article), None
    mailing = mailing_of(waiting, "a@laos.example")
    approved = sending.approve(mailing, by=make.publisher(), now=NOON)
    corrected(article)

    assert blocking(mailing)
    with pytest.raises(Refused):
        sending.release(approved, Delivery.Stage.ALL, by=None, now=NOON + HOUR)


def test_a_letter_due_by_itself_with_a_wrong_text_waits_and_says_why():
    article = english()
    mailing = mailing_of(make.issue(article), "a@laos.example")
    sending.approve(mailing, by=make.publisher(), now=NOON)
    type(mailing).objects.update(send_at=NOON + HOUR)
    corrected(article)

    assert sending.send_due(NOON + HOUR) == 0
    mailing.refresh_from_db()
    assert (mailing.send_at, mailing.state) == (None, "approved")
    assert mailing.reason


def test_the_letter_of_a_retracted_issue_is_not_approved():
    item = make.issue(english())
    mailing = mailing_of(item, "a@laos.example")
    take_step(item, "retract", language="en", by=None, now=NOON, note="Wrong.")

    assert blocking(mailing)


def test_each_mistake_is_told_once_and_none_is_forgotten(sink, deliver):  # noqa: F811
    one, two = english(title_en="One"), english(title_en="Two")
    mailing = sent(mailing_of(make.issue(one, two), "a@laos.example"), deliver)
    letter = Sending.objects.get(mailing=mailing)
    corrected(one, note="One was wrong.")
    first = actions.compose_correction(letter, by=None, now=NOON)
    with pytest.raises(Refused):
        actions.compose_correction(letter, by=None, now=NOON)
    corrected(two, note="Two was wrong.")

    second = actions.compose_correction(letter, by=None, now=NOON)
    pausing.cancel(first, by=make.publisher(), now=NOON, why="") if first.state != "draft" else type(
        first
    ).objects.filter(pk=first.pk).update(state="cancelled")
    third = actions.compose_correction(letter, by=None, now=NOON)

    assert "One was wrong." not in second.message.text
    assert "Two was wrong." in second.message.text
    assert "One was wrong." in third.message.text


def test_whoever_leaves_by_a_correction_leaves_the_list(sink, deliver, client):  # noqa: F811
    article = english()
    mailing = sent(mailing_of(make.issue(article), "a@laos.example"), deliver)
    corrected(article)
    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)
    copy = sent(correction, deliver).deliveries.get()

    client.post(f"/mail/{copy.token}/leave/")

    assert Subscription.objects.get(list=mailing.lists.get()).state == "left"


def test_leaving_another_list_keeps_a_correction_waiting(sink, deliver):  # noqa: F811
    article = english()
    mailing = sent(mailing_of(make.issue(article), "a@laos.example"), deliver)
    corrected(article)
    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)
    sending.approve(correction, by=make.publisher(), now=NOON)

    subscribing.leave(mailing.deliveries.get(), [make.mailing_list("other")], now=NOON)

    assert correction.deliveries.get().state == "queued"


def test_a_correction_waits_until_the_wrong_letter_is_recalled(sink, deliver):  # noqa: F811
    article = english()
    mailing = sent(mailing_of(make.issue(article), "a@laos.example", "b@japan.example"), deliver)
    mailing.deliveries.filter(email="b@japan.example").update(
        state="queued", due_at=NOON + DAY, answered_at=None
    )
    corrected(article)
    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)

    assert blocking(correction)
    pausing.cancel(mailing, by=make.publisher(), now=NOON, why="wrong")
    assert blocking(correction) == []


def test_a_wrong_issue_itself_is_corrected_by_letter(sink, deliver):  # noqa: F811
    item = make.issue(english())
    mailing = sent(mailing_of(item, "a@laos.example"), deliver)
    copy = open_working_copy(make.again(item), by=None, now=NOON + HOUR)
    words = {"figures_en": "64 | missions", "change_kind_en": "correction", "change_note_en": "64, not 63."}
    copy = make.changed(copy, by=None, now=NOON + HOUR, **words)
    take_step(make.approved(copy, "en", now=NOON + HOUR), "publish", language="en", by=None, now=NOON + HOUR)

    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON + HOUR)

    assert "64, not 63." in correction.message.text


def test_a_retracted_issue_is_told_to_those_who_got_it(sink, deliver):  # noqa: F811
    item = make.issue(english())
    mailing = sent(mailing_of(item, "a@laos.example"), deliver)
    take_step(make.again(item), "retract", language="en", by=None, now=NOON, note="Printed in error.")

    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)

    assert "Printed in error." in correction.message.text


def test_a_text_whose_time_has_ended_is_no_mistake():
    article = english()
    item = frozen(article)
    words = clock.expiry_explanation("en")
    take_step(article, "withdraw", language="en", by=None, now=NOON, note=words)

    [standing] = pins.standings(pins.pinned_in(item.records("en")), "en").values()
    assert (standing.state, standing.is_wrong) == ("expired", False)


def test_whoever_chooses_the_recipients_does_not_approve_them():
    mailing = mailing_of(make.issue(english()), "a@laos.example", by=make.person("editor"))
    both = signed_in(make.person("editor", "publisher"))
    change = {
        "title": mailing.title,
        "lists": [mailing.lists.get().pk],
        "staff_first": "x@evil.example",
        "few_first": "",
    }

    both.post(reverse("admin:mailing_mailing_change", args=[mailing.pk]), change)
    both.post(reverse("admin:mailing_mailing_step", args=[mailing.pk]), {"step": "approve"})

    mailing.refresh_from_db()
    assert mailing.state == "draft"


def test_a_picture_of_a_frozen_text_is_not_deleted():
    article, picture = make.article(), make.picture()
    placed = make.placed(article, picture, "cover")
    frozen(make.published(article, "en"))
    placed.delete()
    Entry.objects.all().delete()

    with pytest.raises(Refused):
        remove_asset(picture, by=make.head(), now=NOON)


def test_a_second_bulletin_of_a_quarter_is_refused_in_words():
    make.bulletin(year=2026, quarter=3)
    said = {"year": "2026", "quarter": "3", "dated": "2026-10-12", "title_en": "T", "source_language": "en"}

    answer = signed_in(make.person("editor")).post(reverse("admin:publications_bulletin_add"), said)

    assert answer.status_code == 200
    assert "quý này" in answer.content.decode()


def test_an_issue_readers_have_keeps_its_quarter():
    item = make.issue(english())
    copy = open_working_copy(make.again(item), by=None, now=NOON)
    copy = make.changed(copy, by=None, quarter=4, change_kind_en="minor")

    with pytest.raises(Refused):
        take_step(copy, "submit", language="en", by=None, now=NOON)


def test_an_issue_of_headings_alone_is_not_submitted():
    item = make.bulletin()
    actions.compose(item, "en", [{"is": "section", "title": "Nothing"}], by=None, now=NOON)

    with pytest.raises(Refused):
        take_step(make.again(item), "submit", language="en", by=None, now=NOON)


def test_the_shelf_keeps_its_question_from_page_to_page(client):
    for number in range(30):
        make.published(make.publication(title_en=f"Work {number}", year=2024), "en")
    page = client.get("/en/publications/?year=2024").content.decode()

    [older] = set(re.findall(r'href="([^"]*page=[^"]*)"', page))

    assert older.count("?") == 1
    assert "Work 0<" in client.get(older.replace("&amp;", "&")).content.decode()


def test_a_half_written_file_is_never_kept(monkeypatch):
    issue = make.issue(english())
    face = Entry.objects.get(kind="publications.bulletin", object_id=issue.pk).face

    def broken(self, target):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OSError, match="disk full"):
        printed.face(face, "epub")
    monkeypatch.undo()

    assert printed.face(face, "epub")[:2] == b"PK"


def test_what_was_typed_while_somebody_approved_stands_on_the_page():
    item = make.approved(frozen(english()), "en")
    typed = {"do": "save", "lock_version": item.lock_version, "order": ["0"], "row-0-is": "text",
             "row-0-title": "Mine", "row-0-text": "An hour of typing"}  # fmt: skip

    answer = signed_in(make.person("editor")).post(address(item), typed)

    assert "An hour of typing" in answer.content.decode()
    assert make.again(item).records("en")[0]["is"] == "section"


def test_too_many_entries_are_refused_and_not_cut():
    item = make.bulletin()
    rows = {
        f"row-{n}-{name}": value
        for n in range(501)
        for name, value in (("is", "section"), ("title", f"H{n}"))
    }

    answer = signed_in(make.person("editor")).post(
        address(item), rows | {"do": "save", "lock_version": item.lock_version, "order": list(range(501))}
    )

    assert "H500" in answer.content.decode()
    assert make.again(item).records("en") == []


def test_freezing_what_somebody_else_has_just_changed_asks_to_look_again():
    item = make.bulletin(english())
    seen = item.lock_version
    actions.compose(item, "en", [{"is": "section", "title": "Theirs"}], by=None, now=NOON)

    signed_in(make.person("editor")).post(
        address(item, room="contents"), {"do": "freeze", "lock_version": seen}
    )

    assert [each["title"] for each in make.again(item).records("en")] == ["Theirs"]


@pytest.mark.parametrize("sent_form", [{"corrects": "abc"}, {"lists": ["abc", "9" * 40]}])
def test_nonsense_sent_to_the_mailing_room_is_no_failure(sent_form):
    item = make.issue(english())

    assert signed_in(make.person("editor")).post(address(item, room="mailings"), sent_form).status_code in {
        302,
        404,
    }


def test_a_withdrawn_photo_book_can_still_be_leafed_through(client):
    from tests.publications.test_pages import photo_book

    item = photo_book()
    take_step(item, "withdraw", language="en", by=None, now=NOON, note="Under review.")

    assert client.get(f"{item.get_absolute_url('en')}2/").status_code == 200


def test_two_editions_are_no_translations_of_each_other():
    item = make.bulletin(english())
    vietnamese = make.published(make.article(english=False))
    actions.compose(item, "vi", [{"is": "piece", "of": make.reference(vietnamese)}], by=None, now=NOON)
    for language in ("vi", "en"):
        actions.freeze(item, language, by=None, now=NOON)
        make.published(make.again(item), language)

    assert Entry.objects.get(language="vi", kind="publications.bulletin").translation == {}


def test_a_long_vietnamese_issue_is_shortened_until_it_fits():
    summary = (
        "Hội nghị đánh giá kết quả thực hiện chương trình phối hợp giữa các bộ, ngành và địa phương. " * 5
    )
    pieces = [make.published(make.article(standfirst_vi=summary)) for _ in range(30)]
    item = make.issue(*pieces, language="vi")

    message = actions.compose_mailing(item, "vi", [make.mailing_list()], by=None, now=NOON).message

    assert sum(map(len, body_of(message.text, message.html).pieces)) <= proofing.LARGEST


def test_words_in_angle_brackets_are_found():
    make.issue(english(title_en="Growth <on average> of 6 per cent"))

    assert "<on average>" in Entry.objects.get(kind="publications.bulletin", language="en").text
