"""A badge on its whole way, in a real browser and in both languages: from the form without JavaScript over the press desk and the
letter to the gate, where its holder picks it up."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from pressroom.models import AccreditationRequest, AccreditationRound
from tests import make
from tests.make import DAY
from tests.pressroom import briefings, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = {"vi": "/vi/bao-chi/dang-ky-tac-nghiep/", "en": "/en/press/accreditation/"}
WORDS = {
    "vi": {"event": "Họp báo quý IV", "accepted": "Được chấp nhận"},
    "en": {"event": "Fourth quarter briefing", "accepted": "Accepted"},
}


@pytest.fixture(autouse=True)
def _house(settings, live_server, tmp_path):
    settings.REQUIRE_SECOND_FACTOR = False
    settings.MEDIA_ROOT = tmp_path / "media"
    make.identity()


@pytest.fixture
def event() -> AccreditationRound:
    """A briefing of today, badges still asked for."""
    now, today = timezone.now(), vietnamese_day(timezone.now())
    item = briefings.announced(now=now - 2 * DAY, when=briefings.exact(today), kind="ad_hoc")
    return press.round_(
        briefing=item, opens_at=now - DAY, closes_at=now + DAY, first_day=today, last_day=today
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_badge_is_asked_for_given_and_picked_up(open_page, live_server, event, language):
    press.outlet("Nordic Wire")
    officer = press.officer(language="en")
    journalist = open_page(java_script_enabled=False)

    asked = ask(journalist, event, language)
    desk = at_the_briefing(open_page(), officer, event)
    desk.get_by_role("link", name="Press accreditation", exact=True).first.click()
    desk.get_by_role("link", name="Requests", exact=True).click()
    desk.get_by_role("link", name="Anna Berg").click()
    for button in ("Papers are in order", "Give a badge"):
        desk.get_by_role("button", name=button).click()
    expect(desk.locator("#sheet .state")).to_have_text("accepted")

    journalist.goto(live_server.url + own_page(asked, language))
    expect(journalist.locator("[aria-current=step]")).to_contain_text(WORDS[language]["accepted"])
    desk.goto(reverse("admin:pressroom_accreditation_badge", args=[asked.code]))
    desk.get_by_role("button", name="Check in").click()
    expect(desk.get_by_text("Came in")).to_be_visible()
    assert make.again(asked).checked_in_at


def ask(page: Page, event: AccreditationRound, language: str) -> AccreditationRequest:
    page.goto(LIST[language])
    page.get_by_role("link", name=WORDS[language]["event"]).click()
    for name, said in (
        ("full_name", "Anna Berg"), ("outlet_name", "Nordic Wire"), ("email", "anna@wire.example"), ("phone", "0912"),
        ("card_number", "NB 1"), ("card_issuer", "MOFA"),
        ("card_valid_until", (event.last_day + timedelta(days=90)).isoformat()),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(said)
    page.locator("[name=card]").set_input_files(
        {"name": "the.png", "mimeType": "image/png", "buffer": press.PNG}
    )
    page.locator("[name=consent]").check()
    page.locator("main form [type=submit]").click()
    page.wait_for_url(re.compile("da-gui|asked|/$"))
    return AccreditationRequest.objects.get()


def at_the_briefing(page: Page, person: User, event: AccreditationRound) -> Page:
    page.goto("/admin/login/")
    page.locator("#id_username").fill(person.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto(reverse("admin:pressroom_briefing_change", args=[event.briefing_id]))
    return page


def own_page(asked: AccreditationRequest, language: str) -> str:
    """The link of the letter."""
    letter = Delivery.objects.get(key=f"accreditation-received:{asked.pk}").message
    assert letter.language == language
    return re.search(rf"https?://[^/]+(/{language}/\S+)", letter.text).group(1)
