"""The editorial core under attack: walked-around eyes, half releases, races, hostile text, broken effects."""

import threading
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, connections, transaction

from news.models import Article
from portal.editorial import clock, content, effects
from portal.editorial.actions import (
    Conflict,
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
from portal.editorial.models import Edition, Effect, Notice, State
from portal.editorial.states import STEPS
from portal.editorial.translations import Truth, truth
from portal.history.models import Record, Version
from portal.library.actions import describe
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


class _Busy:
    """The first releases meet a database that is busy, as a deadlock or a locked file would have it."""

    def __init__(self, times: int) -> None:
        self.times = times

    def __call__(self, execute, sql, params, many, context):
        if self.times and sql.startswith("INSERT") and "editorial_edition" in sql:
            self.times -= 1
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)


class TestWhatAnApprovalBinds:
    """Whatever a reader will see was approved as it is; changed behind the approval, nothing goes out."""

    @pytest.mark.parametrize(
        ("column", "value"),
        [("title_vi", "Khác"), ("standfirst_vi", "Khác"), ("body_vi", "<p>Khác</p>"), ("source_vi", "Khác"),
         ("dateline_vi", "Khác"), ("byline", "Khác"), ("event_on", NOON.date()), ("prominence", 2),
         ("source_language", "en"), ("released_together", True)],
    )  # fmt: skip
    def test_a_column_changed_afterwards_stops_the_release(self, column, value):
        item = make.approved(make.approved(make.article(), "vi"), "en")
        Article.objects.filter(pk=item.pk).update(**{column: value})

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)

    def test_another_shelf_stops_the_release(self):
        item = make.approved()
        Article.objects.filter(pk=item.pk).update(category=make.category())

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)

    @pytest.mark.parametrize("relation", ["topics", "related"])
    def test_another_relation_stops_the_release(self, relation):
        item = make.approved()
        getattr(item, relation).add(make.topic() if relation == "topics" else make.article())

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)

    @pytest.mark.parametrize(
        "change",
        [
            {"caption_vi": "Khác"},
            {"alt_vi": "Khác"},
            {"credit_vi": "Khác"},
            {"title_vi": "Khác"},
            {"decorative": True},
            {"role": "attachment"},
        ],
    )
    def test_another_word_about_a_picture_stops_the_release(self, change):
        item = make.article()
        make.placed(item, make.picture(), "cover")
        item = make.approved(live(item))
        item.placements.update(**change)

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)

    def test_another_order_of_pictures_stops_the_release(self):
        item = make.article()
        first, second = (make.placed(item, make.picture(name), "attachment") for name in ("a.jpg", "b.jpg"))
        item = make.approved(live(item))
        Placement.objects.filter(pk=first.pk).update(position=9)

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)
        assert second.position == 1

    def test_another_picture_in_the_same_place_stops_the_release(self):
        item = make.article()
        make.placed(item, make.picture(), "cover")
        item = make.approved(live(item))
        item.placements.update(asset=make.picture("khac.jpg", "#000000"))

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)

    def test_the_note_on_a_change_is_approved_with_it(self):
        copy = make.approved(
            copy_of(make.published(), title_vi="Mới", change_kind_vi="update", change_note_vi="Bổ sung.")
        )
        Article.objects.filter(pk=copy.pk).update(change_note_vi="Bộ trưởng từ chức.")

        with pytest.raises(Refused):
            take_step(copy, "publish", language="vi", by=None, now=NOON)

    def test_the_other_languages_words_are_no_part_of_it(self):
        item = make.approved()
        item = make.changed(item, by=make.translator(), title_en="Another", body_en="<p>Another.</p>")

        take_step(item, "publish", language="vi", by=None, now=NOON)

        assert make.state(item) == State.PUBLISHED

    def test_renaming_a_file_in_the_library_changes_no_published_word(self):
        item, picture = make.article(), make.picture(caption_vi="Cũ")
        make.placed(item, picture, "cover", caption_vi="Cũ")
        item = make.approved(live(item))

        describe(picture, by=None, now=NOON, caption_vi="Mới", alt_vi="Mới")
        take_step(item, "publish", language="vi", by=None, now=NOON)

        assert Entry.objects.get().face["cover"]["caption"] == "Cũ"

    def test_a_live_page_does_not_see_what_is_done_to_its_open_copy(self):
        item = make.published()
        before = Entry.objects.values().get()
        copy = copy_of(item, title_vi="Mới", byline="Khác", category=make.category())
        make.placed(copy, make.picture(), "cover")
        copy.topics.add(make.topic())
        make.approved(make.changed(live(copy), by=None))

        set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + DAY)

        after = Entry.objects.values().get()
        assert {field for field in after if after[field] != before[field]} == {"visible_until"}


class TestFourEyes:
    def test_who_touched_only_what_both_languages_share_may_approve_neither(self):
        editor = make.person("editor", "approver-vi", "approver-en")
        item = make.changed(make.article(), by=editor, byline="Thu Hà")

        for language in ("vi", "en"):
            take_step(item, "submit", language=language, by=None, now=NOON)
            with pytest.raises(Refused):
                take_step(item, "approve", language=language, by=editor, now=NOON)

    def test_changing_a_text_and_changing_it_back_is_a_change(self):
        editor, item = make.person("editor", "approver-vi"), make.article(title_vi="Gốc")
        item = make.changed(item, by=editor, title_vi="Khác")
        item = make.changed(item, by=make.reporter(), title_vi="Gốc")
        take_step(item, "submit", language="vi", by=None, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=editor, now=NOON)

    def test_a_return_does_not_wash_the_writer_clean(self):
        editor, item = make.person("editor", "approver-vi"), make.article()
        item = make.changed(item, by=editor, title_vi="Khác")
        take_step(item, "submit", language="vi", by=None, now=NOON)
        take_step(item, "return", language="vi", by=make.approver(), now=NOON, note="Sửa lại.")
        take_step(item, "submit", language="vi", by=None, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=editor, now=NOON)

    def test_of_a_copy_half_released_the_writer_of_the_rest_is_not_forgotten(self):
        editor = make.person("editor", "approver-en")
        item = in_both_languages()
        copy = make.changed(copy_of(item, title_vi="Mới"), by=editor, title_en="New")
        take_step(make.approved(copy, "vi"), "publish", language="vi", by=None, now=NOON)
        rest = Article.objects.get(working_copy_of=item)
        take_step(rest, "submit", language="en", by=None, now=NOON)

        with pytest.raises(Refused):
            take_step(rest, "approve", language="en", by=editor, now=NOON)

    def test_approving_is_closed_to_people_whose_account_is(self):
        item, reader = make.article(), make.approver()
        take_step(item, "submit", language="vi", by=None, now=NOON)
        reader.is_active = False

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=reader, now=NOON)

    @pytest.mark.parametrize("step", sorted(STEPS))
    def test_nobody_without_the_role_takes_a_step(self, step):
        item = make.article()
        source = STEPS[step].sources[0]
        edition = item.editions.get(language="vi")
        Edition.objects.filter(pk=edition.pk).update(
            state=source,
            publish_at=NOON - HOUR,
            approved_digest=content.digests(content.content_of(item))["vi"],
        )
        outsider = make.person("translator" if step not in {"submit"} else "approver-vi")

        with pytest.raises(Refused, match="ai trò"):
            take_step(item, step, language="vi", by=outsider, now=NOON, note="Vì sao", at=NOON + HOUR)

    def test_a_right_on_one_language_is_none_on_the_other(self):
        item = make.article()
        take_step(item, "submit", language="vi", by=None, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=make.approver("en"), now=NOON)

    def test_a_right_to_publish_is_none_without_the_right_to_see(self):
        stranger = make.person()
        stranger.user_permissions.set(stranger.user_permissions.model.objects.filter(codename="publish"))

        with pytest.raises(Refused):
            take_step(make.approved(), "publish", language="vi", by=stranger, now=NOON)

    def test_the_urgent_publisher_of_a_copy_does_not_review_it(self):
        duty = make.person("duty editor", "approver-vi")
        item = make.published(make.article(by=make.reporter()))
        take_step(
            copy_of(item, title_vi="Mới"), "publish_urgently", language="vi", by=duty, now=NOON, note="Gấp"
        )

        with pytest.raises(Refused):
            review_afterwards(live(item), language="vi", by=duty, now=NOON)

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

        take_step(copy, "publish_urgently", language="vi", by=second, now=NOON, note="Sửa gấp")

        with pytest.raises(Refused):
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


class TestNothingHalf:
    def test_a_pair_of_which_one_text_broke_does_not_go_out_by_half(self):
        item = in_both_languages(title_vi="Cũ", title_en="Old")
        copy = make.approved(make.approved(copy_of(item, title_vi="Mới", title_en="New"), "vi"), "en")
        for language in ("vi", "en"):
            take_step(copy, "schedule", language=language, by=None, now=NOON, at=NOON + HOUR)
        Article.objects.filter(pk=copy.pk).update(title_en="Broken")

        clock.run(NOON + HOUR)

        assert [live(item).title_vi, live(item).title_en] == ["Cũ", "Old"]
        assert set(Entry.objects.values_list("title", flat=True)) == {"Cũ", "Old"}

    def test_a_release_that_breaks_in_the_middle_leaves_nothing_behind(self):
        item = in_both_languages(title_vi="Cũ", title_en="Old")
        copy = make.approved(make.approved(copy_of(item, title_vi="Mới", title_en="New"), "vi"), "en")
        for language in ("vi", "en"):
            take_step(copy, "schedule", language=language, by=None, now=NOON, at=NOON + HOUR)
        Edition.objects.of(item).filter(language="en").delete()

        clock.run(NOON + HOUR)

        assert [live(item).title_vi, live(item).title_en] == ["Cũ", "Old"]
        assert Article.objects.filter(pk=copy.pk).exists()
        assert not Record.objects.filter(verb="published", by=None, at=NOON + HOUR).exists()

    def test_the_expiry_of_one_language_leaves_the_other(self):
        item = in_both_languages()
        set_expiry(item, language="en", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)

        clock.run(NOON + HOUR)

        assert [make.state(item, "vi"), make.state(item, "en")] == [State.PUBLISHED, State.WITHDRAWN]
        assert list(Entry.objects.listed(NOON + HOUR).values_list("language", flat=True)) == ["vi"]

    def test_a_text_withdrawn_while_its_copy_is_scheduled_does_not_come_back_by_the_clock(self):
        item = make.published(title_vi="Cũ")
        make.scheduled(copy_of(item, title_vi="Mới"), at=NOON + HOUR)
        take_step(item, "withdraw", language="vi", by=make.head(), now=NOON, note="Rà soát.")

        clock.run(NOON + HOUR)

        assert [make.state(item), live(item).title_vi, Entry.objects.get().status] == [
            State.WITHDRAWN,
            "Cũ",
            "withdrawn",
        ]

    def test_a_text_reinstated_and_scheduled_again_appears_with_the_clock_and_keeps_its_first_date(self):
        item = make.published()
        take_step(item, "retract", language="vi", by=None, now=NOON, note="Sai.")
        take_step(item, "reinstate", language="vi", by=None, now=NOON)
        take_step(item, "approve", language="vi", by=make.approver(), now=NOON)
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + DAY)
        assert Entry.objects.get().status == "gone"

        clock.run(NOON + DAY)

        entry = Entry.objects.get()
        assert [entry.status, entry.visible_from, entry.updated_at] == ["live", NOON, NOON + DAY]

    def test_a_return_is_forgotten_once_the_text_is_out(self):
        item = make.article()
        take_step(item, "submit", language="vi", by=None, now=NOON)
        take_step(item, "return", language="vi", by=make.approver(), now=NOON, note="Sửa.")
        take_step(
            item, "publish_urgently", language="vi", by=make.person("duty editor"), now=NOON, note="Gấp"
        )

        assert item.editions.get(language="vi").returned_at is None
        assert not Edition.objects.returned().exists()

    def test_a_copy_is_not_thrown_away_while_it_is_scheduled(self):
        copy = make.scheduled(copy_of(make.published(), title_vi="Mới"), at=NOON + HOUR)

        with pytest.raises(Refused):
            discard_working_copy(copy, by=None, now=NOON)

    def test_nothing_that_was_public_is_deleted(self):
        item = make.published()
        take_step(item, "retract", language="vi", by=None, now=NOON, note="Sai.")

        with pytest.raises(Refused):
            discard_draft(item, by=None, now=NOON)


class TestTranslationTruth:
    def test_a_field_emptied_is_not_called_translated(self):
        item = in_both_languages()
        copy = make.changed(copy_of(item), by=None, source_vi="Theo TTXVN", source_en="VNA")
        copy = make.approved(make.approved(copy, "vi"), "en")
        for language in ("vi", "en"):
            take_step(copy, "publish", language=language, by=None, now=NOON)
        assert truth(live(item), "en") == Truth.CURRENT

        copy = make.changed(copy_of(item), by=None, source_en="")
        take_step(make.approved(copy, "en"), "publish", language="en", by=None, now=NOON)

        assert truth(live(item), "en") == Truth.OUTDATED

    def test_an_english_original_measures_the_vietnamese(self):
        item = in_both_languages(source_language="en")
        copy = make.changed(copy_of(item), by=None, title_en="Changed")
        take_step(make.approved(copy, "en"), "publish", language="en", by=None, now=NOON)

        assert [truth(live(item), "vi"), truth(live(item), "en")] == [Truth.OUTDATED, Truth.ORIGINAL]
        assert [Entry.objects.get(language=code).translation.get("outdated") for code in ("vi", "en")] == [
            True,
            None,
        ]

    def test_a_copy_thrown_away_leaves_no_claim_about_the_translation(self):
        item = in_both_languages()
        made_from = live(item).edition("en").made_from
        copy = make.changed(copy_of(item, title_vi="Bốn ngày"), by=None, title_en="Four days")
        discard_working_copy(copy, by=None, now=NOON)

        assert live(item).edition("en").made_from == made_from
        assert truth(live(item), "en") == Truth.CURRENT

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

    def test_a_translation_of_a_text_that_was_thrown_away_is_not_called_current(self):
        item = in_both_languages()
        copy = copy_of(item, title_vi="Bốn ngày", title_en="Four days")
        take_step(make.approved(copy, "en"), "publish", language="en", by=None, now=NOON)

        discard_working_copy(live(copy), by=None, now=NOON)

        assert truth(live(item), "en") == Truth.OUTDATED


class TestEffects:
    def test_one_that_fails_stops_no_other_and_is_tried_again(self):
        item = make.article(by=make.reporter())
        effects.queue("nobody_knows_this", item, "vi", "1", {})
        item = make.published(item)

        effects.do_waiting(NOON + 3650 * DAY)

        failing = Effect.objects.get(name="nobody_knows_this")
        assert [failing.attempts, failing.done_at, "KeyError" in failing.error] == [1, None, True]
        assert Notice.objects.filter(verb="published").exists()

    def test_one_that_always_fails_waits_for_a_person_in_the_end(self):
        effects.queue("nobody_knows_this", make.article(), "vi", "1", {})
        moment = NOON + 3650 * DAY
        for _ in range(len(effects.BACK_OFF) + 3):
            effects.do_waiting(moment)
            moment += 2 * DAY

        failing = Effect.objects.get(name="nobody_knows_this")
        assert [failing.attempts, failing.given_up_at is None] == [len(effects.BACK_OFF) + 1, False]
        effects.try_again([failing], moment)
        assert Effect.objects.waiting(moment).exists()

    def test_one_about_a_thing_that_is_gone_is_done(self):
        item = make.article(by=make.reporter())
        take_step(item, "submit", language="vi", by=None, now=NOON)
        take_step(item, "return", language="vi", by=make.approver(), now=NOON, note="Thôi.")
        discard_draft(live(item), by=None, now=NOON)

        effects.do_waiting(NOON + 3650 * DAY)

        assert not Effect.objects.failing().exists()

    def test_the_same_one_queued_twice_is_one(self):
        item = make.article()
        for _ in range(2):
            effects.queue("nobody_knows_this", item, "vi", "1", {})

        assert Effect.objects.filter(name="nobody_knows_this").count() == 1

    def test_a_step_refused_leaves_none(self):
        item = make.article()
        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)

        assert not Effect.objects.exists()


class TestHostileText:
    @pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\u200bb", "\ufeffab", "a\x1bb", "a\ufffeb"])
    def test_what_no_page_can_carry_is_dropped_on_save(self, text):
        item = make.published(title_vi=f"Tít {text}", body_vi=f"<p>{text}</p>", byline=f"Ai {text}")

        said = "".join([item.title_vi, item.body_vi, item.byline, Entry.objects.get().title_folded])
        assert not set(said) & set("\x00\ud800\udfff\u200b\ufeff\x1b\ufffe")
        assert Version.objects.about(item).exists()

    def test_a_body_nested_2000_deep_is_saved_and_approved(self):
        item = make.approved(make.article(body_vi="<blockquote>" * 2000 + "Đáy" + "</blockquote>" * 2000))

        assert make.state(item) == State.APPROVED

    def test_a_reason_of_a_megabyte_is_kept(self):
        item = make.article()
        take_step(item, "submit", language="vi", by=None, now=NOON)

        take_step(item, "return", language="vi", by=make.approver(), now=NOON, note="Sửa. " * 200_000)

        assert len(item.editions.get(language="vi").returned_note) == 1_000_000

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

        assert Entry.objects.get().title_folded == "ffi" * 250


def race(*deeds) -> list[str]:
    """All deeds begin at once, each in a thread of its own; answers how each ended."""
    start, ends = threading.Barrier(len(deeds)), {}

    def run(place, deed):
        start.wait()
        try:
            deed()
            ends[place] = "done"
        except Refused as refused:
            ends[place] = type(refused).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [ends.get(place, "broke") for place in range(len(deeds))]


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_of_two_approvers_at_once_one_approves(self):
        item = make.article()
        take_step(item, "submit", language="vi", by=None, now=NOON)
        readers = [make.approver(), make.approver()]

        ends = race(
            *(lambda by=by: take_step(item, "approve", language="vi", by=by, now=NOON) for by in readers)
        )

        assert sorted(ends) == ["Refused", "done"]
        assert Record.objects.filter(verb="approve").count() == 1

    def test_an_edit_during_an_approval_is_never_approved_unseen(self):
        item, reader, writer = make.article(), make.approver(), make.reporter()
        take_step(item, "submit", language="vi", by=None, now=NOON)
        seen = live(item).lock_version

        def edit():
            with transaction.atomic():
                row = Article.objects.select_for_update().get(pk=item.pk)
                row.title_vi = "Sửa đúng lúc duyệt"
                row.save()
                record_save(row, by=writer, now=NOON)

        def approve():
            take_step(item, "approve", language="vi", by=reader, now=NOON, lock_version=seen)

        ends = race(edit, approve)

        edition = item.editions.get(language="vi")
        if ends[1] == "done" and edition.state == State.APPROVED:
            approved_the_old = content.digests(
                Version.objects.about(item).order_by("number").first().content
            )["vi"]
            assert edition.approved_digest == approved_the_old
        else:
            assert ends[1] == "Conflict"

    def test_a_working_copy_opened_twice_at_once_is_one(self):
        item = make.published()

        ends = race(*(lambda: open_working_copy(live(item), by=None, now=NOON) for _ in range(3)))

        assert ends == ["done"] * 3
        assert Article.objects.filter(working_copy_of=item).count() == 1

    def test_scheduling_and_returning_at_once_end_in_one_of_both(self):
        item = make.approved()
        by = make.publisher()

        ends = race(
            lambda: take_step(item, "schedule", language="vi", by=by, now=NOON, at=NOON + HOUR),
            lambda: take_step(item, "return", language="vi", by=by, now=NOON, note="Khoan."),
        )

        assert sorted(ends) == ["Refused", "done"]
        assert Entry.objects.exists() == (make.state(item) == State.SCHEDULED)

    def test_withdrawing_and_replacing_at_once_never_leaves_a_withdrawn_text_listed(self):
        item = make.published()
        copy = make.approved(copy_of(item, title_vi="Mới"))
        boss = make.head()

        race(
            lambda: take_step(item, "withdraw", language="vi", by=boss, now=NOON, note="Rà soát."),
            lambda: take_step(copy, "publish", language="vi", by=boss, now=NOON),
        )

        assert make.state(item) == State.WITHDRAWN
        assert not Entry.objects.listed(NOON + MINUTE).exists()

    def test_a_step_from_a_stale_page_is_a_conflict(self):
        item = make.article()
        opened = item.lock_version
        make.changed(item, by=make.reporter(), title_vi="Sửa sau khi mở trang")

        with pytest.raises(Conflict):
            take_step(item, "submit", language="vi", by=None, now=NOON, lock_version=opened)

    def test_the_clock_and_a_person_who_discards_never_both_win(self):
        item = make.published(title_vi="Cũ")
        copy = make.scheduled(copy_of(item, title_vi="Mới"), at=NOON + HOUR)

        def take_off():
            take_step(copy, "unschedule", language="vi", by=None, now=NOON + HOUR - timedelta(seconds=1))
            discard_working_copy(copy, by=None, now=NOON)

        ends = race(lambda: clock.run(NOON + HOUR), take_off)

        assert ends[0] == "done"
        assert live(item).title_vi == ("Cũ" if ends[1] == "done" else "Mới")


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

        with pytest.raises(Refused):
            discard_draft(draft, by=None, now=NOON)
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

    def test_one_languages_failure_does_not_stop_the_others_later_hour(self):
        item = make.approved(make.approved(make.article(), "vi"), "en")
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + HOUR)
        take_step(item, "schedule", language="en", by=None, now=NOON, at=NOON + DAY)
        Article.objects.filter(pk=item.pk).update(title_vi="Sửa thẳng")
        clock.run(NOON + HOUR)

        clock.run(NOON + DAY)

        assert [make.state(item, "vi"), make.state(item, "en")] == [State.SCHEDULED, State.PUBLISHED]


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

    def test_a_slip_mended_in_one_language_of_a_pair_waits_for_nothing_in_the_other(self):
        item = make.approved(make.approved(make.article(released_together=True), "vi"), "en")
        take_step(item, "publish", language="vi", by=None, now=NOON)
        copy = make.changed(
            open_working_copy(live(item), by=None, now=NOON), by=None, title_vi="Mới", change_kind_vi="minor"
        )

        take_step(make.approved(copy, "vi"), "publish", language="vi", by=None, now=NOON)

        assert live(item).title_vi == "Mới"


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
    def test_a_language_published_while_a_copy_is_open_can_be_edited_too(self):
        item = make.published()
        copy_of(item, title_vi="Đang sửa")
        make.published(live(item), "en")

        copy = open_working_copy(live(item), by=None, now=NOON)

        assert copy.edition("en") is not None

    def test_nothing_of_a_retracted_text_stays_on_the_read_side(self):
        item = make.published(body_vi="<p>Một câu không nên đăng.</p>", byline="Minh An")

        take_step(item, "retract", language="vi", by=None, now=NOON, note="Đăng nhầm.")

        entry = Entry.objects.get()
        assert "không nên đăng" not in f"{entry.text}{entry.summary}{entry.face}"


class TestHistory:
    def test_no_row_of_the_history_is_changed_or_deleted_by_itself(self):
        make.article()

        for row in (Record.objects.first(), Version.objects.first()):
            with pytest.raises(TypeError):
                row.delete()
            row.number = 99
            with pytest.raises(TypeError):
                row.save()

    def test_saving_again_does_not_turn_the_lock_version_back(self):
        item = make.article()
        item.title_vi = "Lần một"
        item.save()
        record_save(item, by=None, now=NOON)
        item.byline = "Lần hai"
        item.save()
        record_save(item, by=None, now=NOON)

        assert live(item).lock_version == 3

    def test_a_new_empty_column_of_the_house_voids_no_approval(self):
        item = make.approved()
        content.load([item])
        said = content.content_of(item)
        before = content.digest(said, "vi")

        said["shared"]["a_column_added_by_the_next_release"] = None
        said["vi"]["another"] = ""

        assert content.digest(said, "vi") == before

    def test_a_working_copy_is_not_discarded_as_if_it_were_a_draft(self):
        copy = copy_of(make.published(), title_vi="Mới")

        with pytest.raises(Refused):
            discard_draft(copy, by=None, now=NOON)


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
    def test_who_wrote_what_has_been_approved_and_published_may_approve_the_next_change(self):
        writer = make.person("reporter", "approver-vi")
        item = make.published(make.article(by=writer))
        copy = copy_of(item, title_vi="Mới")
        take_step(copy, "submit", language="vi", by=None, now=NOON)

        take_step(copy, "approve", language="vi", by=writer, now=NOON)

        assert make.state(copy) == State.APPROVED

    def test_english_is_written_once_vietnamese_is_out(self):
        item = make.published(english=False)

        item = make.changed(item, by=make.translator(), title_en="Headline")

        assert item.title_en == "Headline"

    def test_who_writes_english_is_no_contributor_to_the_vietnamese(self):
        item, writer = make.published(english=False), make.translator()
        item = make.changed(item, by=writer, title_en="Headline")

        assert Version.objects.about(item).get(by=writer).changed == ["en"]


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
