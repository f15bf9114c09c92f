"""From a page of the old portal to a reader's screen, at its second, by the hands of everybody on the way."""

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from news.models import Article
from portal.accounts.models import User
from portal.languages.dates import ICT
from tests import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AHEAD = timedelta(seconds=6)  # enough for the form to be sent, even on a busy machine
PATIENCE = timedelta(seconds=60)  # for a machine that is busy with other things
HEADLINE = "Khai giảng lớp viết tin đối ngoại cho 34 tỉnh, thành phố"
STANDFIRST = "Gần 120 cán bộ học cách viết, dịch và gửi tin cho bạn đọc trong và ngoài nước."
OLD_PAGE = f"""Trang chủ » Tin tức » Hoạt động đối ngoại
{HEADLINE}
Thứ Năm, 05/11/2026, 09:15 (GMT+7)

(Hà Nội, 05/11) – Sáng nay, Bộ đã khai giảng lớp viết tin đối ngoại cho cán bộ đầu mối của các địa phương.

Trong hai ngày, gần 120 học viên thực hành viết tin ngắn, dịch sang tiếng Anh và trả lời báo chí nước ngoài.

Kết thúc lớp học, mỗi tỉnh sẽ cử một người viết và một người dịch cho bản tin tiếng Anh ra hằng quý.

Minh Hà
"""


def test_an_imported_article_reaches_readers_at_the_second_it_was_scheduled_for(open_page, tmp_path):
    make.identity()
    writer, approver, publisher = (
        make.person(role, language="en") for role in ("reporter", "approver-vi", "publisher")
    )
    article = imported(tmp_path / "old-page.txt", writer)

    desk = opened(open_page(), article, writer)
    desk.get_by_label("Standfirst (Vietnamese)").fill(STANDFIRST)
    desk.get_by_role("button", name="Save", exact=True).click()
    take(desk, "Submit for review")
    take(opened(open_page(), article, approver), "Approve")
    desk, reader = opened(open_page(), article, publisher), open_page()
    hour = schedule(desk)

    before, after = watched(reader, until=hour)

    assert before, "the reader never looked before the hour"
    assert [seen for seen in before if seen] == []
    assert after[-1], "it did not appear"
    assert all(after), "it was late"
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.locator("article")).to_contain_text(STANDFIRST)
    expect(reader.locator(".prose")).to_contain_text("bản tin tiếng Anh ra hằng quý")


def imported(path: Path, writer: User) -> Article:
    """The draft that the import of an old page leaves."""
    path.write_text(OLD_PAGE)
    call_command("import_article", str(path), by=writer.username, category=make.category("doi-ngoai").key)
    return Article.objects.get(title_vi=HEADLINE)


def opened(page: Page, article: Article, person: User) -> Page:
    """The article's page of the workplace, reached by this person through the sign-in."""
    page.goto(f"/admin/news/article/{article.pk}/change/")
    page.locator("[name=username]").fill(person.username)
    page.locator("[name=password]").fill(make.PASSWORD)
    page.locator("#login-form [type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(HEADLINE)
    return page


def dialog_of(page: Page, step: str) -> Locator:
    """The dialog of a step with the Vietnamese text."""
    panel = page.get_by_role("region", name="Tiếng Việt")
    panel.get_by_role("button", name=step, exact=True).click()
    return page.get_by_role("dialog", name=step)


def take(page: Page, step: str) -> None:
    dialog_of(page, step).get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_text(f"Done: {step} (Vietnamese).")).to_be_visible()


def schedule(page: Page) -> datetime:
    """Schedule for a few seconds ahead; answers the hour."""
    dialog = dialog_of(page, "Schedule")
    hour = (timezone.now() + AHEAD).replace(microsecond=0)
    dialog.get_by_label("Publish at").fill(hour.astimezone(ICT).strftime("%Y-%m-%dT%H:%M:%S"))
    dialog.get_by_role("button", name="Schedule", exact=True).click()
    expect(page.get_by_text("Vietnamese appears on")).to_be_visible()
    return hour


def watched(reader: Page, *, until: datetime) -> tuple[list[bool], list[bool]]:
    """Whether the list showed it: in pages answered before the hour, and in pages asked for after it."""
    before: list[bool] = []
    after: list[bool] = []
    deadline = time.monotonic() + PATIENCE.total_seconds()
    while not any(after) and time.monotonic() < deadline:
        asked = timezone.now()
        reader.goto("/vi/tin-tuc/")
        answered = timezone.now()
        seen = reader.get_by_role("link", name=HEADLINE).count() > 0
        if answered < until:
            before.append(seen)
        elif asked >= until:
            after.append(seen)
    return before, after
