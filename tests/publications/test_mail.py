"""An issue as a letter: what it says in every mail program, whom it reaches, and how a wrong text is put right."""

import re
from pathlib import Path

import pytest
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial.actions import take_step
from portal.editorial.effects import do_waiting
from portal.editorial.models import Notice
from portal.mailing import audiences, proofing
from portal.mailing.actions import sending
from portal.mailing.composing import STAND_IN
from portal.mailing.models import Delivery, Subscriber, Subscription
from publications import actions, letter, watching
from publications.models import Sending
from tests import make
from tests.mailing.conftest import deliver, sink  # noqa: F401  fixtures of the mail engine
from tests.make import NOON
from tests.publications.pieces import corrected, english

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(autouse=True)
def _ours(settings):
    settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"
    settings.DEFAULT_FROM_EMAIL = "bulletin@portal.example"
    make.identity()


def mailing_of(item, *emails, by=None):
    """The issue's mailing, to a list that reaches these missions."""
    for email in emails:
        make.address(email, of=make.post(organisation=make.organisation("embassy")))
    chosen = make.mailing_list(kinds=["embassy"])
    return actions.compose_mailing(item, "en", [chosen], by=by, now=NOON)


def sent(mailing, deliver):  # noqa: F811
    sending.approve(mailing, by=make.publisher(), now=NOON)
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
    deliver()
    return mailing


def test_the_letter_passes_the_proof():
    mailing = mailing_of(make.issue(english()), "a@laos.example")

    assert [finding.message for finding in proofing.findings(mailing) if finding.blocks] == []


def test_the_letter_is_light_enough_with_thirty_pieces():
    pieces = [english(title_en=f"A headline of some length, number {number}") for number in range(30)]
    message = mailing_of(make.issue(*pieces)).message

    assert len(message.html) + len(message.text) < proofing.LARGEST


def test_styles_stand_on_the_elements_and_dark_colours_in_the_head():
    html = mailing_of(make.issue(english())).message.html

    assert re.search(r'<h1[^>]* style="[^"]*font-size: 28px', html)
    assert "@media (prefers-color-scheme: dark)" in html
    assert "<script" not in html


def test_nothing_but_the_own_page_knows_the_reader():
    message = mailing_of(make.issue(english())).message

    known = [link for link in re.findall(r'(?:href|src)="([^"]+)"', message.html) if STAND_IN in link]
    assert len(set(known)) == 1
    assert "/mail/" in known[0]
    assert all(
        link.startswith(("https://portal.example/", "mailto:"))
        for link in re.findall(r'(?:href|src)="([^"]+)"', message.html)
    )


def test_the_text_part_is_a_letter_of_its_own():
    article = english(title_en="Wages rise & fall", standfirst_en="By 6 per cent <on average>.")
    text = mailing_of(make.issue(article)).message.text

    assert "FOREIGN INFORMATION BULLETIN" in text
    assert "* Wages rise & fall" in text
    assert "By 6 per cent <on average>." in text
    assert "63: missions receive this bulletin" in text
    assert "https://portal.example/en/publications/bulletin/2026-3/#news-article-" in text
    assert "&amp;" not in text
    assert "\n\n\n\n" not in text


def test_a_title_breaks_neither_header_nor_markup(sink, deliver):  # noqa: F811
    article = english(title_en='Bcc: all@example.com "quoted" <b>')
    mailing = sent(mailing_of(make.issue(article), "a@laos.example"), deliver)

    [received] = sink.letters()
    assert received["Bcc"] is None
    assert "&lt;b&gt;" in received.get_body(("html",)).get_content()
    assert mailing.message.subject in received["Subject"]


def test_an_unpublished_issue_is_not_mailed():
    with pytest.raises(Refused):
        mailing_of(make.bulletin(english()))


def test_an_issue_with_a_text_corrected_since_is_not_mailed():
    article = english()
    item = make.issue(article)
    corrected(article)

    with pytest.raises(Refused, match=article.title_en):
        mailing_of(item)


def test_those_who_made_the_issue_are_told_of_a_correction_once():
    article, editor = english(), make.person("editor")
    item = make.bulletin(article, by=editor)
    actions.freeze(item, "en", by=editor, now=NOON)
    corrected(article, note="It was five.")

    for _ in range(2):
        watching.watch(NOON)
        do_waiting(timezone.now())

    [notice] = Notice.objects.filter(to=editor, verb=watching.BEFORE)
    assert "It was five." in notice.note


def test_a_minor_fix_of_a_pinned_text_disturbs_nobody():
    article = english()
    actions.freeze(make.bulletin(article, by=make.person("editor")), "en", by=None, now=NOON)
    corrected(article, kind="minor", note="", title_en="Another")

    assert watching.watch(NOON) == 0


def test_the_correction_goes_only_to_those_who_got_the_wrong_text(sink, deliver):  # noqa: F811
    article = english(title_en="Wages rise by 6 per cent")
    mailing = sent(mailing_of(make.issue(article), "a@laos.example", "b@japan.example"), deliver)
    make.address("new@france.example", of=make.post(organisation=make.organisation("embassy")))
    corrected(article, note="They rise by 5 per cent.", title_en="Wages rise by 5 per cent")

    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)

    assert {each.email for each in audiences.staged(correction)} == {"a@laos.example", "b@japan.example"}
    assert "They rise by 5 per cent." in correction.message.text
    assert [found for found in proofing.findings(correction) if found.blocks] == []


def test_whoever_left_meanwhile_gets_no_correction(sink, deliver):  # noqa: F811
    article = english()
    mailing = sent(mailing_of(make.issue(article), "a@laos.example", "b@japan.example"), deliver)
    reader = Subscriber.objects.create(email="a@laos.example", created_at=NOON)
    Subscription.objects.create(subscriber=reader, list=mailing.lists.get(), state="left", left_at=NOON)
    corrected(article)

    correction = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)

    assert [each.email for each in audiences.staged(correction)] == ["b@japan.example"]


def test_a_text_taken_down_is_told_as_such(sink, deliver):  # noqa: F811
    article = english(title_en="Gone")
    mailing = sent(mailing_of(make.issue(article), "a@laos.example"), deliver)
    take_step(article, "withdraw", language="en", by=None, now=NOON, note="The source was wrong.")

    text = actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON).message.text

    assert "Please do not quote it." in text
    assert "The source was wrong." in text


def test_nothing_wrong_needs_no_correction():
    mailing = mailing_of(make.issue(english()), "a@laos.example")

    with pytest.raises(Refused):
        actions.compose_correction(Sending.objects.get(mailing=mailing), by=None, now=NOON)


def test_forwarding_tells_nobody_who_forwards():
    message = mailing_of(make.issue(english())).message

    [forward] = re.findall(r'href="(mailto:[^"]+)"', message.html)
    assert STAND_IN not in forward
    assert "bulletin/2026-3" in forward


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("part", ["html", "txt"])
def test_the_letter_is_the_golden_one(language, part):
    """Every change of the letter's face is seen in a diff: delete the file to have it written anew, and look at it."""
    message = letter.of_issue(golden_issue(language), NOON)
    kept = GOLDEN / f"issue.{language}.{part}"
    written = message.html if part == "html" else message.text
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(written, encoding="utf-8")
        pytest.fail(f"{kept.name} was written: look at it, then commit it")

    assert written == kept.read_text(encoding="utf-8")


def golden_issue(language):
    vietnamese = language == "vi"
    image = {"asset": "00000000-0000-4000-8000-000000000001", "alt": "Nurses", "width": 1600, "height": 1067}
    cover = {
        "image": image | {"focal_x": 0.5, "focal_y": 0.5},
        "caption": "Nurses in training.",
        "credit": "Photo: ministry",
    }
    piece = {
        "key": "news.article:12",
        "version": 3,
        "title": "Tiền lương tối thiểu tăng 6%" if vietnamese else "Minimum wage rises by 6 per cent",
        "summary": "Từ ngày 01/01." if vietnamese else "From 1 January.",
        "body": "<p>Body.</p>",
        "byline": "",
        "dateline": "",
        "published": "2026-08-02T03:00:00+00:00",
        "url": f"https://portal.example/{language}/x/",
        "cover": cover,
        "figures": {},
        "outdated": False,
    }
    own = piece | {"key": "own:2", "title": "Dates to note", "summary": "", "cover": None, "url": ""}
    return {
        "language": language,
        "year": 2026,
        "quarter": 3,
        "number": 44,
        "title": "Foreign Information Bulletin, third quarter of 2026",
        "name": "Foreign Information Bulletin",
        "publisher": "Ministry of Labour",
        "dated": "2026-10-12",
        "licence": {"number": "27/GP-XBBT", "issuer": "Press Authority", "issued_on": "2025-12-20"},
        "imprint": {
            "responsible": "Nguyễn Thu Hà",
            "office": "12 Ngo Quyen, Ha Noi",
            "printed_at": "",
            "print_run": 500,
        },
        "foreword": "<p>Dear readers,</p><p>Here is the quarter.</p>",
        "foreword_by": "Nguyễn Thu Hà",
        "figures": [{"value": "63", "label": "missions"}],
        "cover": cover,
        "sections": [{"title": "In focus", "pieces": [piece]}, {"title": "For reference", "pieces": [own]}],
        "web_url": f"https://portal.example/{language}/publications/bulletin/2026-3/",
    }
