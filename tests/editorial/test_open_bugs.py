"""Promises the core breaks: each test fails while its bug is there; a mended one moves to test_attacks."""

import pytest

from news.models import Article
from portal.editorial import clock
from portal.editorial.actions import Refused, open_working_copy, reopen_version, take_step
from portal.editorial.models import State
from portal.history.models import Version
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


class TestStuck:
    def test_one_languages_failure_does_not_stop_the_others_later_hour(self):
        item = make.approved(make.approved(make.article(), "vi"), "en")
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + HOUR)
        take_step(item, "schedule", language="en", by=None, now=NOON, at=NOON + DAY)
        Article.objects.filter(pk=item.pk).update(title_vi="Sửa thẳng")
        clock.run(NOON + HOUR)

        clock.run(NOON + DAY)

        assert [make.state(item, "vi"), make.state(item, "en")] == [State.SCHEDULED, State.PUBLISHED]


class TestProof:
    def test_the_version_said_to_be_published_is_the_text_that_was_published(self):
        item = make.published(make.article(title_en="Before"))
        copy = open_working_copy(item, by=None, now=NOON)
        item = make.changed(Article.objects.get(pk=item.pk), by=None, title_en="As published")
        make.changed(copy, by=None, title_vi="Bản nháp chưa ai duyệt", change_kind_vi="minor")
        item = make.published(Article.objects.get(pk=item.pk), "en")

        english = item.editions.get(language="en")

        named = Version.objects.about(item).get(number=english.published_version)
        assert named.digests["en"] == english.published_digest

    def test_a_version_published_in_one_language_does_not_wash_the_writer_of_the_other_clean(self):
        writer, helper = make.person("editor", "approver-en"), make.person("editor")
        english = {"title_en": "By the writer", "standfirst_en": "S.", "body_en": "<p>B.</p>"}
        item = make.changed(make.article(english=False), by=writer, **english)
        item = make.published(item, "vi")
        mixed = Version.objects.about(item).get(number=item.edition("vi").published_version)
        item = make.published(make.changed(item, by=helper, title_en="As published"), "en")
        copy = reopen_version(item, mixed, by=helper, now=NOON)
        copy = make.changed(copy, by=helper, change_kind_en="minor")
        take_step(copy, "submit", language="en", by=helper, now=NOON)

        with pytest.raises(Refused):
            take_step(copy, "approve", language="en", by=writer, now=NOON)
