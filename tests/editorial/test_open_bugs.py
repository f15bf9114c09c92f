"""Promises the core breaks: each test fails while its bug is there; a mended one moves to test_attacks."""

import pytest

from news.models import Article
from portal.editorial import clock
from portal.editorial.actions import (
    open_working_copy,
    take_step,
)
from portal.editorial.models import State
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


def live(item: Article) -> Article:
    return Article.objects.get(pk=item.pk)


def copy_of(item: Article, **changes) -> Article:
    copy = open_working_copy(live(item), by=None, now=NOON)
    return make.changed(copy, by=None, **{"change_kind_vi": "minor", "change_kind_en": "minor", **changes})


def in_both_languages(**fields) -> Article:
    return make.published(make.published(**fields), "en")


class TestStuck:
    def test_one_languages_failure_does_not_stop_the_others_later_hour(self):
        item = make.approved(make.approved(make.article(), "vi"), "en")
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + HOUR)
        take_step(item, "schedule", language="en", by=None, now=NOON, at=NOON + DAY)
        Article.objects.filter(pk=item.pk).update(title_vi="Sửa thẳng")
        clock.run(NOON + HOUR)

        clock.run(NOON + DAY)

        assert [make.state(item, "vi"), make.state(item, "en")] == [State.SCHEDULED, State.PUBLISHED]
