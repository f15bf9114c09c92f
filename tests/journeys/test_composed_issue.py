"""An issue of the bulletin put together in the browser: by keys, by dragging, and without JavaScript."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from portal.accounts.models import User
from publications.models import Bulletin
from tests import make
from tests.publications.pieces import english

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def issue(settings, live_server) -> Bulletin:
    settings.REQUIRE_SECOND_FACTOR = False
    make.identity()
    return make.bulletin(*(english(title_en=title) for title in ("One", "Two", "Three")), quarter=4)


def composer(page: Page, issue: Bulletin, person: User) -> Page:
    """The composer, signed in."""
    page.goto("/admin/login/")
    page.locator("#id_username").fill(person.username)
    page.locator("#id_password").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto(reverse("admin:publications_bulletin_compose", args=[issue.pk, "en"]))
    return page


def titles(issue: Bulletin) -> list[str]:
    return [record["title"] for record in make.again(issue).records("en")]


def save(page: Page) -> None:
    page.get_by_role("button", name="Save the contents").click()
    expect(page.get_by_text("The contents are saved.")).to_be_visible()


def test_pieces_are_ordered_by_keys_alone(open_page, issue):
    page = composer(open_page(), issue, make.person("editor", language="en"))

    page.get_by_role("button", name="Move place 4 up").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    save(page)

    assert titles(issue) == ["In focus", "Three", "One", "Two"]


def test_pieces_are_ordered_by_dragging(open_page, issue):
    page = composer(open_page(), issue, make.person("editor", language="en"))
    rows = page.locator("[data-row]")

    rows.nth(3).locator(".composer__facts").drag_to(rows.nth(1), target_position={"x": 20, "y": 2})
    save(page)

    assert titles(issue) == ["In focus", "Three", "One", "Two"]


def test_everything_is_done_without_javascript(open_page, issue):
    page = composer(open_page(java_script_enabled=False), issue, make.person("editor", language="en"))

    page.get_by_role("button", name="Move place 4 up").click()
    page.get_by_role("button", name="Heading +").click()
    page.locator("input[name='row-4-title']").fill("For reference")
    page.get_by_role("button", name="Take out place 2").click()
    save(page)

    assert titles(issue) == ["In focus", "Three", "Two", "For reference"]


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_composer_is_accessible(open_page, issue, colours):
    page = composer(open_page(color_scheme=colours), issue, make.person("editor", language="en"))

    found = Axe().run(page)

    assert found.response["violations"] == [], found.generate_report()
