"""Events with a foreign element: a permit before they are confirmed, and the days of Decision 06/2020/QĐ-TTg."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from portal.accounts.refusal import Refused
from portal.duties.models import Limit
from portal.languages.dates import vietnamese_day
from tests import make
from tests.make import DAY as A_DAY
from tests.make import NOON
from tests.training import events as ev
from training import event_watch
from training.actions import events, permits
from training.models import Permit
from training.rules import permits as rules

pytestmark = pytest.mark.django_db
TODAY = vietnamese_day(NOON)


def foreign(authority="minister", event=None):
    return permits.declare_foreign(event or ev.dated(), authority, by=None, now=NOON)


def applied(**fields):
    return permits.apply_for(foreign(**fields), TODAY - timedelta(days=5), by=None, now=NOON)


def granted(**fields):
    return permits.grant(applied(**fields), "12/QĐ-BLĐ", TODAY, by=None, now=NOON)


def late(person, now=NOON):
    return [flag.words for flag in event_watch.flags(person, now)]


class TestConfirming:
    @pytest.mark.parametrize("made", [foreign, applied])
    def test_without_a_granted_permit_it_is_refused_with_its_reason(self, made):
        permit = made()

        with pytest.raises(Refused, match="06/2020"):
            events.confirm(permit.event, by=None, now=NOON)

    def test_with_it_the_event_is_confirmed(self):
        assert events.confirm(granted().event, by=None, now=NOON).progress == "confirmed"

    def test_a_refused_one_stays_unconfirmed(self):
        permit = permits.refuse(applied(), TODAY, "Trùng lịch.", by=None, now=NOON)

        with pytest.raises(Refused):
            events.confirm(permit.event, by=None, now=NOON)

    def test_a_confirmed_event_cannot_be_declared_foreign(self):
        with pytest.raises(Refused):
            foreign(event=ev.confirmed())

    def test_what_was_applied_for_is_not_taken_back(self):
        with pytest.raises(Refused):
            permits.undeclare_foreign(applied().event, by=None, now=NOON)

    def test_declared_by_mistake_it_is_taken_back(self):
        event = permits.undeclare_foreign(foreign().event, by=None, now=NOON)

        assert (event.has_foreign_element, Permit.objects.count()) == (False, 0)


class TestClocks:
    @pytest.mark.parametrize(("authority", "days"), [("minister", 30), ("prime_minister", 40)])
    def test_it_is_applied_for_so_long_before_the_event(self, authority, days):
        assert rules.apply_by(foreign(authority)).due == ev.DAY - timedelta(days=days)

    def test_the_days_are_rows_an_administrator_may_change(self):
        Limit.objects.filter(duty="seminar-permit-minister").update(amount=45)

        assert rules.apply_by(foreign()).due == ev.DAY - timedelta(days=45)

    def test_an_agency_answers_within_fifteen_days(self):
        consultation = permits.consult(
            applied(), "Bộ Ngoại giao", TODAY - timedelta(days=2), by=None, now=NOON
        )

        assert rules.answer_by(consultation).due == TODAY + timedelta(days=13)

    def test_the_result_is_reported_within_fifteen_days_of_the_last(self):
        assert rules.report_by(granted()).due == ev.DAY + timedelta(days=15)

    def test_only_what_runs_is_shown(self):
        permit = granted()

        assert [list(rules.clocks(permit, day)) for day in (TODAY, ev.DAY)] == [[], []]
        [clock] = rules.clocks(permit, ev.DAY + timedelta(days=1))
        assert clock.due == ev.DAY + timedelta(days=15)

    def test_a_late_application_is_a_flag_for_those_who_run_events_alone(self):
        foreign(event=ev.dated(ev.session(TODAY + timedelta(days=20))))

        assert len(late(make.person("training officer"))) == 1
        assert late(make.person("editor")) == []

    @pytest.mark.parametrize("count", [2, 20])
    def test_the_clocks_of_twenty_ask_as_much_as_those_of_two(self, count, django_assert_num_queries):
        for _each in range(count):
            foreign(event=ev.dated(ev.session(TODAY + A_DAY)))
        officer = make.person("training officer")
        officer.has_perm(event_watch.RUNS)

        with django_assert_num_queries(3):
            assert len(late(officer)) == count

    def test_reported_the_flag_is_gone(self):
        permit, after = granted(), NOON + 60 * A_DAY
        officer = make.person("training officer")
        assert len(late(officer, after)) == 1

        permits.report_result(permit, vietnamese_day(after), by=officer, now=after)

        assert late(officer, after) == []

    def test_the_yearly_report_is_an_errand_from_a_month_before(self):
        officer = make.person("training officer")

        [heap] = event_watch.errands(officer, NOON)

        assert "18/12/2026" in heap.lines[0].facts


class TestOrder:
    def test_nothing_happens_tomorrow(self):
        with pytest.raises(Refused):
            permits.apply_for(foreign(), TODAY + timedelta(days=1), by=None, now=NOON)

    def test_an_answer_is_not_older_than_its_question(self):
        consultation = permits.consult(applied(), "Bộ Công an", TODAY, by=None, now=NOON)

        with pytest.raises(Refused):
            permits.note_answer(consultation, "agrees", TODAY - timedelta(days=1), by=None, now=NOON)

    def test_granted_twice_is_refused(self):
        permit = granted()

        with pytest.raises(Refused):
            permits.grant(permit, "13/QĐ-BLĐ", TODAY, by=None, now=NOON)

    def test_the_result_is_not_reported_before_the_event(self):
        with pytest.raises(Refused):
            permits.report_result(granted(), TODAY, by=None, now=NOON)


class TestTheYear:
    @pytest.fixture
    def officer(self, client, settings):
        settings.REQUIRE_SECOND_FACTOR = False
        client.force_login(
            make.person("training officer"), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    def test_it_lists_its_own_events_from_15_december_to_14_december(self, officer):
        granted(event=ev.dated(ev.session(date(2026, 12, 14)), title_vi="Trong kỳ"))
        foreign(event=ev.dated(ev.session(date(2026, 12, 15)), title_vi="Kỳ sau"))

        said = officer.get(reverse("admin:training_permits"), {"year": "2026"}).content.decode()

        assert "Trong kỳ" in said
        assert "Kỳ sau" not in said

    def test_no_cell_of_its_file_is_a_formula(self, officer):
        foreign(event=ev.dated(ev.session(date(2026, 12, 14)), title_vi="=cmd()"))

        said = officer.get(reverse("admin:training_permits_csv"), {"year": "2026"}).content.decode()

        assert "'=cmd()" in said

    @pytest.mark.parametrize("year", ["0001", "x", "20266", "²⁰²⁶"])
    def test_a_year_that_is_none_answers_not_found(self, officer, year):
        assert officer.get(reverse("admin:training_permits"), {"year": year}).status_code == 404
