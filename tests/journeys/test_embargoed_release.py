"""A release under embargo in a real browser, in both languages: given to a journalist, known to nobody else, public at its
hour, and recalled."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.editorial import clock, effects
from portal.editorial.actions import take_step
from portal.mailing import delivering, ways
from portal.mailing.models import Delivery
from pressroom.models import JournalistRule, PressRelease
from tests import make
from tests.mailing.conftest import sink  # noqa: F401  a mail server for the letters
from tests.make import HOUR, MINUTE
from tests.pressroom import releases

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AHEAD = timedelta(seconds=30)
ROOM = {"vi": "/vi/bao-chi/", "en": "/en/press/"}
WORDS = {
    "vi": {"read": "Đọc bài", "title": "Xylophonia ra mắt", "recalled": "Thu hồi"},
    "en": {"read": "Read the text", "title": "Xylophonia launched", "recalled": "Recalled"},
}


@pytest.fixture(autouse=True)
def _house(settings, live_server):
    settings.REQUIRE_SECOND_FACTOR = False
    make.identity()
    releases.patterns()
    releases.terms()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_under_embargo_then_public_then_recalled(open_page, sink, language):  # noqa: F811
    words, now = WORDS[language], timezone.now()
    anna = releases.journalist(language=language)
    press = make.mailing_list()
    JournalistRule.objects.create(mailing_list=press)
    draft = releases.release(press, now=now, title_vi=WORDS["vi"]["title"], title_en=WORDS["en"]["title"])
    item = make.approved(draft, "vi", "en", now=now)
    hour = timezone.now() + AHEAD
    for code in ("vi", "en"):
        take_step(make.again(item), "embargo", language=code, by=None, now=timezone.now(), at=hour)

    item = make.again(item)
    give_a_copy(open_page(), item, language, anna.full_name)
    journalist, stranger = open_page(java_script_enabled=False), open_page()
    journalist.goto(address_in_the_letter(anna.email))
    expect(journalist.get_by_text(words["title"])).to_have_count(0)
    journalist.get_by_role("checkbox").check()
    journalist.get_by_role("button", name=words["read"]).click()
    expect(journalist.get_by_role("heading", level=1)).to_contain_text(words["title"].split()[0])
    stranger.goto(ROOM[language])
    expect(stranger.get_by_text(words["title"])).to_have_count(0)
    assert stranger.goto(item.get_absolute_url(language)).status == 404

    time.sleep(max(0, (hour - timezone.now()).total_seconds()) + 0.1)
    stranger.goto(ROOM[language])
    stranger.get_by_role("link", name=words["title"]).first.click()
    expect(stranger.get_by_role("heading", level=1)).to_have_text(words["title"])
    journalist.reload()
    expect(journalist).to_have_url(re.compile(item.get_absolute_url(language)))
    send()
    assert [letter["Subject"] for letter in sink.letters() if letter["To"] and anna.email in letter["To"]][
        -1
    ] == words["title"]

    take_step(
        make.again(item),
        "retract",
        language=language,
        by=make.head(),
        now=timezone.now(),
        note="Sai số liệu.",
    )
    send()
    assert words["recalled"] in [letter["Subject"] for letter in sink.letters()][-1]
    assert stranger.reload().status == 410
    stranger.goto(f"{ROOM[language]}changes.json")
    expect(stranger.locator("body")).to_contain_text("retracted")


def give_a_copy(page: Page, item: PressRelease, language: str, name: str) -> None:
    """The press officer, from the sheet of the release."""
    officer = make.person("press officer", language="en")
    page.goto("/admin/login/")
    page.locator("#id_username").fill(officer.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto(f"/admin/pressroom/pressrelease/{item.pk}/change/")
    page.get_by_role("link", name="Copies for journalists").nth(0 if language == "vi" else 1).click()
    page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="Give each a copy").click()
    expect(page.get_by_text("1 copy was given out.")).to_be_visible()


def address_in_the_letter(email: str) -> str:
    text = Delivery.objects.get(email=email, key__startswith="copy_given").message.text
    return re.search(r"https?://[^/]+(/\S+)", text).group(1)


def send() -> None:
    """The clock, what follows, and the mail: what the workers do."""
    clock.run(timezone.now())
    effects.do_waiting(timezone.now() + MINUTE)
    delivering.deliver_waiting(
        ways.connect, now=timezone.now, sleep=lambda seconds: None, until=timezone.now() + HOUR
    )
