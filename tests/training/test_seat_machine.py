"""Whatever people and organisers do, in whatever order: never above capacity or quota, nobody lost, the order kept."""

import contextlib
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from portal.accounts.refusal import Refused
from tests import make
from tests.make import HOUR, NOON
from tests.training import seats as st
from training.actions import arrangements, deciding, nominating, registering, seats
from training.models import Event, Registration
from training.rules.seats import Hall

pytestmark = pytest.mark.django_db
EXAMPLES, STEPS = 60, 50
State = Registration.State


class Office(RuleBasedStateMachine):
    """An event with two kept groups, and what the waiting list must look like beside it: `line`, in the order of joining."""

    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.now, self.people, self.line = NOON, [], []

    @initialize(capacity=some.integers(3, 8))
    def begin(self, capacity: int) -> None:
        self.event = st.hall(capacity, in_days=60)
        self.units = [make.organisation("unit") for _each in range(2)]
        self.groups = [
            st.group(self.event, 1, units=(unit,), released_at=NOON + timedelta(days=20 + 10 * number))
            for number, unit in enumerate(self.units)
        ]

    @rule(unit=some.sampled_from([None, 0, 1]))
    def register(self, unit: int | None) -> None:
        where = {"unit": self.units[unit], "unit_name": ""} if unit is not None else {}
        self.people.append(st.asked(self.event, now=self.now, **where).pk)

    @rule(choice=some.randoms(use_true_random=False))
    def confirm(self, choice: Any) -> None:
        self._with_one(choice, [State.UNCONFIRMED], lambda each: registering.confirm(each, now=self.now))

    @rule(choice=some.randoms(use_true_random=False))
    def give_back(self, choice: Any) -> None:
        states = [State.SEATED, State.OFFERED, State.WAITING]
        self._with_one(choice, states, lambda each: seats.give_back(each, by=None, now=self.now))

    @rule(choice=some.randoms(use_true_random=False))
    def accept(self, choice: Any) -> None:
        self._with_one(choice, [State.OFFERED], lambda each: seats.accept(each, by=None, now=self.now))

    @rule(choice=some.randoms(use_true_random=False))
    def cancel(self, choice: Any) -> None:
        self._with_one(choice, list(Registration.ACTIVE), lambda each: st.cancelled(each, now=self.now))

    @rule(choice=some.randoms(use_true_random=False), group=some.sampled_from([None, 0, 1]))
    def move(self, choice: Any, group: int | None) -> None:
        quota = self.groups[group] if group is not None else None
        self._with_one(
            choice, list(Registration.HOLDING),
            lambda each: deciding.move_to_group(each, quota, "Đi cùng đoàn.", by=None, now=self.now),
        )  # fmt: skip

    @rule(group=some.sampled_from([0, 1]))
    def nominate(self, group: int) -> None:
        self._tried(lambda: self.people.append(st.nominated(self.groups[group], now=self.now).pk))

    @rule(choice=some.randoms(use_true_random=False))
    def swap(self, choice: Any) -> None:
        def deed(each: Registration) -> None:
            self.people.append(nominating.swap(each, st.somebody(), now=self.now).pk)

        self._with_one(choice, [State.SEATED], deed, nominated=True)

    @rule(capacity=some.integers(0, 10))
    def change_capacity(self, capacity: int) -> None:
        self._tried(lambda: arrangements.arrange(self.event, capacity=capacity, by=None, now=self.now))

    @rule(group=some.sampled_from([0, 1]), wanted=some.integers(0, 4))
    def change_group(self, group: int, wanted: int) -> None:
        quota = self.groups[group]
        said = arrangements.Group(
            {"vi": "Nhóm"}, wanted, units=(self.units[group],), released_at=quota.released_at,
            focal_email=quota.focal_email,
        )  # fmt: skip
        self._tried(lambda: arrangements.change_group(quota, said, by=None, now=self.now))

    @precondition(lambda self: self.now < self.event.begins_at)
    @rule(hours=some.integers(1, 60))
    def wait(self, hours: int) -> None:
        """The clock goes on; its task ends offers and offers what was released."""
        self.now += hours * HOUR
        for each in self.event.registrations.lapsing(self.now):
            seats.lapse(each, now=self.now)
            self._look()
        seats.promote_waiting(self.event, now=self.now)

    def _with_one(self, choice: Any, states: list[Any], deed: Any, **more: Any) -> None:
        found = list(self.event.registrations.filter(state__in=states, **more).order_by("pk"))
        if found:
            self._tried(lambda: deed(choice.choice(found)))

    def _tried(self, deed: Any) -> None:
        with contextlib.suppress(Refused):
            deed()

    @invariant()
    def nobody_sits_on_another(self) -> None:
        Office.steps += 1
        if not hasattr(self, "event"):
            return
        self._look()

    def _look(self) -> None:
        event = Event.objects.get(pk=self.event.pk)
        hall = Hall.of(event, self.now)
        assert hall.is_sound
        assert event.registrations.holding().count() <= event.capacity
        assert set(event.registrations.values_list("pk", flat=True)) == set(self.people)
        self._order_is_kept(event, hall)

    def _order_is_kept(self, event: Event, hall: Hall) -> None:
        """Who was in the line and is offered a seat now stood before all of the same seats who still wait."""
        rows = {each.pk: each for each in event.registrations.all()}
        waiting = [each.pk for each in event.registrations.waiting()]
        stayed = [pk for pk in self.line if pk in waiting and rows[pk].queued_at == self.queued[pk]]
        assert [pk for pk in waiting if pk in stayed] == stayed
        assert waiting[: len(stayed)] == stayed  # who joins, joins at the end
        for place, pk in enumerate(self.line):
            if rows[pk].state == State.OFFERED:
                ahead = [each for each in self.line[:place] if each in stayed]
                pool = hall.pool_of(rows[pk].quota_id)
                assert all(hall.pool_of(rows[each].quota_id) != pool for each in ahead)
        if event.begins_at - self.now >= timedelta(hours=12):
            assert all(hall.free(rows[pk].quota_id) <= 0 for pk in waiting)
        self.line, self.queued = waiting, {pk: rows[pk].queued_at for pk in waiting}

    queued: ClassVar[dict[int, Any]] = {}


def test_two_thousand_steps_leave_every_seat_and_everybody_in_order():
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip

    assert Office.steps >= 2000
