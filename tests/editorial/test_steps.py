"""The step table, walked."""

import pytest

from news.models import Article
from portal.editorial.actions import (
    Conflict,
    Refused,
    open_working_copy,
    refusal,
    review_afterwards,
    take_step,
)
from portal.editorial.models import State
from portal.editorial.states import STEPS
from portal.history.models import Record, Version
from portal.search.models import Entry
from tests import make
from tests.make import HOUR, MINUTE, NOON

pytestmark = pytest.mark.django_db


def test_an_article_passes_from_draft_to_readers_through_four_hands():
    writer, reader, officer = make.reporter(), make.approver(), make.publisher()
    item = make.article(by=writer)

    take_step(item, "submit", language="vi", by=writer, now=NOON)
    take_step(item, "approve", language="vi", by=reader, now=NOON)
    take_step(item, "publish", language="vi", by=officer, now=NOON + HOUR)

    edition = item.editions.get(language="vi")
    assert [edition.state, edition.publish_at] == [State.PUBLISHED, NOON + HOUR]
    assert list(Record.objects.about(item).order_by("pk").values_list("verb", "by")) == [
        ("created", writer.pk), ("submit", writer.pk), ("approve", reader.pk), ("published", officer.pk),
    ]  # fmt: skip


def test_the_other_language_stays_where_it_is():
    item = make.published()

    assert make.state(item, "en") == State.DRAFT
    assert not Entry.objects.filter(language="en").exists()


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.name)
@pytest.mark.parametrize("state", State.values)
def test_a_step_starts_only_from_its_own_states(step, state):
    item = make.article()
    item.editions.filter(language="vi").update(state=state, publish_at=NOON)
    item = Article.objects.get(pk=item.pk)

    reason = refusal(item, step.name, language="vi", by=None, now=NOON, at=NOON + HOUR)

    wrong_state = f"“{State(state).label}”"
    assert (reason is not None and wrong_state in reason) == (state not in step.sources)


@pytest.mark.parametrize("step", STEPS.values(), ids=lambda step: step.name)
def test_nobody_takes_a_step_their_role_does_not_include(step):
    item = make.article()
    item.editions.filter(language="vi").update(state=step.sources[0], publish_at=NOON)
    stranger = make.person("administrator")

    with pytest.raises(Refused, match=r"Vai trò|role"):
        take_step(item, step.name, language="vi", by=stranger, now=NOON, note="vì sao", at=NOON + HOUR)


def test_a_return_needs_a_note_and_tells_who_wrote():
    writer, officer = make.reporter(), make.approver()
    item = make.article(by=writer)
    take_step(item, "submit", language="vi", by=writer, now=NOON)

    with pytest.raises(Refused):
        take_step(item, "return", language="vi", by=officer, now=NOON, note="  ")
    take_step(item, "return", language="vi", by=officer, now=NOON, note="Thiếu nguồn số liệu.")

    edition = item.editions.get(language="vi")
    assert [edition.state, edition.returned_note, edition.returned_by] == [
        State.DRAFT,
        "Thiếu nguồn số liệu.",
        officer,
    ]


def test_an_incomplete_text_is_not_submitted():
    item = make.article(english=False)

    with pytest.raises(Refused):
        take_step(item, "submit", language="en", by=None, now=NOON)


def test_a_stale_page_takes_no_step():
    item = make.article()
    make.changed(item, by=None, title_vi="Tít khác")

    with pytest.raises(Conflict):
        take_step(item, "submit", language="vi", by=None, now=NOON, lock_version=item.lock_version - 1)


def test_a_double_click_is_one_step():
    item = make.approved()
    take_step(item, "publish", language="vi", by=None, now=NOON)

    with pytest.raises(Refused):
        take_step(item, "publish", language="vi", by=None, now=NOON)
    assert Record.objects.about(item).filter(verb="published").count() == 1


def test_the_past_is_no_time_to_schedule_for():
    item = make.approved()

    with pytest.raises(Refused, match="12:00"):
        take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON)


def test_scheduled_text_is_invisible_a_moment_before_and_visible_at_its_second():
    hour = NOON + HOUR
    make.scheduled(at=hour)

    assert not Entry.objects.listed(hour - make.timedelta(microseconds=1)).exists()
    assert Entry.objects.listed(hour).exists()
    assert Article.objects.published(hour, "vi").exists()
    assert not Article.objects.published(hour - make.timedelta(microseconds=1), "vi").exists()


def test_what_is_taken_off_the_schedule_never_appears():
    item = make.scheduled(at=NOON + HOUR)

    take_step(item, "unschedule", language="vi", by=None, now=NOON)

    assert make.state(item) == State.APPROVED
    assert not Entry.objects.exists()


def test_what_readers_already_see_cannot_be_taken_off_the_schedule():
    item = make.scheduled(at=NOON + HOUR)

    with pytest.raises(Refused):
        take_step(item, "unschedule", language="vi", by=None, now=NOON + HOUR)


def test_two_languages_released_together_appear_in_one_deed():
    item = make.article(released_together=True)
    item = make.approved(item, "vi")
    with pytest.raises(Refused):
        take_step(item, "publish", language="vi", by=None, now=NOON)
    item = make.approved(item, "en")

    take_step(item, "schedule", language="en", by=None, now=NOON, at=NOON + HOUR)

    assert [make.state(item, "vi"), make.state(item, "en")] == [State.SCHEDULED, State.SCHEDULED]
    assert set(Entry.objects.values_list("language", "visible_from")) == {
        ("vi", NOON + HOUR),
        ("en", NOON + HOUR),
    }


def test_two_languages_released_together_leave_the_schedule_together():
    item = make.article(released_together=True)
    item = (
        make.scheduled(item, "vi", "en", at=NOON + HOUR)
        if False
        else make.approved(make.approved(item, "vi"), "en")
    )
    take_step(item, "schedule", language="vi", by=None, now=NOON, at=NOON + HOUR)

    take_step(item, "unschedule", language="vi", by=None, now=NOON)

    assert [make.state(item, "vi"), make.state(item, "en")] == [State.APPROVED, State.APPROVED]


class TestFourEyes:
    def test_nobody_approves_their_own_text(self):
        writer = make.person("reporter", "approver-vi")
        item = make.article(by=writer)
        take_step(item, "submit", language="vi", by=writer, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=writer, now=NOON)

    def test_a_colleague_pressing_submit_does_not_help(self):
        writer, colleague = make.person("reporter", "approver-vi"), make.reporter()
        item = make.article(by=writer)
        take_step(item, "submit", language="vi", by=colleague, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=writer, now=NOON)

    def test_a_trivial_edit_by_another_does_not_help(self):
        writer, editor = make.person("editor", "approver-vi"), make.person("editor", "approver-vi")
        item = make.article(by=writer)
        take_step(item, "submit", language="vi", by=writer, now=NOON)
        item = make.changed(item, by=editor, title_vi="Tít đã sửa một chữ")

        for person in (writer, editor):
            with pytest.raises(Refused):
                take_step(item, "approve", language="vi", by=person, now=NOON)

    def test_a_superuser_is_not_exempt(self):
        root = make.person(superuser=True)
        item = make.article(by=root)
        take_step(item, "submit", language="vi", by=root, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="vi", by=root, now=NOON)

    def test_the_translator_may_approve_the_other_language(self):
        translator = make.person("translator", "approver-vi")
        item = make.article(english=False)
        item = make.changed(item, by=translator, title_en="A headline")
        take_step(item, "submit", language="vi", by=None, now=NOON)

        take_step(item, "approve", language="vi", by=translator, now=NOON)

        assert make.state(item) == State.APPROVED

    def test_an_approver_of_vietnamese_does_not_approve_english(self):
        item = make.article()
        take_step(item, "submit", language="en", by=None, now=NOON)

        with pytest.raises(Refused):
            take_step(item, "approve", language="en", by=make.approver("vi"), now=NOON)

    def test_a_picture_changed_after_approval_voids_it(self):
        item = make.approved()
        make.slipped_in(item, make.picture())

        with pytest.raises(Refused):
            take_step(item, "publish", language="vi", by=None, now=NOON)


class TestUrgent:
    def test_it_stays_on_the_desk_until_another_person_has_read_it(self):
        writer, duty, reader = make.reporter(), make.person("duty editor"), make.approver()
        item = make.article(by=writer)
        with pytest.raises(Refused):
            take_step(item, "publish_urgently", language="vi", by=duty, now=NOON)

        edition = take_step(item, "publish_urgently", language="vi", by=duty, now=NOON, note="Bão số 9")

        assert [edition.state, edition.urgent_reason, edition.reviewed_after_at] == [
            State.PUBLISHED,
            "Bão số 9",
            None,
        ]
        review_afterwards(item, language="vi", by=reader, now=NOON + MINUTE)
        assert item.editions.get(language="vi").reviewed_after_by == reader

    def test_neither_publisher_nor_writer_reviews_it(self):
        writer, duty = make.person("reporter", "approver-vi"), make.person("duty editor", "approver-vi")
        item = make.article(by=writer)
        take_step(item, "publish_urgently", language="vi", by=duty, now=NOON, note="Bão số 9")

        for person in (writer, duty):
            with pytest.raises(Refused):
                review_afterwards(item, language="vi", by=person, now=NOON)


class TestTakingDown:
    def test_a_withdrawn_text_leaves_the_lists_and_says_why(self):
        item = make.published()

        take_step(
            item,
            "withdraw",
            language="vi",
            by=make.head(),
            now=NOON + HOUR,
            note="Số liệu đang được rà soát.",
        )

        entry = Entry.objects.get()
        assert [entry.status, entry.notice] == [Entry.Status.WITHDRAWN, "Số liệu đang được rà soát."]
        assert not Entry.objects.listed(NOON + HOUR).exists()
        assert Entry.objects.begun(NOON + HOUR).exists()

    def test_a_retracted_text_is_gone(self):
        item = make.published()

        take_step(item, "retract", language="vi", by=make.head(), now=NOON + HOUR, note="Đăng nhầm.")

        entry = Entry.objects.get()
        assert [entry.status, entry.text, entry.summary] == [Entry.Status.GONE, "", ""]

    def test_a_retracted_page_never_leads_in_a_circle(self):
        first, second = make.published(), make.published()
        urls = [each.get_absolute_url("vi") for each in (first, second)]
        take_step(
            first, "retract", language="vi", by=None, now=NOON, note="Thay bằng bài mới.", successor=urls[1]
        )

        for successor in urls[0], urls[1], "/vi/tin-tuc/khong-co-999/":
            with pytest.raises(Refused):
                take_step(
                    second, "retract", language="vi", by=None, now=NOON, note="Vòng", successor=successor
                )

    def test_a_reinstated_text_keeps_its_notice_until_it_is_published_again(self):
        item, boss = make.published(), make.head()
        take_step(item, "withdraw", language="vi", by=boss, now=NOON, note="Đang rà soát.")

        take_step(item, "reinstate", language="vi", by=boss, now=NOON)

        assert Entry.objects.get().status == Entry.Status.WITHDRAWN
        take_step(item, "approve", language="vi", by=make.approver(), now=NOON)
        take_step(item, "publish", language="vi", by=boss, now=NOON + HOUR)
        entry = Entry.objects.get()
        assert [entry.status, entry.visible_from, entry.updated_at] == [Entry.Status.LIVE, NOON, NOON + HOUR]

    def test_what_readers_saw_is_proved_even_when_no_clock_came_by_before_it_was_withdrawn(self):
        item = make.scheduled(at=NOON + HOUR)
        approved = item.edition("vi").approved_digest

        take_step(item, "withdraw", language="vi", by=make.head(), now=NOON + 2 * HOUR, note="Đang rà soát.")

        edition = type(item).objects.get(pk=item.pk).edition("vi")
        kept = Version.objects.get(object_id=item.pk, number=edition.published_version)
        assert edition.first_published_at == NOON + HOUR
        assert edition.published_digest == approved == kept.digests["vi"]

    def test_a_working_copy_does_not_bring_a_withdrawn_text_back(self):
        item = make.published()
        copy = open_working_copy(item, by=None, now=NOON)
        copy = make.changed(copy, by=None, title_vi="Tít mới", change_kind_vi="minor")
        copy = make.approved(copy)
        take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Đang rà soát.")

        with pytest.raises(Refused):
            take_step(copy, "publish", language="vi", by=None, now=NOON)
