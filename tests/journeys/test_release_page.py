"""A release in a real browser: its hour in the zone of whoever reads it, and a quotation taken along with one press."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import make
from tests.pressroom import releases

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _house(live_server):
    make.identity()
    releases.patterns()


@pytest.fixture
def address():
    now = timezone.now() - timedelta(minutes=5)
    quotes = f'[{{"speaker": "{releases.speaker().pk}", "words": "We will."}}]'
    item = make.published(releases.release(now=now, quotes_en=quotes), "vi", "en", now=now)
    return make.again(item).get_absolute_url("en")


def test_a_reader_far_away_is_told_the_hour_there_too(open_page, address):
    page = open_page(timezone_id="Asia/Tokyo")
    page.goto(address)
    expect(page.get_by_text("GMT+9").first).to_be_visible()

    at_home = open_page(timezone_id="Asia/Ho_Chi_Minh")
    at_home.goto(address)
    expect(at_home.get_by_text("Ha Noi time").first).to_be_visible()
    expect(at_home.get_by_text("GMT+")).to_have_count(0)


def test_a_quotation_is_taken_along_with_who_said_it_and_where(open_page, address):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(address)

    page.get_by_role("button", name="Copy quotation").first.click()

    expect(page.get_by_text("Copied.", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“We will.” – ")
    assert "#quote-1" in copied
