"""Promises the pages break: each test fails while its bug is there; a mended one moves to test_attacks."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

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
