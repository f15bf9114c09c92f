"""Promises the core breaks: each test fails while its bug is there; a mended one moves to test_attacks."""

import pytest

from news.models import Article
from portal.editorial import clock
from portal.editorial.actions import (
    Refused,
    discard_draft,
    discard_working_copy,
    open_working_copy,
    reopen_version,
    set_expiry,
    take_step,
)
from portal.editorial.models import State
from portal.editorial.translations import Truth, truth
from portal.history.models import Version
from portal.search.models import Entry
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


class TestExpiry:
    def test_a_scheduled_text_that_expired_while_the_clock_was_dead_is_not_shown_afterwards(self):
        item = make.scheduled(at=NOON + HOUR)
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + 2 * HOUR)

        clock.run(NOON + DAY)

        assert make.state(item) == State.WITHDRAWN
        assert not Entry.objects.listed(NOON + DAY).exists()


class TestPairs:
    def test_a_slip_mended_in_one_language_of_a_pair_waits_for_nothing_in_the_other(self):
        item = make.approved(make.approved(make.article(released_together=True), "vi"), "en")
        take_step(item, "publish", language="vi", by=None, now=NOON)
        copy = make.changed(
            open_working_copy(live(item), by=None, now=NOON), by=None, title_vi="Mới", change_kind_vi="minor"
        )

        take_step(make.approved(copy, "vi"), "publish", language="vi", by=None, now=NOON)

        assert live(item).title_vi == "Mới"


class TestFourEyes:
    def test_words_a_draft_once_had_and_lost_are_not_approved_by_their_writer_when_they_are_brought_back(
        self,
    ):
        writer, helper = make.person("editor", "approver-vi"), make.person("editor")
        item = make.article(by=writer, title_vi="Lời của người viết")
        item = make.published(make.changed(item, by=helper, title_vi="Lời đã duyệt"))
        never_out = Version.objects.about(item).get(number=1)
        copy = reopen_version(live(item), never_out, by=helper, now=NOON)
        copy = make.changed(copy, by=helper, change_kind_vi="minor")
        take_step(copy, "submit", language="vi", by=helper, now=NOON)

        with pytest.raises(Refused):
            take_step(copy, "approve", language="vi", by=writer, now=NOON)


class TestTranslationTruth:
    def test_a_translation_of_a_text_that_was_thrown_away_is_not_called_current(self):
        item = in_both_languages()
        copy = copy_of(item, title_vi="Bốn ngày", title_en="Four days")
        take_step(make.approved(copy, "en"), "publish", language="en", by=None, now=NOON)

        discard_working_copy(live(copy), by=None, now=NOON)

        assert truth(live(item), "en") == Truth.OUTDATED


class TestHistory:
    def test_a_working_copy_is_not_discarded_as_if_it_were_a_draft(self):
        copy = copy_of(make.published(), title_vi="Mới")

        with pytest.raises(Refused):
            discard_draft(copy, by=None, now=NOON)


class TestWritingTheOtherLanguage:
    """After Vietnamese is out, its new address is no change to its text: the translator goes on writing."""

    def test_english_is_written_once_vietnamese_is_out(self):
        item = make.published(english=False)

        item = make.changed(item, by=make.translator(), title_en="Headline")

        assert item.title_en == "Headline"

    def test_who_writes_english_is_no_contributor_to_the_vietnamese(self):
        item, writer = make.published(english=False), make.translator()
        item = make.changed(item, by=writer, title_en="Headline")

        assert Version.objects.about(item).get(by=writer).changed == ["en"]
