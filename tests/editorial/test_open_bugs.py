"""Promises the core breaks: each test fails while its bug is there; a mended one moves to test_attacks."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection

from news.models import Article
from portal.editorial import clock, content
from portal.editorial.actions import (
    Refused,
    discard_draft,
    discard_working_copy,
    open_working_copy,
    reopen_version,
    set_expiry,
    take_step,
)
from portal.editorial.models import Edition, Notice, State
from portal.editorial.translations import Truth, truth
from portal.history.models import Version
from portal.search.models import Entry, Topic
from tests import make
from tests.make import DAY, HOUR, MINUTE, NOON

pytestmark = pytest.mark.django_db


def live(item: Article) -> Article:
    return Article.objects.get(pk=item.pk)


def copy_of(item: Article, **changes) -> Article:
    copy = open_working_copy(live(item), by=None, now=NOON)
    return make.changed(copy, by=None, **{"change_kind_vi": "minor", "change_kind_en": "minor", **changes})


def in_both_languages(**fields) -> Article:
    return make.published(make.published(**fields), "en")


class TestPublishNow:
    def test_what_was_scheduled_appears_when_a_person_publishes_it_now(self):
        item = make.scheduled(at=NOON + HOUR)

        take_step(item, "publish", language="vi", by=make.publisher(), now=NOON)

        assert item.editions.get(language="vi").first_published_at == NOON
        assert Entry.objects.listed(NOON).exists()

    def test_a_copy_published_before_its_hour_does_not_date_its_note_in_the_future(self):
        item = make.published()
        copy = copy_of(item, title_vi="Mới", change_kind_vi="update", change_note_vi="Bổ sung.")
        copy = make.scheduled(copy, at=NOON + HOUR)

        take_step(copy, "publish", language="vi", by=make.publisher(), now=NOON)

        assert Entry.objects.get().updated_at == NOON


class TestStuck:
    def test_one_languages_failure_does_not_stop_the_others_later_hour(self):
        item = make.approved(make.approved(make.article(), "vi"), "en")
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + HOUR)
        take_step(item, "schedule", language="en", by=None, now=NOON, at=NOON + DAY)
        Article.objects.filter(pk=item.pk).update(title_vi="Sửa thẳng")
        clock.run(NOON + HOUR)

        clock.run(NOON + DAY)

        assert [make.state(item, "vi"), make.state(item, "en")] == [State.SCHEDULED, State.PUBLISHED]

    def test_a_database_that_was_busy_for_a_moment_does_not_cancel_a_release(self):
        item = make.scheduled(at=NOON + HOUR)
        with connection.execute_wrapper(_Busy(times=2)):
            clock.run(NOON + HOUR)

        clock.run(NOON + HOUR + MINUTE)

        assert make.state(item) == State.PUBLISHED

    def test_an_expired_edition_of_a_section_that_is_gone_does_not_stop_the_clock(self):
        stray = ContentType.objects.get_for_model(Topic)
        Edition.objects.create(
            content_type=stray, object_id=1, language="vi", state=State.PUBLISHED, state_since=NOON,
            publish_at=NOON - DAY, expire_at=NOON - HOUR,
        )  # fmt: skip
        item = make.published()
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)

        clock.run(NOON + HOUR)

        assert make.state(item) == State.WITHDRAWN


class _Busy:
    """The first releases meet a database that is busy, as a deadlock or a locked file would have it."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, execute, sql, params, many, context):
        if self.times and sql.startswith("INSERT") and "editorial_edition" in sql:
            self.times -= 1
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)


class TestExpiry:
    def test_an_expiry_set_while_a_copy_is_open_survives_the_copy(self):
        item = make.published()
        copy = copy_of(item, title_vi="Mới")
        set_expiry(live(item), language="vi", by=make.publisher(), now=NOON, expire_at=NOON + DAY)

        take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON + HOUR)

        assert live(item).edition("vi").expire_at == NOON + DAY

    def test_a_scheduled_text_that_expired_while_the_clock_was_dead_is_not_shown_afterwards(self):
        item = make.scheduled(at=NOON + HOUR)
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + 2 * HOUR)

        clock.run(NOON + DAY)

        assert make.state(item) == State.WITHDRAWN
        assert not Entry.objects.listed(NOON + DAY).exists()


class TestPairs:
    def test_words_of_a_language_nobody_approved_do_not_go_live_with_a_new_picture(self):
        item = in_both_languages()
        copy = open_working_copy(item, by=None, now=NOON)
        make.placed(copy, make.picture(), "cover", caption_en="Unapproved English caption")
        copy = make.changed(live(copy), by=None, change_kind_vi="minor")

        try:
            take_step(make.approved(copy, "vi"), "publish", language="vi", by=None, now=NOON)
        except Refused:
            return
        english = Entry.objects.get(language="en")
        assert "Unapproved English caption" not in str(english.face)

    def test_what_both_languages_share_does_not_change_a_live_page_its_approver_never_saw(self):
        item = in_both_languages(byline="Minh An")
        copy = make.approved(copy_of(item, byline="Một người khác"), "vi")

        try:
            take_step(copy, "publish", language="vi", by=None, now=NOON)
        except Refused:
            return
        assert Entry.objects.get(language="en").face["byline"] == "Minh An"

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

    def test_what_was_written_over_a_live_row_does_not_reach_readers_with_the_next_refresh(self):
        item = make.published(title_vi="Đã duyệt")
        try:
            make.changed(item, by=make.reporter(), title_vi="Chưa ai duyệt")
        except Refused:
            return
        set_expiry(live(item), language="vi", by=make.publisher(), now=NOON, expire_at=NOON + DAY)

        assert Entry.objects.get().title == "Đã duyệt"


class TestReinstating:
    def test_contributors_are_told_of_a_second_publication_of_the_same_text(self):
        writer = make.reporter()
        item = make.published(make.article(by=writer))
        take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Rà soát.")
        take_step(item, "reinstate", language="vi", by=None, now=NOON)
        take_step(item, "approve", language="vi", by=make.approver(), now=NOON)
        take_step(item, "publish", language="vi", by=None, now=NOON + HOUR)
        clock.run(NOON + HOUR)

        assert Notice.objects.filter(to=writer, verb="published").count() == 2


class TestReadSide:
    def test_nothing_of_a_retracted_text_stays_on_the_read_side(self):
        item = make.published(body_vi="<p>Một câu không nên đăng.</p>", byline="Minh An")

        take_step(item, "retract", language="vi", by=None, now=NOON, note="Đăng nhầm.")

        entry = Entry.objects.get()
        assert "không nên đăng" not in f"{entry.text}{entry.summary}{entry.face}"


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

    def test_a_new_empty_column_of_the_house_voids_no_approval(self):
        item = make.approved()
        content.load([item])
        said = content.content_of(item)
        before = content.digest(said, "vi")

        said["shared"]["a_column_added_by_the_next_release"] = None
        said["vi"]["another"] = ""

        assert content.digest(said, "vi") == before


def test_the_clock_is_not_called_alive_while_every_run_of_it_breaks():
    stray = ContentType.objects.get_for_model(Topic)
    Edition.objects.create(
        content_type=stray, object_id=1, language="vi", state=State.PUBLISHED, state_since=NOON,
        publish_at=NOON - DAY, expire_at=NOON - HOUR,
    )  # fmt: skip
    try:
        clock.tick(look_ahead=timedelta(0), now=lambda: NOON, sleep=lambda seconds: None)
    except Exception:
        assert not clock.is_alive(NOON)


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

    def test_who_wrote_what_has_been_approved_and_published_may_approve_the_next_change(self):
        writer = make.person("reporter", "approver-vi")
        item = make.published(make.article(by=writer))
        copy = copy_of(item, title_vi="Mới")
        take_step(copy, "submit", language="vi", by=None, now=NOON)

        take_step(copy, "approve", language="vi", by=writer, now=NOON)

        assert make.state(copy) == State.APPROVED
