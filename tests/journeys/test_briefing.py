"""A press briefing in the browser, in both languages: from provisional to a transcript checked against delivery."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from portal.languages.dates import in_ict, vietnamese_day
from portal.mailing.models import Delivery
from pressroom.models import Attendance, Briefing
from tests import make
from tests.pressroom import briefings as bf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _house(settings, live_server):
    settings.REQUIRE_SECOND_FACTOR, settings.MAIL_ORIGIN = False, live_server.url
    make.identity()


def signed_in(page: Page, person: User) -> Page:
    page.goto("/admin/login/")
    page.locator("#id_username").fill(person.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/admin/")
    return page


def to(page: Page, name: str, item: Briefing) -> Page:
    page.goto(reverse(f"admin:pressroom_briefing_{name}", args=[item.pk]))
    return page


def set_date(page: Page, item: Briefing, day) -> None:
    """The form of date and place, filled in and kept."""
    to(page, "when", item)
    page.get_by_label("Day and hour").check()
    page.locator("#id_day").fill(day.isoformat())
    page.locator("#id_begins").fill("09:00")
    page.locator("#id_ends").fill("10:30")
    page.locator("#id_place_vi").fill("Phòng họp báo, 12 Ngô Quyền")
    page.locator("#id_place_en").fill("Press room, 12 Ngo Quyen")
    page.get_by_role("button", name="Keep date and place").click()
    expect(page.get_by_text("Date and place are kept.")).to_be_visible()


def link_in_the_letter_to(email: str) -> str:
    text = Delivery.objects.get(email=email, key__startswith="briefing_link").message.text
    return next(word for word in text.split() if word.startswith("http"))


def test_a_briefing_from_provisional_to_a_checked_transcript(open_page):
    officer = make.person("press officer", language="en")
    item = bf.briefing(by=officer, now=timezone.now())
    who = bf.journalist(
        "Trần Văn Minh", language="en", card_valid_until=vietnamese_day(timezone.now()) + timedelta(days=90)
    )
    desk = signed_in(open_page(), officer)

    # Date, outlets, confirmed, published in both languages.
    soon = vietnamese_day(timezone.now()) + timedelta(days=3)
    set_date(desk, item, soon)
    to(desk, "seats", item)
    desk.get_by_label(str(who.outlet)).check()
    desk.get_by_role("button", name="Invite those ticked").click()
    to(desk, "when", item).get_by_role("button", name="Confirm date and place").click()
    expect(desk.get_by_text("Date and place are confirmed.")).to_be_visible()
    item = make.published(make.again(item), "vi", "en", now=timezone.now())

    # Readers of both languages see it; it is moved, and they are told.
    reader = open_page()
    for language, words in (("vi", "còn 3 ngày"), ("en", "in 3 days")):
        reader.goto(item.get_absolute_url(language))
        expect(reader.get_by_text(words)).to_be_visible()
    set_date(desk, item, soon + timedelta(days=1))
    for language, words in (("vi", "chuyển từ"), ("en", "moved from")):
        reader.goto(item.get_absolute_url(language))
        expect(reader.get_by_text(words)).to_be_visible()

    # A journalist asks for a seat by e-mail, takes it, sends a question.
    reader.get_by_role("link", name="Ask for a seat").click()
    reader.get_by_label("E-mail address known to the press office").fill(who.email)
    reader.get_by_role("button", name="Send me the link").click()
    expect(reader.get_by_role("heading", name="Look in your mailbox")).to_be_visible()
    reader.goto(link_in_the_letter_to(who.email))
    reader.get_by_label("A question you would like to ask").fill("How much does the minimum wage rise?")
    reader.get_by_label("I agree that the ministry keeps my name").check()
    reader.get_by_role("button", name="Yes, I want a seat").click()
    expect(reader.get_by_role("heading", name="You have a seat")).to_be_visible()
    expect(reader.get_by_role("img", name="QR code")).to_be_visible()

    # The day comes: it is held, the journalist arrives, the question is taken and answered.
    began = in_ict(timezone.now()) - timedelta(hours=1)
    Briefing.objects.filter(pk=item.pk).update(
        day=began.date(), begins_at=began, ends_at=began + timedelta(hours=2)
    )
    to(desk, "check_in", item).get_by_role("button", name="Has come").click()
    expect(desk.get_by_text("Trần Văn Minh has come.")).to_be_visible()
    to(desk, "questions", item).get_by_role("button", name="Take", exact=True).click()
    desk.get_by_role("button", name="Answered").click()
    to(desk, "when", item).get_by_role("button", name="It was held").click()
    expect(desk.get_by_text("The briefing is on record as held.")).to_be_visible()

    # The transcript is written in a working copy, both languages side by side, and published.
    desk.goto(reverse("admin:pressroom_briefing_change", args=[item.pk]))
    desk.get_by_role("button", name="Open a working copy").click()
    copy = Briefing.objects.get(working_copy_of=item)
    to(desk, "transcript", copy).get_by_role("button", name="Question +").click()
    desk.get_by_role("button", name="Answer +").click()
    for row, words in bf.TRANSCRIPT_ROWS.items():
        for field, value in words.items():
            desk.locator(f"#row-{row}-{field}").fill(value)
    desk.get_by_role("button", name="Save the rows").click()
    expect(desk.get_by_text("The rows are saved.")).to_be_visible()
    item = bf.released(
        make.changed(make.again(copy), by=officer, change_kind_vi="minor", change_kind_en="minor"), "vi", "en",
        now=timezone.now(),
    )  # fmt: skip
    reader.goto(item.get_absolute_url("en"))
    expect(reader.get_by_text("As prepared.")).to_be_visible()

    # A second person compares it with what was said; readers of both languages are told.
    second = signed_in(open_page(), make.person("spokesperson", language="en"))
    for _language in ("vi", "en"):
        to(second, "transcript", item).get_by_role(
            "button", name="I compared it with what was said"
        ).first.click()
        expect(second.get_by_text("The transcript is on record as checked")).to_be_visible()
    for language, words in (
        ("vi", "Đã đối chiếu với phát biểu thực tế."),
        ("en", "Checked against delivery."),
    ):
        reader.goto(item.get_absolute_url(language))
        expect(reader.get_by_text(words)).to_be_visible()
        expect(reader.locator("h4#t1")).to_be_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize(
    "name", ["when", "seats", "questions", "check_in", "transcript", "programme", "pack"]
)
def test_the_pages_around_a_briefing_are_accessible(open_page, name, colours):
    item = bf.announced(now=timezone.now(), when=bf.exact(vietnamese_day(timezone.now()) + timedelta(days=3)))
    bf.seated(item, bf.journalist(card_valid_until=None), now=timezone.now())
    page = to(
        signed_in(open_page(color_scheme=colours), make.person("press officer", language="en")), name, item
    )

    found = Axe().run(page)

    assert found.response["violations"] == [], found.generate_report()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_journalists_own_page_is_accessible_and_works_without_javascript(open_page, language):
    item = bf.announced(now=timezone.now(), when=bf.exact(vietnamese_day(timezone.now()) + timedelta(days=3)))
    who = bf.journalist(language=language, card_valid_until=None)
    page = open_page(java_script_enabled=False)
    page.goto(bf.own_path(item, who))

    page.locator("#id_consent").check()
    page.locator("button[value=take]").click()

    assert Attendance.objects.get().state == Attendance.State.GIVEN
    looked_at = open_page()
    looked_at.goto(bf.own_path(item, who))
    found = Axe().run(looked_at)
    assert found.response["violations"] == [], found.generate_report()
