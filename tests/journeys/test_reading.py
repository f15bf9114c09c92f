"""Every public page as a reader meets it: anybody, on any screen, without JavaScript, on a poor line."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from portal.languages import LANGUAGES
from tests.journeys.portal import furnished

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 800}
NOT_OK = {"retracted article": 410, "article in the other language": 404, "page that is none": 404}
LIGHTEST_PROMISE = 100 * 1024  # bytes of an article page without its pictures
TEXT = ("text/", "image/svg", "application/javascript", "application/json")
WIDER_THAN_THE_SCREEN = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def addresses(live_server) -> dict[str, dict[str, str]]:
    return furnished()


def go(page: Page, kind: str, address: str) -> Response:
    response = page.goto(address)
    assert response.status == NOT_OK.get(kind, 200), f"{kind}: {address}"
    return response


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_accessible_in_light_and_dark(open_page, addresses, language):
    page, problems = open_page(viewport=DESK), []

    for kind, paths in addresses.items():
        go(page, kind, paths[language])
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page)
            problems += [f"{kind}, {scheme}: {line}" for line in found.generate_snapshot().splitlines()]

    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_fits_a_phone_and_a_desk(open_page, addresses, language):
    page, problems = open_page(), []

    for kind, paths in addresses.items():
        go(page, kind, paths[language])
        for screen in (DESK, PHONE):
            page.set_viewport_size(screen)
            if over := page.evaluate(WIDER_THAN_THE_SCREEN):
                problems.append(f"{kind}: {over} pixels wider than {screen['width']}")
        problems += [f"{kind}, phone: {line}" for line in Axe().run(page).generate_snapshot().splitlines()]

    assert problems == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_tab_leads_past_the_header(open_page, addresses, language):
    page = open_page()

    for kind, paths in addresses.items():
        go(page, kind, paths[language])
        page.keyboard.press("Tab")
        first = page.locator(":focus")
        assert first.get_attribute("href") == "#main", kind
        expect(first).to_be_in_viewport()
        first.press("Enter")
        expect(page.locator("main")).to_be_focused()


def test_nothing_is_asked_of_anybody_else_and_nothing_complains(open_page, addresses, watch, live_server):
    page = open_page()

    for kind, paths in addresses.items():
        for language in LANGUAGES:
            go(page, kind, paths[language])

    assert watch.origins() == {live_server.url}
    assert watch.complaints == []


def test_a_reader_without_javascript_finds_and_reads_everything(open_page, addresses):
    page = open_page(java_script_enabled=False, viewport=PHONE)
    page.goto("/vi/")

    page.get_by_role("button", name="Danh mục").click()
    page.locator("#menu").get_by_role("link", name="Tin tức").click()
    page.locator("a[rel=next]").click()
    page.locator("a[rel=prev]").click()
    page.locator("main").get_by_role("link", name="Tập huấn kỹ năng thông tin đối ngoại").first.click()
    expect(page.locator(".prose")).to_contain_text("trả lời báo chí nước ngoài")
    expect(page.locator("article img").first).to_be_visible()
    page.get_by_role("link", name="English").first.click()

    expect(page.locator("h1")).to_have_text("A course in foreign information is held in Ha Noi")
    assert page.url.endswith(addresses["article"]["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_weighs_little_without_its_pictures(open_page, addresses, watch, language):
    page = open_page(viewport=DESK)

    go(page, "article", addresses["article"][language])
    page.wait_for_load_state("networkidle")

    weights = {answer.url: transferred(answer) for answer in watch.answers if "/files/" not in answer.url}
    assert sum(weights.values()) <= LIGHTEST_PROMISE, weights


def transferred(answer: Response) -> int:
    """Bytes on the line as production sends them: text compressed, fonts as they are."""
    body = answer.body()
    is_text = answer.headers.get("content-type", "").startswith(TEXT)
    return len(gzip.compress(body)) if is_text else len(body)
