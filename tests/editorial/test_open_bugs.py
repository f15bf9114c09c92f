"""Promises the editorial core breaks. Each test fails as long as its bug is there; a mended one moves to test_attacks."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection

from news.models import Article
from portal.editorial import clock, content
from portal.editorial.actions import (
    Refused,
    confirm_translation,
    discard_draft,
    discard_working_copy,
    open_working_copy,
    record_save,
    reopen_version,
    review_afterwards,
    set_expiry,
    take_step,
)
from portal.editorial.models import Edition, Notice, State
from portal.editorial.translations import Truth, truth
from portal.history.models import Record, Version
from portal.library.models import Placement
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
    def test_a_scheduled_text_that_readers_see_can_be_taken_down_even_if_the_clock_refused_it(self):
        item = make.scheduled(at=NOON + HOUR)
        Article.objects.filter(pk=item.pk).update(title_vi="Sửa thẳng trong cơ sở dữ liệu")
        clock.run(NOON + HOUR)
        assert Entry.objects.listed(NOON + HOUR).exists()

        take_step(item, "withdraw", language="vi", by=make.head(), now=NOON + HOUR, note="Cần rà soát.")

        assert not Entry.objects.listed(NOON + HOUR).exists()

    def test_a_working_copy_that_failed_at_its_hour_can_be_taken_off_the_schedule(self):
        item = make.published()
        copy = make.scheduled(copy_of(item, title_vi="Mới"), at=NOON + HOUR)
        Article.objects.filter(pk=copy.pk).update(title_vi="Sửa thẳng")
        clock.run(NOON + HOUR)

        take_step(copy, "unschedule", language="vi", by=make.publisher(), now=NOON + DAY)

        discard_working_copy(live(copy), by=None, now=NOON + DAY)

    def test_deleting_a_related_draft_does_not_stop_a_scheduled_release(self):
        draft, item = make.article(), make.article()
        item.related.add(draft)
        item = make.scheduled(make.changed(item, by=None), at=NOON + HOUR)

        try:
            discard_draft(draft, by=None, now=NOON)
        except Refused:
            pass  # as good an answer: the draft is named by a text that is scheduled
        clock.run(NOON + HOUR)

        assert make.state(item) == State.PUBLISHED

    def test_a_text_of_a_pair_reinstated_can_go_out_while_the_other_stays_retracted(self):
        item = make.article(released_together=True)
        item = make.approved(make.approved(item, "vi"), "en")
        take_step(item, "publish", language="vi", by=None, now=NOON)
        take_step(item, "retract", language="en", by=None, now=NOON, note="Wrong figures.")
        take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Rà soát.")
        take_step(item, "reinstate", language="vi", by=None, now=NOON)
        take_step(item, "approve", language="vi", by=make.approver(), now=NOON)

        take_step(item, "publish", language="vi", by=None, now=NOON + HOUR)

        assert make.state(item) == State.PUBLISHED

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
        Edition.objects.create(content_type=stray, object_id=1, language="vi", state=State.PUBLISHED, publish_at=NOON - DAY,
                               expire_at=NOON - HOUR, state_since=NOON)  # fmt: skip
        item = make.published()
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)

        clock.run(NOON + HOUR)

        assert make.state(item) == State.WITHDRAWN


class _Busy:
    """The first updates of editions meet a database that is busy, as a deadlock or a locked file would have it."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, execute, sql, params, many, context):
        if self.times and sql.startswith("INSERT") and "editorial_edition" in sql:
            self.times -= 1
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)


class TestExpiry:
    def test_a_schedule_beyond_the_expiry_is_refused_in_words(self):
        item = make.approved()
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)

        with pytest.raises(Refused):
            take_step(item, "schedule", language="vi", by=make.publisher(), now=NOON, at=NOON + DAY)

    def test_publishing_after_the_expiry_is_refused_in_words(self):
        item = make.approved()
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=make.publisher(), now=NOON + DAY)

    def test_an_expiry_set_while_a_copy_is_open_survives_the_copy(self):
        item = make.published()
        copy = copy_of(item, title_vi="Mới")
        set_expiry(live(item), language="vi", by=make.publisher(), now=NOON, expire_at=NOON + DAY)

        take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON + HOUR)

        assert live(item).edition("vi").expire_at == NOON + DAY

    def test_a_text_expired_and_reinstated_is_not_expired_again_by_its_old_copy(self):
        item = make.published()
        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)
        copy = make.approved(copy_of(item, title_vi="Mới"))
        clock.run(NOON + HOUR)
        take_step(item, "reinstate", language="vi", by=make.head(), now=NOON + DAY)

        try:
            take_step(copy, "publish", language="vi", by=None, now=NOON + DAY)
        except Refused:
            return
        assert Entry.objects.listed(NOON + DAY).exists()


class TestPairs:
    def test_a_changed_pair_in_a_working_copy_does_not_go_out_one_language_at_a_time(self):
        item = make.article(released_together=True, title_vi="Cũ", title_en="Old")
        item = make.approved(make.approved(item, "vi"), "en")
        take_step(item, "publish", language="vi", by=None, now=NOON)
        copy = make.approved(copy_of(item, title_vi="Mới", title_en="New"), "vi")

        with pytest.raises(Refused):
            take_step(copy, "publish", language="vi", by=None, now=NOON)

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


class TestFourEyes:
    def test_throwing_a_copy_away_and_reopening_it_does_not_wash_its_writer_clean(self):
        writer, helper = make.person("editor", "approver-vi"), make.person("editor")
        item = make.published()
        copy = open_working_copy(item, by=writer, now=NOON)
        copy = make.changed(copy, by=writer, title_vi="Tít của người viết", change_kind_vi="minor")
        written = Version.objects.about(item).get(by=writer)
        discard_working_copy(copy, by=helper, now=NOON)
        copy = reopen_version(live(item), written, by=helper, now=NOON)
        copy = make.changed(copy, by=helper, change_kind_vi="minor")
        take_step(copy, "submit", language="vi", by=helper, now=NOON)

        with pytest.raises(Refused):
            take_step(copy, "approve", language="vi", by=writer, now=NOON)

    def test_who_wrote_what_was_published_urgently_does_not_approve_it_when_it_is_reinstated(self):
        writer = make.person("duty editor", "approver-vi")
        item = make.article(by=writer)
        take_step(item, "publish_urgently", language="vi", by=writer, now=NOON, note="Bão số 9")
        take_step(item, "withdraw", language="vi", by=make.head(), now=NOON, note="Rà soát.")
        take_step(item, "reinstate", language="vi", by=make.head(), now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=writer, now=NOON)

    def test_a_second_urgent_publication_does_not_let_the_first_publisher_review_the_first(self):
        first, second = make.person("duty editor", "approver-vi"), make.person("duty editor")
        item = make.article(by=make.reporter())
        take_step(item, "publish_urgently", language="vi", by=first, now=NOON, note="Bão số 9")
        copy = open_working_copy(live(item), by=second, now=NOON)
        copy = make.changed(copy, by=second, title_vi="Sửa một chữ", change_kind_vi="minor")

        with pytest.raises(Refused):
            take_step(copy, "publish_urgently", language="vi", by=second, now=NOON, note="Sửa gấp")
            review_afterwards(live(item), language="vi", by=first, now=NOON)

    def test_a_save_cannot_slip_into_text_that_is_scheduled(self):
        item = make.scheduled(at=NOON + HOUR)
        item.title_vi = "Nhập từ tệp"
        item.save()

        with pytest.raises(Refused):
            record_save(item, by=make.reporter(), now=NOON)

    def test_what_was_written_over_a_live_row_does_not_reach_readers_with_the_next_refresh(self):
        item = make.published(title_vi="Đã duyệt")
        try:
            make.changed(item, by=make.reporter(), title_vi="Chưa ai duyệt")
        except Refused:
            return
        set_expiry(live(item), language="vi", by=make.publisher(), now=NOON, expire_at=NOON + DAY)

        assert Entry.objects.get().title == "Đã duyệt"


class TestReinstating:
    def test_a_copy_does_not_bring_back_a_text_that_is_under_renewed_review(self):
        item = make.published()
        copy = make.approved(copy_of(item, title_vi="Mới"))
        take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Rà soát.")
        take_step(item, "reinstate", language="vi", by=None, now=NOON)

        with pytest.raises(Refused):
            take_step(copy, "publish", language="vi", by=None, now=NOON)

    def test_both_answers_to_what_is_public_agree_after_a_copy_overtakes_a_schedule(self):
        item = make.published()
        copy = make.approved(copy_of(item, title_vi="Mới"))
        take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Rà soát.")
        take_step(item, "reinstate", language="vi", by=None, now=NOON)
        take_step(item, "approve", language="vi", by=make.approver(), now=NOON)
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + DAY)
        try:
            take_step(copy, "publish", language="vi", by=None, now=NOON + HOUR)
        except Refused:
            return

        seen = Entry.objects.listed(NOON + HOUR).exists()
        assert Article.objects.published(NOON + HOUR, "vi").exists() == seen

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

    def test_a_language_published_while_a_copy_is_open_can_be_edited_too(self):
        item = make.published()
        copy_of(item, title_vi="Đang sửa")
        make.published(live(item), "en")

        copy = open_working_copy(live(item), by=None, now=NOON)

        assert copy.edition("en") is not None


class TestTranslationTruth:
    def test_still_correct_is_not_forgotten_when_an_open_copy_goes_out(self):
        item = in_both_languages()
        copy = make.approved(copy_of(item, title_vi="Ba ngày", standfirst_en="A typo mended."), "vi")
        take_step(copy, "publish", language="vi", by=None, now=NOON)
        confirm_translation(live(item), language="en", by=make.translator(), now=NOON)
        rest = make.approved(Article.objects.get(working_copy_of=item), "en")

        take_step(rest, "publish", language="en", by=None, now=NOON)

        assert truth(live(item), "en") == Truth.CURRENT

    def test_an_original_is_not_confirmed_as_a_translation(self):
        item = in_both_languages()

        with pytest.raises(Refused):
            confirm_translation(item, language="vi", by=make.person("editor"), now=NOON)

    def test_an_empty_translation_is_not_still_correct(self):
        item = make.published(english=False)

        with pytest.raises(Refused):
            confirm_translation(item, language="en", by=make.translator(), now=NOON)

    def test_readers_are_not_told_of_a_change_to_the_original_that_is_not_out(self):
        item = in_both_languages()
        copy = make.changed(copy_of(item, title_vi="Bốn ngày"), by=None, title_en="Four days")

        take_step(make.approved(copy, "en"), "publish", language="en", by=None, now=NOON)

        assert Entry.objects.get(language="en").translation == {}

    def test_the_edition_knows_which_language_is_the_original_after_it_was_changed(self):
        item = make.changed(make.article(), by=None, source_language="en")

        assert [item.edition("vi").is_source, item.edition("en").is_source] == [False, True]


class TestHistory:
    def test_no_row_of_the_history_is_changed_or_deleted_by_itself(self):
        make.article()

        for row in (Record.objects.first(), Version.objects.first()):
            with pytest.raises(TypeError):
                row.delete()
            row.number = 99
            with pytest.raises(TypeError):
                row.save()

    def test_a_new_empty_column_of_the_house_voids_no_approval(self):
        item = make.approved()
        content.load([item])
        said = content.content_of(item)
        before = content.digest(said, "vi")

        said["shared"]["a_column_added_by_the_next_release"] = None
        said["vi"]["another"] = ""

        assert content.digest(said, "vi") == before

    def test_saving_again_does_not_turn_the_lock_version_back(self):
        item = make.article()
        item.title_vi = "Lần một"
        item.save()
        record_save(item, by=None, now=NOON)
        item.byline = "Lần hai"
        item.save()
        record_save(item, by=None, now=NOON)

        assert live(item).lock_version == 3


class TestHostileText:
    @pytest.mark.parametrize("field", ["change_note_vi", "caption_vi"])
    def test_every_text_readers_see_is_stored_normalised(self, field):
        item = make.published()
        copy = open_working_copy(item, by=None, now=NOON)
        if field == "caption_vi":
            make.placed(copy, make.picture(), "cover", caption_vi="Vie\u0323\u0302t")
            assert Placement.objects.of(copy).get().caption_vi == "Việt"
        else:
            copy = make.changed(copy, by=None, change_note_vi="Vie\u0323\u0302t")
            assert copy.change_note_vi == "Việt"

    def test_a_headline_that_folds_to_more_letters_than_it_has_can_be_published(self):
        make.published(title_vi="\ufb03" * 250)

        assert len(Entry.objects.get().title_folded) <= 300


def test_the_clock_is_not_called_alive_while_every_run_of_it_breaks():
    stray = ContentType.objects.get_for_model(Topic)
    Edition.objects.create(content_type=stray, object_id=1, language="vi", state=State.PUBLISHED, publish_at=NOON - DAY,
                           expire_at=NOON - HOUR, state_since=NOON)  # fmt: skip
    try:
        clock.tick(look_ahead=timedelta(0), now=lambda: NOON, sleep=lambda seconds: None)
    except Exception:
        assert not clock.is_alive(NOON)
