"""Promises the pages break: each test fails while its bug is there; a mended one moves to test_attacks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.actions import rename_category
from news.models import Article
from portal.editorial import effects
from portal.editorial.actions import open_working_copy, take_step
from portal.search.topics import save_topic
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


def test_a_topic_tells_machines_of_no_twin_that_is_not_there(client, now):
    topic, item = make.topic(), make.article(now=now)
    item.topics.add(topic)
    make.published(make.changed(item, by=None), now=now)

    page = client.get(address("topic", topic.slug_vi)).context["page"]
    there = client.get(address("topic", topic.slug_en, language="en")).status_code

    assert [code for code, _url in page["alternates"] if code == "en"] == (["en"] if there == 200 else [])


def test_a_picture_still_on_the_english_page_is_still_served_when_the_vietnamese_drops_it(client, now):
    item, cover = make.article(now=now), make.picture()
    make.placed(item, cover, "cover")
    item = make.published(make.published(Article.objects.get(pk=item.pk), now=now), "en", now=now)
    copy = open_working_copy(item, by=None, now=now)
    copy.placements.all().delete()
    copy = make.changed(Article.objects.get(pk=copy.pk), by=None, change_kind_vi="minor")
    take_step(make.approved(copy, now=now), "publish", language="vi", by=None, now=now)

    shown = str(cover.uuid) in client.get(item.get_absolute_url("en")).content.decode()

    assert client.get(cover.get_absolute_url()).status_code == (200 if shown else 404)


def test_a_renamed_topic_is_called_by_its_new_name_on_the_pages_of_its_items(client, now):
    topic, item = make.topic(title_vi="Tên cũ", slug_vi="ten-cu"), make.article(now=now)
    item.topics.add(topic)
    item = make.published(make.changed(item, by=None), now=now)
    topic.title_vi, topic.slug_vi = "Tên mới", "ten-moi"
    save_topic(topic, by=make.person("administrator"), now=now)
    effects.do_waiting(timezone.now() + HOUR)

    page = client.get(item.get_absolute_url("vi")).content.decode()

    assert ["ten-moi" in page, "ten-cu" in page] == [True, False]


def test_a_new_name_in_one_category_is_on_every_page_at_once(client, now):
    shelf = make.category(name_vi="Tên cũ")
    item = make.published(now=now, category=shelf)
    shelf.name_vi, shelf.slug_vi = "Tên mới", "ten-moi"
    rename_category(shelf, by=None, now=now)

    page = client.get(item.get_absolute_url("vi")).content.decode()

    assert ["Tên mới" in page, "Tên cũ" in page] == [True, False]
