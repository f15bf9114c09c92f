"""Seats at a briefing: fair by outlet, given once, promoted in the same moment; the letters; the door."""

from datetime import date

import pytest

from portal.accounts.refusal import Refused
from portal.mailing.models import Delivery
from pressroom.actions import briefings as dates
from pressroom.actions import seats as actions
from pressroom.briefing_facts import When
from pressroom.models import Attendance, Journalist
from tests import make
from tests.make import HOUR, MINUTE, NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db
GIVEN, WAITING, RETURNED = Attendance.State.GIVEN, Attendance.State.WAITING, Attendance.State.RETURNED


def states(*attendances):
    return [make.again(each).state for each in attendances]


def letters(who: Journalist):
    return [
        delivery.key.partition(":")[0] for delivery in Delivery.objects.filter(email=who.email).order_by("pk")
    ]


class TestAsking:
    def test_the_last_seat_is_given_once(self):
        item = bf.hall(bf.announced(), 1)

        assert [bf.seated(item).state for _each in range(2)] == [GIVEN, WAITING]

    def test_asking_twice_changes_nothing(self):
        item, who = bf.announced(), bf.journalist()

        first, second = bf.seated(item, who), bf.seated(item, who, now=NOON + MINUTE)

        assert (first.pk, first.asked_at) == (second.pk, second.asked_at)
        assert letters(who) == ["briefing_seat"]

    def test_the_words_agreed_to_are_kept(self):
        assert bf.seated(bf.announced()).consent == bf.CONSENT

    def test_an_outlet_gets_no_more_than_its_share(self):
        item, paper = bf.hall(bf.announced(), 10, outlet_cap=2), bf.outlet()

        assert [bf.seated(item, bf.journalist(at=paper)).state for _each in range(3)] == [
            GIVEN,
            GIVEN,
            WAITING,
        ]

    def test_an_outlet_with_a_number_of_its_own_gets_that(self):
        item, paper = bf.hall(bf.announced(), 10, outlet_cap=2), bf.outlet()
        [invitation] = actions.invite(item, [paper], by=None, now=NOON)
        actions.change_invitations(item, {invitation.pk: 1}, [], by=None, now=NOON)

        assert [bf.seated(item, bf.journalist(at=paper)).state for _each in range(2)] == [GIVEN, WAITING]

    def test_a_second_seat_leaves_one_for_each_invited_outlet_that_has_none(self):
        item = bf.announced()  # one outlet is invited
        first, invited = bf.outlet(), item.invitations.get().outlet
        bf.hall(item, 2)

        asked = [bf.seated(item, bf.journalist(at=outlet)) for outlet in (first, first, invited)]

        assert states(*asked) == [GIVEN, WAITING, GIVEN]

    @pytest.mark.parametrize(
        "fields",
        [
            {"state": "known"},
            {"state": "lapsed"},
            {"card_valid_until": date(2026, 12, 9)},  # holds today, and not on the day
        ],
    )
    def test_only_who_is_accredited_on_the_day_of_the_briefing_gets_one(self, fields):
        with pytest.raises(Refused):
            bf.seated(bf.announced(), bf.journalist(**fields))

    def test_a_card_that_runs_out_on_the_day_itself_holds(self):
        assert bf.seated(bf.announced(), bf.journalist(card_valid_until=bf.DAY)).state == GIVEN

    def test_no_seat_before_the_date_is_confirmed_nor_after_it_has_begun_nor_once_cancelled(self):
        provisional = make.published(bf.arranged(kind="ad_hoc"), "vi", now=NOON)
        item = bf.announced()
        with pytest.raises(Refused):
            bf.seated(provisional)
        with pytest.raises(Refused):
            bf.seated(item, now=bf.exact().begins)
        dates.cancel(item, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON)
        with pytest.raises(Refused):
            bf.seated(item)

    def test_no_seat_after_the_day_set_for_asking(self):
        item = bf.announced()
        actions.arrange_seats(item, capacity=9, outlet_cap=2, asks_until=NOON + HOUR, by=None, now=NOON)

        assert bf.seated(item).state == GIVEN
        with pytest.raises(Refused):
            bf.seated(item, now=NOON + 2 * HOUR)


class TestGivingBack:
    def test_whoever_is_next_gets_the_seat_in_the_same_moment_and_a_letter(self):
        item = bf.hall(bf.announced(), 1)
        first, second, third = (bf.seated(item, now=NOON + each * MINUTE) for each in range(3))

        actions.give_back(first, by=None, now=NOON + HOUR)

        assert states(first, second, third) == [RETURNED, GIVEN, WAITING]
        assert letters(second.journalist) == ["briefing_waiting", "briefing_seat"]

    def test_an_outlet_without_a_seat_comes_before_one_that_asked_earlier_and_has_one(self):
        item, paper = bf.hall(bf.announced(), 2, outlet_cap=3), bf.outlet()
        item.invitations.all().delete()
        own = [bf.seated(item, bf.journalist(at=paper), now=NOON + each * MINUTE) for each in range(3)]
        late = bf.seated(item, now=NOON + HOUR)

        actions.give_back(own[0], by=None, now=NOON + HOUR)

        assert states(*own, late) == [RETURNED, GIVEN, WAITING, GIVEN]

    def test_one_whose_card_ran_out_while_waiting_is_passed_over(self):
        item = bf.hall(bf.announced(), 1)
        first, lapsed, third = (bf.seated(item, now=NOON + each * MINUTE) for each in range(3))
        Journalist.objects.filter(pk=lapsed.journalist_id).update(state="lapsed")

        actions.give_back(first, by=None, now=NOON + HOUR)

        assert states(lapsed, third) == [WAITING, GIVEN]

    def test_asked_for_again_it_stands_at_the_end_of_the_queue_with_a_letter_of_its_own(self):
        item = bf.hall(bf.announced(), 1)
        first, second = bf.seated(item), bf.seated(item, now=NOON + MINUTE)
        actions.give_back(first, by=None, now=NOON + HOUR)

        again = bf.seated(item, first.journalist, now=NOON + 2 * HOUR)

        assert states(again, second) == [WAITING, GIVEN]
        assert letters(first.journalist) == ["briefing_seat", "briefing_waiting"]

    def test_more_seats_go_to_those_who_wait(self):
        item = bf.hall(bf.announced(), 1)
        asked = [bf.seated(item, now=NOON + each * MINUTE) for each in range(3)]

        bf.hall(item, 3)

        assert states(*asked) == [GIVEN, GIVEN, GIVEN]

    def test_nobody_loses_a_seat(self):
        item = bf.announced()
        bf.seated(item), bf.seated(item)

        with pytest.raises(Refused):
            bf.hall(item, 1)


class TestTheProposal:
    def test_it_gives_one_seat_to_each_outlet_before_a_second_to_any(self):
        item = bf.hall(bf.announced(), 0, outlet_cap=2)
        big, small = bf.outlet("Báo Lớn"), bf.outlet("Báo Nhỏ")
        one, two, other = (
            bf.seated(item, bf.journalist(at=outlet), now=NOON + minute * MINUTE)
            for minute, outlet in enumerate((big, big, small))
        )
        item.capacity = 2
        item.save()

        assert actions.proposal(make.again(item)) == [one, other]
        assert actions.allot(item, by=None, now=NOON) == [one, other]
        assert states(one, two, other) == [GIVEN, WAITING, GIVEN]

    def test_a_person_may_give_a_seat_kept_for_an_outlet_that_does_not_come(self):
        item, paper = bf.announced(), bf.outlet()
        bf.hall(item, 2)
        _first, second = (bf.seated(item, bf.journalist(at=paper)) for _each in range(2))

        assert actions.give_seat(second, by=None, now=NOON).state == GIVEN

    def test_a_person_gives_no_seat_that_is_not_there_nor_more_than_the_share(self):
        item, paper = bf.hall(bf.announced(), 3, outlet_cap=1), bf.outlet()
        _first, second = (bf.seated(item, bf.journalist(at=paper)) for _each in range(2))

        with pytest.raises(Refused, match=paper.name_vi):
            actions.give_seat(second, by=None, now=NOON)


class TestLetters:
    def test_a_known_address_gets_a_link_and_a_stranger_nothing(self):
        item, who = bf.announced(), bf.journalist()

        for email in (who.email.upper(), "la@khong-quen.example"):
            actions.send_link(item, email, now=NOON)

        assert list(Delivery.objects.values_list("email", flat=True)) == [who.email]
        assert "/vi/bao-chi/hop-bao/cho-ngoi/" in Delivery.objects.get().message.text

    def test_asked_for_twice_in_an_hour_it_is_one_letter(self):
        item, who = bf.announced(), bf.journalist()

        for moment in (NOON, NOON + MINUTE, NOON + HOUR):
            actions.send_link(item, who.email, now=moment)

        assert letters(who) == ["briefing_link", "briefing_link"]

    def test_who_is_known_and_not_accredited_that_day_learns_it_by_letter_alone(self):
        item, who = bf.announced(), bf.journalist(card_valid_until=date(2026, 12, 1))

        actions.send_link(item, who.email, now=NOON)

        assert letters(who) == ["briefing_not_accredited"]
        assert "cho-ngoi" not in Delivery.objects.get().message.text

    def test_moved_or_cancelled_everybody_with_a_seat_or_waiting_is_told_in_their_language(self):
        item = bf.hall(bf.announced(), 1)
        seat = bf.seated(item, bf.journalist(language="en"))
        waits, gone = bf.seated(item), bf.seated(item)
        actions.give_back(gone, by=None, now=NOON)

        dates.arrange(item, bf.plan(bf.exact(date(2026, 12, 11))), by=None, now=NOON)
        dates.cancel(item, {"vi": "Bão số 13.", "en": "Typhoon No. 13."}, by=None, now=NOON)

        assert letters(seat.journalist) == ["briefing_seat", "briefing_moved", "briefing_cancelled"]
        assert letters(waits.journalist) == ["briefing_waiting", "briefing_moved", "briefing_cancelled"]
        assert letters(gone.journalist) == ["briefing_waiting"]
        moved = Delivery.objects.get(email=seat.journalist.email, key__startswith="briefing_moved").message
        assert "Thursday, 10 December 2026, 09:00–10:30" in moved.text
        assert "Friday, 11 December 2026, 09:00–10:30" in moved.text
        assert "Typhoon No. 13." in Delivery.objects.get(
            email=seat.journalist.email, key__startswith="briefing_cancelled"
        ).message.text  # fmt: skip

    def test_a_date_settled_again_is_told_to_those_who_kept_their_seats(self):
        item, who, stranger = bf.announced(), bf.journalist(language="en"), bf.journalist()
        bf.seated(item, who)
        actions.give_back(bf.seated(item, stranger), by=None, now=NOON)
        december = When("month", date(2026, 12, 1), None, None)
        dates.arrange(item, bf.plan(december), by=None, now=NOON)
        dates.arrange(make.again(item), bf.plan(bf.exact(date(2026, 12, 17))), by=None, now=NOON)

        dates.confirm(make.again(item), by=None, now=NOON)

        assert letters(who) == ["briefing_seat", "briefing_moved", "briefing_confirmed"]
        assert "17 December 2026" in Delivery.objects.filter(email=who.email).latest("pk").message.text
        assert "briefing_confirmed" not in letters(stranger)


class TestTheDoor:
    def test_somebody_with_a_seat_arrives_once(self):
        seat = bf.seated(bf.announced())

        first = actions.check_in(seat, by=None, now=NOON)
        second = actions.check_in(seat, by=None, now=NOON + HOUR)

        assert second.arrived_at == first.arrived_at == NOON

    def test_an_arrival_noted_by_mistake_is_taken_back(self):
        seat = actions.check_in(bf.seated(bf.announced()), by=None, now=NOON)

        assert actions.undo_check_in(seat, by=None, now=NOON).arrived_at is None

    def test_nobody_comes_in_without_a_seat_or_with_a_card_that_ran_out(self):
        item = bf.hall(bf.announced(), 1)
        seat, waits = bf.seated(item), bf.seated(item)
        Journalist.objects.filter(pk=seat.journalist_id).update(card_valid_until=date(2026, 12, 1))

        for attendance in (seat, waits):
            with pytest.raises(Refused):
                actions.check_in(attendance, by=None, now=NOON)

    def test_the_office_seats_somebody_at_the_door(self):
        assert actions.seat_somebody(bf.announced(), bf.journalist(), by=None, now=NOON).state == GIVEN
