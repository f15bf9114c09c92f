"""The library in a real browser: two writing surfaces on one page, pictures in and out; the focal point."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, sync_playwright

from portal.library import actions
from portal.library.models import Asset
from tests import make
from tests.library import samples
from tests.make import NOON

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_server, client, settings, monkeypatch):
    """A reporter's browser before the two writing surfaces are opened."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.ROOT_URLCONF = "tests.library.writing_page"
    client.force_login(make.reporter())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda problem: page.complaints.append(str(problem)))
        yield page
        browser.close()


def added(name: str, colour: str, **words) -> Asset:
    return actions.add_asset(samples.uploaded(samples.image(colour=colour), name), by=None, now=NOON, **words)


def opened(page: Page, body: str = "") -> Page:
    page.goto(f"/admin/writing/?body={quote(body)}")
    ready = "Object.values(CKEDITOR.instances).filter((editor) => editor.status === 'ready').length"
    page.locator("#cke_id_body_en iframe.cke_wysiwyg_frame").wait_for()
    while page.evaluate(ready) < 2:  # wait_for_function would need eval, which the page's policy forbids
        page.wait_for_timeout(50)
    return page


def text_of(page: Page, field: str) -> str:
    return page.evaluate(f"CKEDITOR.instances.id_{field}.getData()")


def press_button(page: Page, field: str) -> None:
    page.locator(f"#cke_id_{field} .cke_button__portalfigure").click()
    page.locator("dialog.portal-picker[open]").wait_for()


def frame_of(page: Page, field: str):
    return page.frame_locator(f"#cke_id_{field} iframe.cke_wysiwyg_frame")


def test_a_figure_is_shown_as_its_picture_and_stays_a_reference(page):
    asset = added("anh.jpg", "#2f6f73", caption_vi="Toàn cảnh lớp tập huấn")
    body = f'<p>Trước</p><figure data-asset="{asset.uuid}"></figure><p>Sau</p>'

    opened(page, body)

    figure = frame_of(page, "body_vi").locator("figure[data-asset]")
    figure.locator("figcaption", has_text="Toàn cảnh lớp tập huấn").wait_for()
    assert figure.locator("img").get_attribute("src") == f"/files/{asset.uuid}/640.webp"
    assert (
        figure.locator("img").evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)") > 0
    )
    assert "".join(text_of(page, "body_vi").split("\n")) == body
    assert page.complaints == []


def test_a_picture_is_chosen_for_the_editor_it_was_asked_from(page):
    added("khac.jpg", "#000000", title_vi="Ảnh khác", title_en="Another")
    asset = added(
        "ky-ket.jpg", "#2f6f73", title_vi="Lễ ký kết", title_en="The signing", caption_en="Signing day"
    )
    opened(page)

    press_button(page, "body_en")
    page.get_by_role("button", name="Another").wait_for()
    page.locator("#portal-picker-search").fill("le ky")
    page.get_by_role("button", name="Another").wait_for(state="detached")
    page.get_by_role("button", name="The signing").click()

    page.locator("dialog.portal-picker").wait_for(state="detached")
    frame_of(page, "body_en").locator("figcaption", has_text="Signing day").wait_for()
    assert text_of(page, "body_en").strip() == f'<figure data-asset="{asset.uuid}"></figure>'
    assert text_of(page, "body_vi") == ""
    assert page.complaints == []


def test_a_new_picture_is_uploaded_and_inserted(page):
    opened(page)
    press_button(page, "body_vi")

    page.locator("#portal-picker-file").set_input_files(
        {"name": "Mới.jpg", "mimeType": "image/jpeg", "buffer": samples.image(colour="#123456")}
    )
    page.locator("dialog.portal-picker button[data-upload]").click()

    page.locator("dialog.portal-picker").wait_for(state="detached")
    frame_of(page, "body_vi").locator("figure[data-asset]").wait_for()
    assert text_of(page, "body_vi").strip() == f'<figure data-asset="{Asset.objects.get().uuid}"></figure>'
    assert page.complaints == []


def test_a_refused_picture_is_explained_and_nothing_is_lost(page):
    opened(page, "<p>Đang viết</p>")
    press_button(page, "body_vi")

    page.locator("#portal-picker-file").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    page.locator("dialog.portal-picker button[data-upload]").click()

    page.locator(".portal-picker__message", has_text="SVG").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog.portal-picker").wait_for(state="detached")
    assert text_of(page, "body_vi").strip() == "<p>Đang viết</p>"


def test_a_double_click_replaces_a_picture(page):
    first = added("anh-1.jpg", "#2f6f73", title_vi="Ảnh cũ")
    second = added("anh-2.jpg", "#aa0000", title_vi="Ảnh thay")
    opened(page, f'<figure data-asset="{first.uuid}"></figure>')

    frame_of(page, "body_vi").locator("figure[data-asset] img").dblclick()
    page.get_by_role("button", name="Ảnh thay").click()

    page.locator("dialog.portal-picker").wait_for(state="detached")
    assert text_of(page, "body_vi").strip() == f'<figure data-asset="{second.uuid}"></figure>'
    assert page.complaints == []


def test_the_focal_point_is_chosen_by_a_click(page):
    asset = added("anh.jpg", "#2f6f73")
    page.goto(f"/admin/library/asset/{asset.pk}/change/")

    page.locator(".focal-point").click(position={"x": 16, "y": 36})
    page.locator("[name=_save]").click()
    page.wait_for_url("**/admin/library/asset/")

    asset.refresh_from_db()
    assert (asset.focal_x, asset.focal_y) == (0.25, 0.75)
    assert page.complaints == []


def test_what_is_not_a_figure_of_the_library_is_left_out(page):
    opened(
        page,
        '<figure data-asset="javascript:x"></figure><figure><img src="http://other.example/x.png"></figure><p>Chữ</p>',
    )

    assert text_of(page, "body_vi").strip() == "<p>Chữ</p>"
