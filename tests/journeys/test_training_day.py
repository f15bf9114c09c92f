"""The day of a course on a phone, in both languages: scanned without a network, sent, attended, certified, verified."""

from datetime import timedelta
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from tests import make
from tests.training import day
from training.actions import certificates, surveys
from training.models import Event, Presence, Scan, Session
from training.rules.badges import short_code_of
from training.rules.certificates import Terms
from training.rules.codes import code_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
WORDS = {
    "vi": {"offline": "Không có mạng", "sent": "Có mạng. Đã gửi tất cả.", "in": "Mời vào", "already": "Đã điểm danh",
           "forged": "Không phải mã của Bộ", "other": "Sự kiện khác", "blocked": "Không (còn) chỗ", "issue": "Cấp và gửi thư báo",
           "genuine": "Giấy thật, còn hiệu lực.", "signer": "Người ký", "enough": "đủ"},
    "en": {"offline": "Offline", "sent": "Online. Everything is sent.", "in": "Come in", "already": "Is in already",
           "forged": "Not our code", "other": "Another event", "blocked": "No seat", "issue": "Issue and send them",
           "genuine": "Genuine and valid.", "signer": "Signer", "enough": "enough"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _house(settings, live_server):
    settings.REQUIRE_SECOND_FACTOR, settings.MAIL_ORIGIN = False, live_server.url
    make.identity()


def signed_in(page: Page, person) -> Page:
    page.goto("/admin/login/")
    page.locator("#id_username").fill(person.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def at(name: str, *args: int) -> str:
    return reverse(f"admin:training_event_{name}", args=args)


def read(page: Page, code: str, word: str) -> None:
    """A code is typed, and the phone says this word."""
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(page.locator("#code")).to_have_value("")
    expect(page.locator("#result .door-result__word")).to_contain_text(word)


def at_the_door(page: Page, here: Event) -> Page:
    """The page with its list, and its worker ready to answer in place of the network."""
    page.goto(at("door", here.pk))
    expect(page.locator("#people li").first).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function(
        "async () => { const names = await caches.keys(); if (!names.length) return false;"
        " return Boolean(await (await caches.open(names[0])).match(location.pathname)); }"
    )
    return page


def waiting(page: Page, count: int) -> None:
    expect(page.locator("#line")).to_have_attribute("data-waiting", str(count))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_from_a_scan_without_a_network_to_a_certificate_that_is_verified(open_page, language):
    words, now = WORDS[language], timezone.now()
    here, other = day.event(now=now, sessions=1), day.event(now=now)
    who, second = day.seat(here, "Nguyễn Thị Quỳnh Anh", language=language), day.seat(here, "Đỗ Văn Án")
    gone, elsewhere, signer = day.seat(here, "Trần Văn Rời", state="cancelled"), day.seat(other), day.signer()
    phone = at_the_door(signed_in(open_page(viewport=PHONE), day.officer(language=language)), here)

    # The network is gone; the page is opened anew all the same, and judges every kind of code.
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#line")).to_contain_text(words["offline"])
    read(phone, code_of(who), words["in"])
    expect(phone.locator("#result")).to_contain_text("Nguyễn Thị Quỳnh Anh")
    read(phone, code_of(who), words["already"])
    read(phone, short_code_of(second), words["in"])
    read(phone, code_of(gone), words["blocked"])
    read(phone, code_of(elsewhere), words["other"])
    read(phone, code_of(who)[:-6] + "AAAAAA", words["forged"])
    waiting(phone, 6)
    assert Scan.objects.count() == 0

    # Nothing is lost when the page is opened once more; back online, the queue empties by itself.
    phone.reload()
    waiting(phone, 6)
    phone.context.set_offline(False)
    expect(phone.locator("#line")).to_have_text(words["sent"])
    waiting(phone, 0)
    assert sorted(Scan.objects.values_list("outcome", flat=True)) == [
        "already", "blocked", "forged", "in", "in", "other",
    ]  # fmt: skip
    assert set(Presence.objects.values_list("registration", flat=True)) == {who.pk, second.pk}

    # The event is over; attendance is shown, certificates are issued.
    yesterday = now - timedelta(days=1)
    Event.objects.filter(pk=here.pk).update(
        begins_on=yesterday.date(),
        ends_on=yesterday.date(),
        begins_at=yesterday,
        ends_at=yesterday + timedelta(hours=3),
    )
    Session.objects.filter(event=here).update(begins_at=yesterday, ends_at=yesterday + timedelta(hours=3))
    phone.goto(at("attendance", here.pk))
    expect(phone.locator(f"#row-{who.pk} .figure")).to_contain_text("1/1")
    phone.goto(at("certificates", here.pk))
    phone.get_by_label(words["signer"]).select_option(str(signer.pk))
    phone.get_by_role("button", name=words["issue"]).click()
    expect(phone.locator("tbody tr")).to_have_count(2)

    # The participant opens the page of the letter; whoever is shown the certificate sees all of it.
    letter = Delivery.objects.get(key=f"certificate_issued:{who.certificates.get().pk}").message.text
    reader = open_page(viewport=PHONE)
    reader.goto(next(word for word in letter.split() if word.startswith("http")))
    expect(reader.get_by_text(words["genuine"])).to_be_visible()
    for each in ("Nguyễn Thị Quỳnh Anh", who.certificates.get().printed, signer.full_name):
        expect(reader.locator(".certified")).to_contain_text(each)
    found = Axe().run(reader)
    assert found.response["violations"] == [], found.generate_report()


def test_signing_out_at_the_door_leaves_nothing_on_the_phone(open_page):
    here = day.event(now=timezone.now())
    day.seat(here)
    phone = at_the_door(signed_in(open_page(viewport=PHONE), day.officer(language="en")), here)

    phone.get_by_role("button", name="Sign out and erase").click()
    phone.wait_for_url("**/logout/")

    left = phone.evaluate(
        "async () => [(await indexedDB.databases()).length, (await caches.keys()).length,"
        " (await navigator.serviceWorker.getRegistrations()).length]"
    )
    assert left == [0, 0, 0]


def test_names_are_gone_from_the_phone_a_day_after_the_event(open_page):
    here = day.event(now=timezone.now(), sessions=1)
    day.seat(here)
    phone = at_the_door(signed_in(open_page(viewport=PHONE), day.officer(language="en")), here)
    ended = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=here.pk).update(ends_at=ended, begins_at=ended - timedelta(hours=1))

    phone.reload()

    expect(phone.get_by_text("the names have been erased from this phone")).to_be_attached()
    expect(phone.locator("#people li")).to_have_count(0)


def test_a_phone_with_a_wrong_clock_says_so_and_its_times_are_put_right(open_page):
    here = day.event(now=timezone.now())
    who = day.seat(here)
    phone = signed_in(open_page(viewport=PHONE), day.officer(language="en"))
    phone.add_init_script("const real = Date.now; const Real = Date; const ahead = 86400000;"
                          "Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(real() + ahead); }"
                          " static now() { return real() + ahead; } };")  # fmt: skip
    at_the_door(phone, here)

    expect(phone.locator("#clock")).to_contain_text("24 hours ahead")
    read(phone, code_of(who), "Come in")
    waiting(phone, 0)

    assert abs(Presence.objects.get().at - timezone.now()) < timedelta(minutes=5)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", ["door", "check_in", "paper", "attendance", "certificates", "survey"])
def test_the_pages_of_the_day_are_accessible(open_page, name, colours):
    now = timezone.now()
    here = day.event(now=now - timedelta(days=1), sessions=1)
    for _each in range(6):
        day.present(day.seat(here), at=now)
    certificates.issue_entitled(here, Terms(day.signer(), Decimal(3), vietnamese_day(now)), by=None, now=now)
    surveys.ask(here, 0, now=now)
    page = signed_in(open_page(color_scheme=colours), day.officer(language="en"))
    page.goto(at(name, here.pk))
    if name == "door":
        expect(page.locator("#session option").first).to_be_attached()

    found = Axe().run(page)

    assert found.response["violations"] == [], found.generate_report()
