"""A journalist's question on its whole way, in a real browser and in both languages: from the form through a unit, the desk and
a second pair of eyes to the letter, and from there to an answer everybody can read."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.duties import initial
from portal.duties.models import Limit
from portal.mailing import delivering, ways
from portal.mailing.models import Delivery
from pressroom.models import Enquiry, UnitRequest
from tests import make
from tests.mailing.conftest import sink  # noqa: F401  a mail server for the letters
from tests.make import HOUR
from tests.pressroom import makers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = {"vi": "/vi/bao-chi/gui-cau-hoi/", "en": "/en/press/enquiries/"}
LIST = {"vi": "/vi/bao-chi/tra-loi/", "en": "/en/press/answers/"}
WORDS = {
    "vi": {
        "send": "Gửi câu hỏi",
        "subject": "Lương quý III",
        "question": "Lương tăng bao nhiêu?",
        "answer": "Lương tăng 6%.",
    },
    "en": {
        "send": "Send the question",
        "subject": "Wages",
        "question": "How fast?",
        "answer": "Wages rose by 6 per cent.",
    },
}


@pytest.fixture(autouse=True)
def _house(settings, live_server):
    settings.REQUIRE_SECOND_FACTOR = False
    make.identity()
    initial.load(Limit)  # the journey before this one has emptied every table


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_question_is_answered_by_letter_and_then_for_everybody(open_page, sink, live_server, language):  # noqa: F811
    officer, speaker = makers.officer(language="en"), makers.speaker(language="en")
    makers.unit(name_vi="Vụ Tiền lương", name_en="Department of Wages")
    journalist = open_page(java_script_enabled=False)

    asked = ask(journalist, language)
    desk = opened(open_page(), officer, asked)
    desk.get_by_text("Ask a unit", exact=True).click()
    desk.get_by_label("Unit", exact=True).select_option(label="Department of Wages")
    desk.get_by_role("button", name="Ask the unit").click()
    expect(desk.get_by_text("waited for", exact=True)).to_be_visible()
    answer_for_the_unit(open_page(), live_server.url)
    desk.reload()
    expect(desk.get_by_text("Six per cent, see the table.")).to_be_visible()
    draft(desk)
    expect(desk.get_by_role("button", name="Clear the answer")).to_be_disabled()

    eyes = opened(open_page(), speaker, asked)
    eyes.get_by_role("button", name="Clear the answer").click()
    expect(eyes.get_by_text("answer cleared", exact=True)).to_be_visible()
    desk.reload()
    desk.get_by_role("button", name="Send the answer").click()
    expect(desk.get_by_text("answer given", exact=True)).to_be_visible()
    delivering.deliver_waiting(
        ways.connect, now=timezone.now, sleep=lambda seconds: None, until=timezone.now() + HOUR
    )

    letter = next(each for each in sink.letters() if WORDS[language]["answer"] in each.get_content())
    assert letter["Content-Language"] == language
    journalist.reload()
    expect(journalist.get_by_text(WORDS[language]["answer"])).to_be_visible()
    desk.get_by_role("button", name="Make a public answer of it").click()
    expect(desk.get_by_text("Public answer", exact=True)).to_be_visible()
    published(asked)
    reader = open_page()
    reader.goto(LIST[language])
    reader.get_by_role("link", name=WORDS[language]["subject"]).click()
    expect(reader.get_by_text(WORDS[language]["answer"])).to_be_visible()
    expect(reader.locator("article")).to_contain_text("Nordic Wire")
    expect(reader.locator("article")).not_to_contain_text("Anna Berg")


def ask(page: Page, language: str) -> Enquiry:
    """The public form, without JavaScript."""
    page.goto(FORM[language])
    words = WORDS[language]
    for name, said in (
        ("asked_by", "Anna Berg"), ("outlet_name", "Nordic Wire"), ("email", "anna@wire.example"),
        ("subject", words["subject"]), ("question", words["question"]),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(said)
    page.locator("[name=consent]").check()
    page.get_by_role("button", name=words["send"]).click()
    asked = Enquiry.objects.get()
    expect(page.get_by_role("heading", level=1)).to_have_text(asked.reference)
    return asked


def opened(page: Page, person: User, asked: Enquiry) -> Page:
    """The enquiry's page, found by this person from the press desk."""
    page.goto("/admin/login/")
    page.locator("#id_username").fill(person.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/admin/")
    page.get_by_role("link", name="Press desk").click()
    page.get_by_role("link", name=re.compile(asked.reference)).first.click()
    return page


def answer_for_the_unit(page: Page, origin: str) -> None:
    """By the link of the letter, without an account."""
    letter = Delivery.objects.get(key=f"unit-asked:{UnitRequest.objects.get().pk}").message.text
    page.goto(origin + re.search(r"https?://[^/]+(/vi/\S+)", letter).group(1))
    page.locator("[name=answer]").fill("Six per cent, see the table.")
    page.locator("[name=name]").fill("Trần An")
    page.get_by_role("button", name="Gửi Bàn báo chí").click()
    expect(page.get_by_role("status")).to_be_visible()


def draft(page: Page) -> None:
    for language in ("vi", "en"):
        page.locator(f"[name=answer_{language}]").fill(WORDS[language]["answer"])
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_text("answer drafted", exact=True)).to_be_visible()


def published(asked: Enquiry) -> None:
    """The usual steps, taken as everywhere else: see the journey of an article."""
    item = make.again(make.again(asked).published)
    said = {f"title_{code}": WORDS[code]["subject"] for code in WORDS}
    said |= {f"question_{code}": WORDS[code]["question"] for code in WORDS}
    make.published(make.changed(item, by=None, now=timezone.now(), **said), "vi", "en", now=timezone.now())
