"""What is decided about an event: its days in words, sessions, place, confirmed, held, cancelled; told in both languages."""

from datetime import date, timedelta

import pytest

from portal.accounts.refusal import Refused
from portal.editorial import checklist
from portal.editorial.actions import open_working_copy
from portal.history.models import Record
from portal.library.models import Placement
from portal.search.models import Entry
from tests import make
from tests.make import DAY as A_DAY
from tests.make import NOON
from tests.training import events as ev
from training.actions import events as actions
from training.actions.events import PlacePlan, SessionPlan
from training.models import Event, Presence, Registration
from training.when import When

pytestmark = pytest.mark.django_db
Progress = Event.Progress


def said(item, language="vi"):
    """The facts readers are told."""
    return Entry.objects.about(item).get(language=language).face["facts"]


class TestWords:
    @pytest.mark.parametrize(
        ("when", "vietnamese", "english"),
        [
            (When.year(2016), "Năm 2016", "2016"),
            (When.month(2026, 2), "Tháng 2/2026", "February 2026"),
            (When.days(date(2017, 6, 20)), "Thứ ba, 20/06/2017", "Tuesday, 20 June 2017"),
            (When.days(date(2026, 12, 14), date(2026, 12, 16)), "14-16/12/2026", "14–16 December 2026"),
            (
                When.hours(ev.at(ev.DAY, "08:00"), ev.at(ev.DAY, "11:30")),
                "Thứ ba, 15/12/2026, 08:00-11:30", "Tuesday, 15 December 2026, 08:00–11:30",
            ),
            (
                When.hours(ev.at(ev.DAY, "22:00"), ev.at(date(2026, 12, 16), "01:00")),
                "15-16/12/2026, từ 22:00", "15–16 December 2026, from 22:00",
            ),
        ],
    )  # fmt: skip
    def test_a_date_is_said_as_exactly_as_it_is_known(self, when, vietnamese, english):
        assert [when.words("vi"), when.words("en")] == [vietnamese, english]

    def test_what_ends_at_midnight_ends_on_the_day_before(self):
        when = When.hours(ev.at(ev.DAY, "20:00"), ev.at(date(2026, 12, 16), "00:00"))

        assert (when.first, when.last) == (ev.DAY, ev.DAY)


class TestDays:
    def test_a_plan_knows_its_month_only(self):
        event = actions.set_days(ev.make_event(), When.month(2027, 3), by=None, now=NOON)

        assert (event.precision, event.begins_on, event.ends_on) == (
            "month",
            date(2027, 3, 1),
            date(2027, 3, 31),
        )

    def test_the_days_of_an_event_with_sessions_are_theirs(self):
        with pytest.raises(Refused):
            actions.set_days(ev.dated(), When.month(2027, 3), by=None, now=NOON)

    def test_a_confirmed_one_without_days_is_planned_again(self):
        event = actions.set_sessions(ev.confirmed(), [], by=None, now=NOON)

        moved = actions.set_days(event, When.month(2027, 3), by=None, now=NOON)

        assert moved.progress == Progress.PLANNED

    def test_the_same_again_changes_nothing(self):
        event = actions.set_days(ev.make_event(), When.month(2027, 3), by=None, now=NOON)
        deeds = Record.objects.count()

        kept = actions.set_days(event, When.month(2027, 3), by=None, now=NOON)

        assert (kept.sequence, Record.objects.count()) == (event.sequence, deeds)


class TestSessions:
    def test_the_event_begins_with_the_first_and_ends_with_the_last(self):
        event = ev.dated(ev.session(date(2026, 12, 16)), ev.session(begins="13:30", ends="16:30"))

        assert (event.begins_at, event.ends_on) == (ev.at(ev.DAY, "13:30"), date(2026, 12, 16))

    def test_one_that_runs_past_midnight_belongs_to_both_days(self):
        event = ev.dated(SessionPlan(ev.at(ev.DAY, "20:00"), ev.at(date(2026, 12, 16), "01:30")))

        assert (event.begins_on, event.ends_on) == (ev.DAY, date(2026, 12, 16))

    def test_both_languages_have_their_titles_and_rooms(self):
        event = ev.announced()

        assert [said(event, each)["sessions"][0]["room"] for each in ("vi", "en")] == ["Phòng A", "Room A"]

    def test_a_session_is_changed_in_its_place(self):
        event = ev.dated()
        kept = event.sessions.get()

        actions.set_sessions(event, [ev.session(ends="12:00", pk=kept.pk)], by=None, now=NOON)

        assert event.sessions.get().pk == kept.pk

    def test_a_session_of_another_event_is_never_taken(self):
        other = ev.dated().sessions.get()

        event = actions.set_sessions(ev.make_event(), [ev.session(pk=other.pk)], by=None, now=NOON)

        assert event.sessions.get().pk != other.pk
        assert make.again(other).event_id == other.event_id

    def test_a_session_somebody_attended_is_not_taken_out(self):
        event = ev.confirmed()
        person = Registration.objects.create(
            event=event, full_name="Nguyễn Văn An", state="seated", asked_at=NOON, confirmed_at=NOON, state_since=NOON
        )  # fmt: skip
        Presence.objects.create(registration=person, session=event.sessions.get(), at=NOON, how="list")

        with pytest.raises(Refused):
            actions.set_sessions(event, [], by=None, now=NOON)
        assert event.sessions.count() == 1

    def test_a_session_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(Refused):
            actions.set_sessions(
                ev.make_event(), [ev.session(begins="11:00", ends="09:00")], by=None, now=NOON
            )

    def test_a_room_changed_is_told_with_a_higher_number_and_no_move(self):
        event = ev.announced()

        changed = actions.set_sessions(
            event, [ev.session(rooms={"vi": "Phòng B", "en": "Room B"})], by=None, now=NOON
        )

        assert (changed.sequence, said(event)["moves"]) == (event.sequence + 1, [])
        assert said(event, "en")["sessions"][0]["room"] == "Room B"

    def test_moved_to_another_month_before_registration_closes_it_is_closed_by_its_start(self):
        event = ev.announced()
        Event.objects.filter(pk=event.pk).update(capacity=10, closes_at=ev.at(ev.DAY, "00:00"))

        moved = actions.set_sessions(event, [ev.session(date(2026, 11, 30))], by=None, now=NOON)

        assert moved.begins_at < moved.closes_at
        assert said(event)["first"] == "2026-11-30"


class TestMoves:
    def test_a_move_readers_saw_is_told_in_both_languages(self):
        event = ev.announced()

        actions.set_sessions(event, [ev.session(date(2027, 1, 5))], by=None, now=NOON)

        for language in ("vi", "en"):
            [move] = said(event, language)["moves"]
            assert [move["from"]["first"], move["to"]["first"]] == ["2026-12-15", "2027-01-05"]

    def test_a_move_before_publication_is_nobodys_business(self):
        event = ev.dated()
        actions.set_sessions(event, [ev.session(date(2027, 1, 5))], by=None, now=NOON)

        make.published(make.again(event), "vi", now=NOON)

        assert said(event)["moves"] == []

    def test_another_place_is_told(self):
        event = ev.announced()

        actions.set_place(event, PlacePlan(ev.PLACE | {"en": "Hall B"}), by=None, now=NOON)

        assert said(event, "en")["moves"][0]["to"]["place"] == "Hall B"

    def test_the_text_readers_have_stays_while_the_facts_change(self):
        event = ev.announced()
        Event.objects.filter(pk=event.pk).update(body_vi="<p>Chưa duyệt.</p>")

        actions.set_sessions(event, [ev.session(date(2027, 1, 5))], by=None, now=NOON)

        assert "Chưa duyệt" not in Entry.objects.about(event).get(language="vi").face["body"]


class TestPlaces:
    def test_the_address_online_is_nowhere_among_what_readers_have(self):
        event = ev.announced()

        actions.set_place(event, PlacePlan(ev.PLACE, online_url=ev.ONLINE), by=None, now=NOON)

        entries = Entry.objects.about(event)
        assert not any(ev.ONLINE in f"{each.face}{each.text}{each.summary}" for each in entries)
        assert said(event)["online"] is True
        assert not any(ev.ONLINE in f"{each.note}{each.details}" for each in Record.objects.all())

    def test_another_address_online_is_told_to_calendars(self):
        event = ev.announced()

        changed = actions.set_place(event, PlacePlan(ev.PLACE, event.map_url, ev.ONLINE), by=None, now=NOON)

        assert changed.sequence == event.sequence + 1


class TestProgress:
    def test_it_is_confirmed_with_its_days_and_its_place_in_each_language(self):
        with pytest.raises(Refused):
            actions.confirm(ev.make_event(), by=None, now=NOON)
        event = actions.set_place(ev.dated(), PlacePlan({"vi": "Hà Nội"}), by=None, now=NOON)
        with pytest.raises(Refused):
            actions.confirm(event, by=None, now=NOON)

        event = actions.set_place(event, PlacePlan({"vi": "Hà Nội", "en": "Ha Noi"}), by=None, now=NOON)

        assert actions.confirm(event, by=None, now=NOON).progress == Progress.CONFIRMED

    def test_an_event_online_needs_no_hall(self):
        event = actions.set_sessions(ev.make_event(), [ev.session()], by=None, now=NOON)
        event = actions.set_place(event, PlacePlan(online_url=ev.ONLINE), by=None, now=NOON)

        assert actions.confirm(event, by=None, now=NOON).progress == Progress.CONFIRMED

    def test_it_is_held_once_it_has_begun(self):
        event = ev.confirmed()
        with pytest.raises(Refused):
            actions.mark_held(event, by=None, now=NOON)

        held = actions.mark_held(event, by=None, now=event.begins_at)

        assert held.progress == Progress.HELD

    def test_one_never_confirmed_is_held_when_it_is_over(self):
        event = actions.set_days(ev.make_event(), When.year(2016), by=None, now=NOON)

        assert actions.mark_held(event, by=None, now=NOON).progress == Progress.HELD

    def test_one_of_this_year_never_confirmed_is_not_held_yet(self):
        with pytest.raises(Refused):
            actions.mark_held(ev.make_event(), by=None, now=NOON)

    def test_it_is_cancelled_with_a_reason_in_each_language_it_is_written_in(self):
        event = ev.announced()
        with pytest.raises(Refused):
            actions.cancel(event, {"vi": "Bão số 9."}, by=None, now=NOON)

        actions.cancel(event, {"vi": "Bão số 9.", "en": "A storm."}, by=None, now=NOON)

        assert [said(event, each)["reason"] for each in ("vi", "en")] == ["Bão số 9.", "A storm."]

    @pytest.mark.parametrize("deed", ["days", "sessions", "place", "confirm", "held", "cancel"])
    def test_what_has_ended_stays_as_it_ended(self, deed):
        event = actions.cancel(ev.confirmed(), {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)
        again = {
            "days": lambda: actions.set_days(event, When.year(2027), by=None, now=NOON),
            "sessions": lambda: actions.set_sessions(event, [], by=None, now=NOON),
            "place": lambda: actions.set_place(event, PlacePlan(), by=None, now=NOON),
            "confirm": lambda: actions.confirm(event, by=None, now=NOON),
            "held": lambda: actions.mark_held(event, by=None, now=NOON + 90 * A_DAY),
            "cancel": lambda: actions.cancel(event, {"vi": "x", "en": "y"}, by=None, now=NOON),
        }

        with pytest.raises(Refused):
            again[deed]()

    def test_a_working_copy_undoes_nothing_that_is_decided(self):
        event = ev.announced()
        copy = open_working_copy(event, by=None, now=NOON)

        actions.cancel(copy, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)

        assert make.again(event).progress == Progress.CANCELLED


class TestPeople:
    def test_speakers_are_named_with_the_titles_of_the_first_day(self):
        speaker = ev.speaker()
        then, now = ev.make_event(speakers=[speaker]), ev.dated(speakers=[speaker])
        then = actions.set_days(then, When.days(date(2017, 6, 20)), by=None, now=NOON)

        make.published(make.again(then), "vi", now=NOON)
        make.published(make.again(now), "vi", now=NOON)

        assert said(then)["speakers"] == ["Ông Trần Đình Chung, Phó Chánh Văn phòng"]
        assert said(now)["speakers"] == ["Ông Trần Đình Chung, Vụ trưởng"]

    def test_a_move_to_another_year_names_the_title_of_that_year(self):
        event = ev.announced(chair=ev.speaker())

        actions.set_sessions(event, [ev.session(date(2017, 6, 20))], by=None, now=NOON)

        assert said(event, "en")["chair"] == "Mr Trần Đình Chung, Deputy Chief of Office"

    def test_speakers_stand_in_the_order_of_their_given_names(self):
        people = [ev.speaker(name) for name in ("Nguyễn Văn Ước", "Trần Thị An", "Lê Văn Đạt")]

        event = ev.announced("vi", speakers=people)

        assert [name.split(",")[0] for name in said(event)["speakers"]] == [
            "Ông Trần Thị An", "Ông Lê Văn Đạt", "Ông Nguyễn Văn Ước",
        ]  # fmt: skip


class TestChecks:
    def test_a_photo_without_a_caption_in_a_language_stops_that_language(self):
        event = ev.dated()
        asset = make.picture()
        Placement.objects.create(
            thing=event, asset=asset, role="photo", alt_vi="Hội trường", alt_en="Hall", caption_vi="Toàn cảnh"
        )

        blocked = {
            each: [f for f in checklist.findings(make.again(event), each) if f.blocks]
            for each in ("vi", "en")
        }

        assert [len(blocked["vi"]), len(blocked["en"])] == [0, 1]

    def test_a_seminar_held_without_papers_is_spoken_of_and_goes_out(self):
        event = ev.confirmed(form="seminar")
        actions.mark_held(event, by=None, now=event.begins_at + timedelta(days=1))

        [finding] = checklist.findings(make.again(event), "vi")

        assert (finding.field, finding.blocks) == ("placements", False)
