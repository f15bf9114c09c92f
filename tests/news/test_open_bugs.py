"""Promises the public pages break. Each test fails as long as its bug is there; a mended one moves to test_attacks."""

from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.models import FormerSlug
from portal.search.models import Entry
from portal.search.page_cache import PageCache
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.fixture
def now():
    return timezone.now() - HOUR


def address(name: str, *args, language: str = "vi") -> str:
    with override(language):
        return reverse(f"news:{name}", args=args)


@pytest.mark.parametrize("day", ["0001-01-01", "0001-01-02", "1899-12-31", "3000-01-01", "9999-12-05", "9999-12-31"])
def test_the_ends_of_the_calendar_are_answered_kindly(client, day):
    assert client.get(address("day", *day.split("-"))).status_code in {200, 404}


def test_a_shelf_with_an_english_name_but_no_english_address_breaks_no_other_shelfs_page(client, now):
    make.category(slug_en=None)
    shelf = make.category()

    assert client.get(address("category", shelf.slug_en, language="en")).status_code == 200


def test_a_former_address_of_a_shelf_that_has_none_now_is_answered_kindly(client, now):
    shelf = make.category(slug_en=None)
    FormerSlug.objects.create(category=shelf, language="en", slug="once")

    assert client.get(address("category", "once", language="en")).status_code == 404


def test_a_topic_without_an_english_title_is_not_called_none(client, now):
    item = make.article(now=now)
    item.topics.add(make.topic(title_en=None))
    item = make.published(make.changed(item, by=None), "en", now=now)

    assert ">None<" not in client.get(item.get_absolute_url("en")).content.decode()


def test_a_topic_with_nothing_public_is_not_announced(client, now):
    topic = make.topic(title_vi="Hồ sơ còn giữ kín")
    item = make.article(now=now)
    item.topics.add(topic)
    make.scheduled(make.changed(item, by=None), at=timezone.now() + HOUR, now=now)

    assert "Hồ sơ còn giữ kín" not in client.get(address("topics")).content.decode()


class TestKeptCopies:
    def answered(self, headers: dict[str, str], method: str = "get") -> HttpResponse:
        """What a reader gets of a page whose view sets these headers."""
        cached = PageCache(lambda request: HttpResponse("trang", headers=headers))
        return getattr(cached, "__call__")(getattr(RequestFactory(), method)("/vi/x/"))

    def test_a_page_its_view_calls_private_is_never_kept(self):
        assert "public" not in self.answered({"Cache-Control": "private, no-store"}).headers["Cache-Control"]

    def test_a_kept_page_has_the_headers_its_view_gave_it(self):
        answer = self.answered({"Content-Disposition": 'attachment; filename="a.csv"', "X-Robots-Tag": "noindex"})

        assert [answer.headers.get("Content-Disposition"), answer.headers.get("X-Robots-Tag")] == [
            'attachment; filename="a.csv"', "noindex",
        ]  # fmt: skip

    def test_a_kept_page_cannot_be_framed_either(self, client):
        client.get("/vi/")

        assert client.get("/vi/").headers.get("X-Frame-Options") == "SAMEORIGIN"

    def test_a_reader_cannot_fill_the_cache_with_copies_of_one_page(self, client):
        first = client.get("/vi/").headers["ETag"]
        from django.core.cache import cache

        before = len(cache._cache)
        for number in range(5):
            client.get("/vi/", {"date": f"rubbish-{number}"})

        assert len(cache._cache) == before
        assert first

    def test_a_weak_etag_from_a_compressing_proxy_is_known_again(self, client):
        etag = client.get("/vi/").headers["ETag"]

        assert client.get("/vi/", headers={"if-none-match": f"W/{etag}"}).status_code == 304


def test_a_future_days_archive_offers_no_way_further_into_the_future(client, now):
    day = date.today() + timedelta(days=400)

    assert Entry.objects.count() == 0
    assert client.get(address("day", f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}")).context["next_day_url"] == ""
