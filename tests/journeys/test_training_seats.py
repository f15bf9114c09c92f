"""A seat at a training event on a telephone, in both languages: registered, waited for, offered, had; and a unit's people named."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from tests import make
from tests.training import events
from tests.training import seats as st
from training.actions import arrangements, nominating, seats
from training.models import Event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 360, "height": 760}}
WORDS = {
    "vi": {
        "join": "Đăng ký vào danh sách chờ", "confirm": "Vâng, tôi muốn tham dự",
        "waits": "Quý vị ở vị trí số 1 trong danh sách chờ", "take": "Vâng, tôi nhận", "seat": "Quý vị đã có chỗ",
        "name_them": "Cử những người này", "replace": "Thay người", "instead": "Cử người này thay",
        "told": "Đã thay người. Cả hai đều được báo bằng thư.",
    },
    "en": {
        "join": "Join the waiting list", "confirm": "Yes, I want to attend",
        "waits": "You are number 1 on the waiting list", "take": "Yes, I take it", "seat": "You have a seat",
        "name_them": "Name these people", "replace": "Replace", "instead": "Send this person instead",
        "told": "Somebody else comes now. Both are told by letter.",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _house(settings, live_server):
    settings.MAIL_ORIGIN = live_server.url
    make.identity()


def open_event(capacity: int) -> Event:
    now = timezone.now()
    day = vietnamese_day(now) + timedelta(days=25)
    event = events.announced(sessions=(events.session(day),), now=now - make.HOUR)
    return arrangements.arrange(event, capacity=capacity, by=None, now=now)


def link_in(kind: str, email: str) -> str:
    letter = Delivery.objects.get(email=email, key__startswith=f"training-{kind}:")
    return next(word for word in letter.message.text.split() if word.startswith("http"))


def is_for_everybody(page: Page) -> None:
    assert not Axe().run(page).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_seat_is_registered_for_waited_for_offered_and_had(open_page, language, watch):
    said, event = WORDS[language], open_event(1)
    holder = st.registered(event, now=timezone.now())
    page = open_page(**PHONE)

    page.goto(
        f"/{language}/{'training' if language == 'en' else 'dao-tao'}/{event.pk}/{'register' if language == 'en' else 'dang-ky'}/"
    )
    is_for_everybody(page)
    page.locator("#id_full_name").fill("Nguyễn Thị Ánh")
    page.locator("#id_email").fill("anh@don-vi.example")
    page.locator("#id_unit_name").fill("Sở Ngoại vụ")
    page.locator("#id_consent").check()
    page.get_by_role("button", name=said["join"]).click()
    page.wait_for_url("**/registered/" if language == "en" else "**/da-dang-ky/")

    page.goto(link_in("confirm", "anh@don-vi.example"))
    is_for_everybody(page)
    page.get_by_role("button", name=said["confirm"]).click()
    expect(page.get_by_role("heading", name=said["waits"])).to_be_visible()
    is_for_everybody(page)

    seats.give_back(holder, by=None, now=timezone.now())
    page.goto(link_in("offered", "anh@don-vi.example"))
    page.get_by_role("button", name=said["take"]).click()
    expect(page.get_by_role("heading", name=said["seat"])).to_be_visible()
    is_for_everybody(page)
    assert event.registrations.get(email="anh@don-vi.example").state == "seated"
    assert watch.complaints == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_focal_point_names_people_and_sends_somebody_else(open_page, language, watch):
    said, event = WORDS[language], open_event(2)
    quota = st.group(event, 1, now=timezone.now(), focal_language=language)
    nominating.invite(quota, by=None, now=timezone.now())
    page = open_page(**PHONE)

    page.goto(link_in("nominate", quota.focal_email))
    is_for_everybody(page)
    page.locator("#id_person-0-full_name").fill("Lê Văn Bình")
    page.locator("#id_person-0-email").fill("binh@don-vi.example")
    page.get_by_role("button", name=said["name_them"]).click()
    expect(page.get_by_text("Lê Văn Bình").first).to_be_visible()

    page.get_by_role("link", name=said["replace"]).click()
    is_for_everybody(page)
    page.locator("#id_swap-full_name").fill("Trần Thị Cúc")
    page.locator("#id_swap-email").fill("cuc@don-vi.example")
    page.get_by_role("button", name=said["instead"]).click()
    expect(page.get_by_text(said["told"])).to_be_visible()
    expect(page.get_by_text("Trần Thị Cúc", exact=True)).to_be_visible()
    assert sorted(quota.registrations.values_list("state", flat=True)) == ["cancelled", "seated"]
    assert link_in("nominated", "cuc@don-vi.example")
    assert link_in("nominated", "binh@don-vi.example")
    assert watch.complaints == []
