"""Promises the pages break: each test fails while its bug is there; a mended one moves to test_attacks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news.models import Article
from portal.editorial.actions import open_working_copy, take_step
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.fixture
def now():
    return timezone.now() - HOUR


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
