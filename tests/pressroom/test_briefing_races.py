"""Two at once: the last seat, the one promotion, the one regular briefing, the queue."""

from datetime import date

import pytest

from pressroom.actions import briefing_questions as questions
from pressroom.actions import briefings as dates
from pressroom.actions import seats
from pressroom.models import Attendance, Briefing
from tests import make
from tests.editorial.test_attacks import race
from tests.make import MINUTE, NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db(transaction=True)
GIVEN, WAITING = Attendance.State.GIVEN, Attendance.State.WAITING


def states(item):
    return sorted(item.attendances.values_list("state", flat=True))


def test_of_many_who_want_the_last_seat_one_gets_it():
    item = bf.hall(bf.announced(), 1)
    people = [bf.journalist() for _each in range(5)]

    race(*(lambda who=who: bf.seated(item, who) for who in people))

    assert states(item) == [GIVEN, *[WAITING] * 4]


def test_one_person_pressing_twice_has_one_seat_and_one_letter():
    item, who = bf.announced(), bf.journalist()

    race(*(lambda: bf.seated(item, who) for _each in range(3)))

    assert [states(item), item.attendances.get().turn] == [[GIVEN], 1]


def test_two_seats_given_back_at_once_go_to_two_who_wait():
    item = bf.hall(bf.announced(), 2)
    held = [bf.seated(item, now=NOON + each * MINUTE) for each in range(2)]
    waiting = [bf.seated(item, now=NOON + (5 + each) * MINUTE) for each in range(3)]

    race(*(lambda one=one: seats.give_back(one, by=None, now=NOON) for one in held))

    assert [make.again(each).state for each in waiting] == [GIVEN, GIVEN, WAITING]


def test_of_two_moved_into_one_quarter_at_once_one_is_refused():
    items = [bf.arranged(bf.exact(date(2027, month, 10))) for month in (1, 5)]

    ends = race(
        *(
            lambda item=item, day=day: dates.arrange(item, bf.plan(bf.exact(day)), by=None, now=NOON)
            for item, day in zip(items, (date(2026, 12, 3), date(2026, 12, 4)), strict=True)
        )
    )

    assert sorted(ends) == ["Refused", "done"]
    assert Briefing.objects.filter(of_quarter=date(2026, 10, 1)).count() == 1


def test_of_confirming_and_cancelling_at_once_a_cancelled_one_stays_cancelled():
    item = bf.arranged()

    race(
        lambda: dates.cancel(item, {"vi": "Bão.", "en": "A storm."}, by=None, now=NOON),
        lambda: dates.confirm(item, by=None, now=NOON),
    )

    assert make.again(item).progress == "cancelled"


def test_questions_entered_at_once_have_places_of_their_own():
    item, paper = bf.announced(), bf.outlet()

    race(
        *(
            lambda number=number: questions.enter_question(
                item, paper, f"Câu {number}", language="vi", topic=None, by=None, now=NOON
            )
            for number in range(4)
        )
    )

    assert sorted(item.questions.values_list("position", flat=True)) == [1, 2, 3, 4]
