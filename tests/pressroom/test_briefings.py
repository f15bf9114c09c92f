"""What is decided about a briefing: date, place, confirmed, held, cancelled; the quarter's duty; the notice in time."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from portal.accounts.refusal import Refused
from portal.duties.models import Limit
from portal.editorial import checklist
from portal.editorial.actions import discard_draft, open_working_copy
from portal.history.models import Record
from portal.search.models import Entry
from pressroom.actions import briefings as actions
from pressroom.briefing_facts import When
from pressroom.models import Briefing
from pressroom.rules import notice, quarters
from tests import make
from tests.make import DAY as A_DAY
from tests.make import HOUR, NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db
Progress = Briefing.Progress


def said(item, language="vi"):
    """The facts readers are told."""
    return Entry.objects.about(item).get(language=language).face["facts"]


def words(now=NOON):
    return [amiss.words for amiss in quarters.amiss(now)]


class TestDates:
    @pytest.mark.parametrize(
        ("when", "vietnamese", "english"),
        [
            (When("quarter", date(2026, 10, 1)), "Quý IV/2026", "Fourth quarter of 2026"),
            (When("month", date(2026, 12, 1)), "Tháng 12/2026", "December 2026"),
            (bf.exact(), "Thứ năm, 10/12/2026, 09:00-10:30", "Thursday, 10 December 2026, 09:00–10:30"),
        ],
    )
    def test_a_date_is_said_as_exactly_as_it_is_known(self, when, vietnamese, english):
        assert [when.words("vi"), when.words("en")] == [vietnamese, english]

    def test_a_move_readers_saw_is_told_in_both_languages(self):
        item = bf.announced()

        actions.arrange(item, bf.plan(bf.exact(date(2026, 12, 11))), by=None, now=NOON)

        for language in ("vi", "en"):
            [move] = said(item, language)["moves"]
            assert [move["from"]["day"], move["to"]["day"]] == ["2026-12-10", "2026-12-11"]

    def test_a_move_before_publication_is_nobodys_business(self):
        item = bf.arranged()

        actions.arrange(item, bf.plan(bf.exact(date(2026, 12, 11))), by=None, now=NOON)
        make.published(make.again(item), "vi", now=NOON)

        assert said(item)["moves"] == []

    def test_a_language_published_later_tells_no_earlier_move(self):
        item = bf.announced("vi")
        actions.arrange(item, bf.plan(bf.exact(date(2026, 12, 11))), by=None, now=NOON)

        make.published(make.again(item), "en", now=NOON)

        assert [len(said(item, language)["moves"]) for language in ("vi", "en")] == [1, 0]

    def test_a_change_of_place_is_told_too(self):
        item = bf.announced()

        actions.arrange(item, bf.plan(en="Hall B"), by=None, now=NOON)

        assert said(item, "en")["moves"][0]["to"]["place"] == "Hall B"

    def test_keeping_the_same_plan_changes_nothing(self):
        item = bf.announced()
        deeds = Record.objects.count()

        kept = actions.arrange(item, bf.plan(), by=None, now=NOON)

        assert (kept.sequence, Record.objects.count()) == (item.sequence, deeds)

    def test_a_confirmed_one_without_an_hour_is_provisional_again(self):
        item = bf.announced()

        moved = actions.arrange(item, bf.plan(When("month", date(2026, 12, 1))), by=None, now=NOON)

        assert moved.progress == Progress.PROVISIONAL
        assert said(item)["progress"] == "provisional"

    def test_the_text_readers_have_stays_while_the_facts_change(self):
        item = bf.announced()
        Briefing.objects.filter(pk=item.pk).update(body_vi="<p>Chưa duyệt.</p>")

        actions.arrange(item, bf.plan(bf.exact(date(2026, 12, 11))), by=None, now=NOON)

        assert "Chưa duyệt" not in Entry.objects.about(item).get(language="vi").face["body"]


class TestProgress:
    def test_it_is_confirmed_only_with_all_six_contents_of_the_notice(self):
        item = bf.briefing(chair=None, proof_vi="", proof_en="")

        with pytest.raises(Refused) as refusal:
            actions.confirm(item, by=None, now=NOON)

        for content in (
            "địa điểm",
            "thời gian",
            "người chủ trì",
            "tài liệu chứng minh",
            "cơ quan báo chí được mời",
        ):
            assert content in str(refusal.value)

    def test_it_is_held_once_it_has_begun(self):
        item = bf.announced()

        with pytest.raises(Refused):
            actions.hold(item, by=None, now=NOON)
        held = actions.hold(item, by=None, now=bf.exact().begins)

        assert held.progress == Progress.HELD

    def test_it_is_cancelled_with_a_public_reason_in_each_language_it_is_written_in(self):
        item = bf.announced()

        with pytest.raises(Refused):
            actions.cancel(item, {"vi": "Bão số 13.", "en": " "}, by=None, now=NOON)
        actions.cancel(item, {"vi": "Bão số 13.", "en": "Typhoon No. 13."}, by=None, now=NOON)

        assert [said(item, language)["reason"] for language in ("vi", "en")] == [
            "Bão số 13.",
            "Typhoon No. 13.",
        ]

    def test_a_vietnamese_one_needs_no_english_reason(self):
        item = bf.arranged(english=False)

        assert actions.cancel(item, {"vi": "Bão."}, by=None, now=NOON).progress == Progress.CANCELLED

    @pytest.mark.parametrize("deed", ["arrange", "confirm", "hold", "cancel"])
    def test_what_was_held_or_cancelled_stays_so(self, deed):
        cancelled = bf.announced(when=bf.exact(date(2026, 12, 20)))
        actions.cancel(cancelled, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)
        more = {"arrange": [bf.plan(bf.exact(date(2026, 12, 29)))], "cancel": [{"vi": "Khác", "en": "Other"}]}

        for item in (bf.held(kind="ad_hoc"), cancelled):
            with pytest.raises(Refused):
                getattr(actions, deed)(item, *more.get(deed, []), by=None, now=NOON)

    def test_a_working_copy_carries_no_facts_and_changes_none(self):
        item = bf.held()
        copy = open_working_copy(item, by=None, now=NOON)

        bf.released(make.changed(copy, by=None, title_vi="Họp báo quý IV", change_kind_vi="minor"), "vi")

        assert make.again(item).progress == Progress.HELD
        assert said(item)["progress"] == "held"

    def test_a_draft_of_one_that_was_held_or_cancelled_is_not_deleted(self):
        item = bf.arranged()
        actions.cancel(item, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)

        with pytest.raises(Refused, match="đã diễn ra hoặc đã hủy"):
            discard_draft(item, by=None, now=NOON)

    def test_any_other_draft_is(self):
        item = bf.arranged()

        discard_draft(item, by=None, now=NOON)

        assert not Briefing.objects.exists()


class TestTheQuarter:
    def test_a_quarter_without_a_regular_briefing_is_a_red_flag_with_its_law(self):
        [said] = quarters.amiss(NOON)

        assert said.grave
        assert "quý IV/2026" in said.words
        assert "244/2026" in said.words

    def test_a_planned_one_lowers_it(self):
        bf.arranged()

        assert words() == []

    def test_an_ad_hoc_or_cancelled_one_does_not(self):
        bf.arranged(kind="ad_hoc")
        item = bf.arranged()
        actions.cancel(item, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)

        assert len(words()) == 1

    def test_the_last_quarter_without_one_held_is_told_once_briefings_are_kept_here(self):
        bf.arranged(bf.exact(date(2026, 5, 20)))
        bf.arranged(bf.exact(date(2026, 12, 10)))

        assert any("quý III/2026" in each for each in words())

    def test_two_regular_ones_in_a_quarter_are_refused(self):
        bf.arranged()
        other = bf.arranged(kind="ad_hoc")

        with pytest.raises(Refused, match="IV/2026"):
            actions.arrange(other, bf.plan(bf.exact(date(2026, 12, 17))), by=None, now=NOON)

        assert make.again(other).kind == "ad_hoc"

    def test_the_database_keeps_it_so(self):
        bf.arranged()

        with pytest.raises(IntegrityError), transaction.atomic():
            bf.briefing()

    def test_moved_into_the_next_quarter_it_no_longer_counts_for_this_one(self):
        item = bf.arranged()

        actions.arrange(item, bf.plan(bf.exact(date(2027, 1, 12))), by=None, now=NOON)

        assert any("quý IV/2026" in each for each in words())

    def test_where_no_law_asks_for_it_nothing_is_due(self):
        Limit.objects.filter(duty=quarters.DUTY).update(valid_until=date(2026, 6, 30))

        assert quarters.amiss(NOON) == []

    def test_a_provisional_one_is_reminded_of_near_the_end_of_the_quarter(self):
        bf.briefing()

        [said] = quarters.amiss(NOON + 30 * A_DAY)

        assert not said.grave

    def test_one_that_is_over_and_neither_held_nor_cancelled_is_told(self):
        item = bf.announced()

        [said] = quarters.amiss(bf.exact().ends + HOUR)

        assert said.briefing == item


class TestTheNotice:
    def test_it_is_due_as_long_before_as_the_law_of_the_day_says(self):
        item = bf.arranged()
        Limit.objects.filter(duty=notice.DUTY).update(amount=48)

        assert notice.deadline(item) == bf.exact().begins - timedelta(hours=48)

    def test_confirmed_too_late_it_needs_its_reason(self):
        item = make.published(bf.arranged(kind="ad_hoc"), "vi", "en", now=NOON)
        late = bf.exact().begins - HOUR

        with pytest.raises(Refused, match="237/2026"):
            actions.confirm(item, by=None, now=late)
        actions.confirm(item, by=None, now=late, urgency="Động đất.")

        assert said(item)["urgency"] == "Động đất."
        assert words(late) == [each for each in words(late) if "Họp báo thường kỳ quý IV" not in each]

    def test_a_regular_one_stays_flagged_whatever_the_reason(self):
        item = make.published(bf.arranged(), "vi", "en", now=NOON)
        late = bf.exact().begins - HOUR

        actions.confirm(item, by=None, now=late, urgency="Quên.")

        [flag] = quarters.amiss(late)
        assert flag.grave
        assert flag.briefing == item

    def test_confirmed_in_time_and_published_too_late_it_is_late_all_the_same(self):
        item = actions.confirm(bf.arranged(), by=None, now=NOON)
        late = bf.exact().begins - HOUR

        make.published(make.again(item), "vi", now=late)

        [flag] = quarters.amiss(late)
        assert flag.briefing == item

    def test_a_day_before_it_is_due_it_is_a_reminder_and_then_a_red_flag(self):
        bf.arranged()
        due = bf.exact().begins - timedelta(hours=24)

        assert [[each.grave for each in quarters.amiss(at)] for at in (due - HOUR, due + HOUR)] == [
            [False],
            [True],
        ]

    def test_moved_to_an_earlier_hour_the_notice_begins_anew(self):
        item = bf.announced()
        tomorrow = bf.exact(date(2026, 11, 21), "08:00", "09:00")

        with pytest.raises(Refused):
            actions.arrange(item, bf.plan(tomorrow), by=None, now=NOON)

        assert actions.arrange(item, bf.plan(tomorrow), by=None, now=NOON, urgency="Bão.").urgency == "Bão."

    def test_a_confirmed_one_is_published_only_with_all_six_contents(self):
        item = actions.confirm(bf.arranged(), by=None, now=NOON)
        item = make.changed(make.again(item), by=None, proof_vi="")

        assert [each.blocks for each in checklist.findings(item, "vi") if each.field == "body"] == [True]

    def test_a_provisional_one_may_be_published_without(self):
        item = bf.briefing(proof_vi="", chair=None)

        assert make.published(item, "vi", now=NOON).edition("vi").state == "published"


def test_the_chair_is_named_with_the_title_of_the_day():
    item = bf.announced()
    actions.arrange(item, bf.plan(kind="ad_hoc"), by=None, now=NOON)

    assert said(item, "en")["chair"] == "Mr Nguyễn Bá Hoan, Deputy Minister"
