"""Seats: had, waited for, offered, given back; kept for groups and released."""

import pytest

from portal.accounts.refusal import Refused
from portal.history.models import Record
from portal.mailing.models import Delivery
from tests import make
from tests.make import DAY, HOUR, MINUTE, NOON
from tests.training import seats as st
from training import tasks
from training.actions import arrangements, deciding, registering, seats
from training.models import Registration

pytestmark = pytest.mark.django_db
UNCONFIRMED, APPLIED, WAITING, OFFERED, SEATED, REFUSED, CANCELLED = Registration.State.values


def letters_to(registration):
    """The kinds of letters, oldest first."""
    keys = Delivery.objects.filter(email=registration.email).order_by("pk").values_list("key", flat=True)
    return [key.removeprefix("training-").partition(":")[0] for key in keys]


class TestASeat:
    def test_the_third_of_two_seats_waits(self):
        event = st.hall(2)

        people = [st.registered(event) for _each in range(3)]

        assert [st.state(each) for each in people] == [SEATED, SEATED, WAITING]
        assert st.place_of(people[2]) == 1

    def test_an_address_that_is_not_confirmed_holds_no_seat(self):
        event = st.hall(1)
        st.asked(event)

        assert st.state(st.registered(event)) == SEATED

    def test_one_given_back_is_offered_to_who_waits_first(self):
        event = st.hall(1)
        first, second, third = (st.registered(event) for _each in range(3))

        st.given_back(first)

        assert [st.state(each) for each in (first, second, third)] == [CANCELLED, OFFERED, WAITING]
        assert letters_to(first) == ["confirm", "seat", "given_back"]
        assert letters_to(second) == ["confirm", "waiting", "offered"]

    def test_who_comes_later_waits_though_a_seat_is_free_that_others_wait_for(self):
        event = st.hall(1, in_days=2)
        first, second = st.registered(event), st.registered(event)
        late = event.begins_at - 6 * HOUR  # nothing is offered any more
        st.given_back(first, now=late)

        third = st.registered(event, now=late)

        assert [st.state(each) for each in (second, third)] == [WAITING, WAITING]

    def test_giving_back_twice_frees_one_seat(self):
        event = st.hall(1)
        first, second, third = (st.registered(event) for _each in range(3))

        st.given_back(first)
        st.given_back(first)

        assert [st.state(second), st.state(third)] == [OFFERED, WAITING]

    def test_nothing_is_given_back_once_the_event_has_begun(self):
        event = st.hall(1)
        registration = st.registered(event)

        with pytest.raises(Refused):
            st.given_back(registration, now=event.begins_at)

    def test_every_decision_is_on_record_with_its_reason_and_without_a_name(self):
        event = st.hall(1)
        first, second = st.registered(event), st.registered(event)

        st.given_back(first)

        records = list(Record.objects.about(second).order_by("pk"))
        assert [each.verb for each in records] == [
            "asked for a seat", "confirmed the address", "waits for a seat", "offered a seat",
        ]  # fmt: skip
        assert records[-1].note == "a seat was given back"
        assert not any(second.full_name in f"{each.title} {each.note} {each.details}" for each in records)


class TestAnOffer:
    def offered(self, **fields):
        event = st.hall(1, **fields)
        first, second, third = (st.registered(event) for _each in range(3))
        st.given_back(first)
        return make.again(second), third

    def test_accepted_is_a_seat(self):
        second, _third = self.offered()

        seats.accept(second, by=None, now=NOON + HOUR)
        seats.accept(second, by=None, now=NOON + HOUR)

        assert st.state(second) == SEATED
        assert letters_to(second)[-1] == "seat"

    def test_declined_goes_to_the_next(self):
        second, third = self.offered()

        st.given_back(second)

        assert [st.state(second), st.state(third)] == [CANCELLED, OFFERED]

    def test_without_an_answer_goes_on_and_the_person_to_the_end(self):
        second, third = self.offered()
        later = second.offer_expires_at

        seats.lapse(second, now=later)

        assert [st.state(second), st.state(third)] == [WAITING, OFFERED]
        assert st.place_of(second) == 1
        assert letters_to(second)[-1] == "lapsed"

    def test_left_alone_twice_is_the_last(self):
        second, third = self.offered()
        seats.lapse(second, now=second.offer_expires_at)
        st.given_back(third, now=second.offer_expires_at)
        again = make.again(second)

        seats.lapse(again, now=again.offer_expires_at)

        assert [again.offer_number, st.state(again)] == [2, CANCELLED]
        assert letters_to(again)[-1] == "lapsed_out"

    def test_does_not_lapse_before_its_hour(self):
        second, _third = self.offered()

        seats.lapse(second, now=second.offer_expires_at - MINUTE)

        assert st.state(second) == OFFERED

    def test_is_not_accepted_after_its_hour(self):
        second, _third = self.offered()

        with pytest.raises(Refused):
            seats.accept(second, by=None, now=second.offer_expires_at)

    def test_never_outlives_the_start(self):
        second, _third = self.offered(in_days=1)

        assert second.offer_expires_at == second.event.begins_at

    def test_is_not_made_in_the_last_hours(self):
        event = st.hall(1)
        first, second = st.registered(event), st.registered(event)

        st.given_back(first, now=event.begins_at - 11 * HOUR)

        assert st.state(second) == WAITING

    def test_that_nobody_answers_is_ended_by_the_clock(self):
        second, third = self.offered(offer_hours=0)

        tasks.promote_waiting()

        assert [st.state(second), st.state(third)] == [WAITING, OFFERED]


class TestKeptSeats:
    def test_are_for_their_group_alone(self):
        event = st.hall(2)
        unit = make.organisation("unit")
        st.group(event, 1, units=(unit,))

        outside = [st.registered(event) for _each in range(2)]
        inside = [st.registered(event, unit=unit, unit_name="") for _each in range(2)]

        assert [st.state(each) for each in (*outside, *inside)] == [SEATED, WAITING, SEATED, WAITING]
        assert [st.place_of(outside[1]), st.place_of(inside[1])] == [1, 1]

    def test_of_a_kind_are_for_all_of_the_kind(self):
        event = st.hall(1)
        st.group(event, 1, kind="province")
        province = make.organisation("province")

        assert st.state(st.registered(event)) == WAITING
        assert st.state(st.registered(event, unit=province, unit_name="")) == SEATED

    def test_that_are_unused_are_for_all_once_released(self):
        event = st.hall(2)
        st.group(event, 2)
        waiting = st.registered(event)

        seats.promote_waiting(event, now=NOON + 10 * DAY - MINUTE)
        before = st.state(waiting)
        seats.promote_waiting(event, now=NOON + 10 * DAY)

        assert [before, st.state(waiting)] == [WAITING, OFFERED]

    def test_that_are_used_stay_when_the_rest_is_released(self):
        event = st.hall(2)
        quota = st.group(event, 2)
        st.nominated(quota)
        people = [st.registered(event, now=NOON + 11 * DAY) for _each in range(2)]

        assert [st.state(each) for each in people] == [SEATED, WAITING]

    def test_more_than_there_are_seats_are_refused(self):
        event = st.hall(2)
        st.group(event, 2)

        with pytest.raises(Refused):
            st.group(event, 1)

    def test_are_not_made_of_seats_others_have(self):
        event = st.hall(2)
        first = st.registered(event)
        st.registered(event)

        with pytest.raises(Refused, match=first.full_name):
            st.group(event, 1)


class TestTheHall:
    def test_fewer_seats_than_are_held_are_refused_with_who(self):
        event = st.hall(3)
        people = [st.registered(event, full_name=name) for name in ("Lê An", "Võ Bình")]

        with pytest.raises(Refused) as refusal:
            arrangements.arrange(event, capacity=1, by=None, now=NOON)

        assert all(each.full_name in str(refusal.value) for each in people)

    def test_more_seats_are_offered_at_once(self):
        event = st.hall(1)
        people = [st.registered(event) for _each in range(4)]

        arrangements.arrange(event, capacity=3, by=None, now=NOON)

        assert [st.state(each) for each in people] == [SEATED, OFFERED, OFFERED, WAITING]

    def test_a_group_that_holds_more_is_not_made_smaller(self):
        event = st.hall(3)
        quota = st.group(event, 2)
        people = [st.nominated(quota) for _each in range(2)]

        with pytest.raises(Refused, match=people[0].full_name):
            arrangements.change_group(quota, arrangements.Group({"vi": "Các Sở"}, 1), by=None, now=NOON)

    def test_a_group_made_smaller_frees_seats_for_all(self):
        event = st.hall(2)
        quota = st.group(event, 2)
        waiting = st.registered(event)

        arrangements.change_group(quota, arrangements.Group({"vi": "Các Sở"}, 1), by=None, now=NOON)

        assert st.state(waiting) == OFFERED

    def test_a_group_with_people_is_not_removed(self):
        quota = st.group(st.hall(2), 1)
        st.nominated(quota)

        with pytest.raises(Refused):
            arrangements.remove_group(quota, by=None, now=NOON)

    def test_a_window_that_closes_before_it_opens_is_refused(self):
        with pytest.raises(Refused):
            arrangements.arrange(st.hall(), opens_at=NOON, closes_at=NOON - DAY, by=None, now=NOON)

    def test_capacity_none_is_refused_while_seats_are_held(self):
        event = st.hall(1)
        somebody = st.registered(event)

        with pytest.raises(Refused, match=somebody.full_name):
            arrangements.arrange(event, capacity=None, by=None, now=NOON)


class TestDecisions:
    def test_who_is_approved_has_a_seat_and_is_told_why(self):
        event = st.hall(1, admission="approved")
        first, second = st.registered(event), st.registered(event)
        before = [st.state(first), st.state(second)]

        approved = deciding.approve_many([second, first], by=None, now=NOON)

        assert before == [APPLIED, APPLIED]
        assert [each.pk for each in approved] == [first.pk, second.pk]
        assert [st.state(first), st.state(second)] == [SEATED, WAITING]
        assert [letters_to(first)[-1], letters_to(second)[-1]] == ["approved", "waiting"]

    def test_a_refusal_needs_a_reason_and_the_letter_says_it(self):
        registration = st.registered(st.hall(1, admission="approved"))

        with pytest.raises(Refused):
            deciding.refuse(registration, " ", by=None, now=NOON)
        deciding.refuse(registration, "Lớp chỉ dành cho đầu mối.", by=None, now=NOON)

        assert st.state(registration) == REFUSED
        letter = Delivery.objects.filter(email=registration.email).latest("pk")
        assert "Lớp chỉ dành cho đầu mối." in letter.message.text

    def test_one_seated_by_hand_goes_before_the_others(self):
        event = st.hall(2)
        people = [st.registered(event) for _each in range(4)]
        late = event.begins_at - 6 * HOUR
        st.given_back(people[0], now=late)

        deciding.seat_by_hand(people[3], "Diễn giả.", by=None, now=late)

        assert [st.state(each) for each in people[2:]] == [WAITING, SEATED]

    def test_nobody_is_seated_by_hand_without_a_seat(self):
        event = st.hall(1)
        st.registered(event)
        second = st.registered(event)

        with pytest.raises(Refused):
            deciding.seat_by_hand(second, "Diễn giả.", by=None, now=NOON)

    def test_who_is_put_first_is_offered_the_next_seat(self):
        event = st.hall(1)
        first, second, third = (st.registered(event) for _each in range(3))

        deciding.put_first(third, "Chủ trì phiên họp.", by=None, now=NOON)
        st.given_back(first)

        assert [st.state(second), st.state(third)] == [WAITING, OFFERED]

    def test_somebody_moved_into_a_group_takes_one_of_its_seats(self):
        event = st.hall(2)
        quota = st.group(event, 1)
        first, second = st.registered(event), st.registered(event)

        deciding.move_to_group(first, quota, "Đi cùng đoàn.", by=None, now=NOON)

        assert [st.state(first), st.state(second)] == [SEATED, OFFERED]
        with pytest.raises(Refused):
            deciding.move_to_group(second, quota, "Đi cùng đoàn.", by=None, now=NOON)

    def test_who_waits_is_seated_when_the_organisers_enter_them(self):
        event = st.hall(1)
        first, second = st.registered(event), st.registered(event)
        with pytest.raises(Refused):
            deciding.seat_somebody(event, **st.said(email=second.email), phone="", by=None, now=NOON)
        late = event.begins_at - 6 * HOUR
        st.given_back(first, now=late)

        deciding.seat_somebody(event, **st.said(email=second.email), phone="", by=None, now=late)

        assert st.state(second) == SEATED
        assert event.registrations.count() == 2

    def test_a_cancelled_one_is_told_the_reason_and_the_seat_goes_on(self):
        event = st.hall(1)
        first, second = st.registered(event), st.registered(event)

        st.cancelled(first)

        assert [st.state(first), st.state(second)] == [CANCELLED, OFFERED]
        assert letters_to(first)[-1] == "cancelled"


class TestAskingForASeat:
    def test_a_second_attempt_changes_nothing_and_is_answered_by_letter(self):
        event = st.hall(1)
        registration = st.registered(event)

        registering.register(
            event, **st.said(email=registration.email.upper()), consent="Tôi đồng ý.", now=NOON + HOUR
        )

        assert event.registrations.count() == 1
        assert letters_to(registration)[-1] == "already"

    def test_a_second_attempt_before_confirming_sends_the_link_again(self):
        event = st.hall(1)
        registration = st.asked(event)

        registering.register(
            event, **st.said(email=registration.email), consent="Tôi đồng ý.", now=NOON + HOUR
        )

        assert letters_to(registration) == ["confirm", "confirm"]

    def test_a_dot_more_is_another_person(self):
        event = st.hall(1)
        st.asked(event, email="le.an@don-vi.example")
        st.asked(event, email="lean@don-vi.example")

        assert event.registrations.count() == 2

    def test_who_gave_back_may_come_again(self):
        event = st.hall(1)
        first = st.given_back(st.registered(event))

        again = st.registered(event, email=first.email)

        assert [st.state(first), st.state(again)] == [CANCELLED, SEATED]

    @pytest.mark.parametrize(
        "fields",
        [
            {"capacity": None}, {"admission": "nominated"}, {"progress": "cancelled"}, {"progress": "held"},
            {"opens_at": NOON + HOUR}, {"closes_at": NOON}, {"in_days": 0},
        ],
    )  # fmt: skip
    def test_nobody_registers_when_it_is_not_open(self, fields):
        event = st.hall(**{"capacity": 1, **fields})

        with pytest.raises(Refused):
            st.asked(event)

    def test_confirming_twice_is_confirming_once(self):
        event = st.hall(1)
        registration = st.asked(event)

        registering.confirm(registration, now=NOON)
        registering.confirm(registration, now=NOON + HOUR)

        assert letters_to(registration) == ["confirm", "seat"]

    def test_a_link_older_than_two_days_confirms_nothing(self):
        registration = st.asked(st.hall(1))

        with pytest.raises(Refused):
            registering.confirm(registration, now=NOON + 2 * DAY)

    def test_who_asked_in_time_may_confirm_after_the_window_has_closed(self):
        registration = st.asked(st.hall(1, closes_at=NOON + HOUR))

        registering.confirm(registration, now=NOON + 2 * HOUR)

        assert st.state(registration) == SEATED

    def test_what_nobody_confirmed_is_deleted(self):
        event = st.hall(2)
        forgotten, confirmed = st.asked(event), st.registered(event)
        fresh = st.asked(event, now=NOON + DAY)

        deleted = registering.forget_unconfirmed(NOON + 2 * DAY)

        assert deleted == 1
        assert set(event.registrations.values_list("pk", flat=True)) == {confirmed.pk, fresh.pk}
        assert not Registration.objects.filter(pk=forgotten.pk).exists()

    @pytest.mark.parametrize(
        "name", ["Ạ", "Ỹ" * 200, "=cmd()|' /C calc'!A0", "<script>alert(1)</script>", "ắằẳẵặ" * 40]
    )
    def test_any_name_gets_its_seat_and_its_letters(self, name):
        registration = st.registered(st.hall(1), full_name=name)

        assert make.again(registration).full_name == name
        assert letters_to(registration) == ["confirm", "seat"]

    def test_ones_own_particulars_are_put_right_and_the_history_does_not_repeat_them(self):
        registration = st.registered(st.hall(1))

        registering.correct(registration, full_name="Phạm Thị Yến", now=NOON)

        assert make.again(registration).full_name == "Phạm Thị Yến"
        assert "Yến" not in str(list(Record.objects.about(registration).values()))
