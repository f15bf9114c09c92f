"""The seats of an event, counted from its rows: never a counter that could go wrong.

A seat is held by whoever has one or was offered one. Kept seats are for their group alone, and the group has no others;
all the rest, with what was released, is for everybody else.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count

from portal.directory.models import Organisation
from training.models import Event, Quota, Registration

POOL = None  # everybody of no kept group


@dataclass
class Hall:
    """`kept`: group → its seats, of groups whose seats are not released; `held`: group → seats held, POOL for none."""

    capacity: int
    kept: dict[int, int] = field(default_factory=dict)
    held: Counter[int | None] = field(default_factory=Counter)

    @classmethod
    def of(cls, event: Event, now: datetime) -> "Hall":
        """Two queries."""
        return cls.of_each([event], now)[event.pk]

    @classmethod
    def of_each(cls, events: Collection[Event], now: datetime) -> dict[int, "Hall"]:
        """Event → its hall. Two queries for all of them."""
        halls = {event.pk: cls(event.capacity or 0) for event in events}
        for event, group, seats in (
            Quota.objects.kept(now).filter(event__in=halls).values_list("event", "pk", "seats")
        ):
            halls[event].kept[group] = seats
        holding = (
            Registration.objects.holding().filter(event__in=halls).order_by().values_list("event", "quota")
        )
        for event, group, people in holding.annotate(Count("pk")):
            halls[event].held[group] = people
        return halls

    def pool_of(self, group: int | None) -> int | None:
        """Where somebody of a group finds a seat: among those kept for it, or among those for all."""
        return group if group in self.kept else POOL

    def seats(self, pool: int | None) -> int:
        return self.kept[pool] if pool is not None else self.capacity - sum(self.kept.values())

    def taken(self, pool: int | None) -> int:
        if pool is not None:
            return self.held[pool]
        return sum(count for group, count in self.held.items() if group not in self.kept)

    def free(self, group: int | None) -> int:
        """How many seats somebody of this group could have now; below nought after a mistake, which is refused."""
        pool = self.pool_of(group)
        return self.seats(pool) - self.taken(pool)

    def take(self, group: int | None) -> None:
        self.held[group] += 1

    @property
    def is_sound(self) -> bool:
        """No group has more than is kept for it, and all together no more than there are."""
        return all(self.seats(pool) >= self.taken(pool) for pool in (POOL, *self.kept))


def next_in_line(hall: Hall, waiting: Iterable[Registration]) -> list[Registration]:
    """Those of the waiting (in their order) for whom a seat is free. Changes nothing."""
    hall, chosen = Hall(hall.capacity, hall.kept, Counter(hall.held)), []
    for each in waiting:
        if hall.free(each.quota_id) > 0:
            hall.take(each.quota_id)
            chosen.append(each)
    return chosen


def ahead_of(registration: Registration, hall: Hall, waiting: Iterable[Registration]) -> int:
    """How many wait for the same seats before somebody who waits, or would from now on."""
    pool, ahead = hall.pool_of(registration.quota_id), 0
    for each in waiting:
        if each.pk == registration.pk:
            break
        ahead += hall.pool_of(each.quota_id) == pool
    return ahead


def positions(event: Event, now: datetime) -> dict[int, int]:
    """Registration → its place among those who wait for the same seats, from 1."""
    hall, counted = Hall.of(event, now), Counter[int | None]()
    places = {}
    for pk, group in event.registrations.waiting().values_list("pk", "quota"):
        counted[hall.pool_of(group)] += 1
        places[pk] = counted[hall.pool_of(group)]
    return places


def group_of(event: Event, unit: Organisation | None) -> Quota | None:
    """The group somebody of this unit belongs to: one that names the unit before one of its kind. Nobody without a unit."""
    if unit is None:
        return None
    quotas = list(event.quotas.prefetch_related("units"))
    named = [each for each in quotas if unit in each.units.all()]
    of_kind = [each for each in quotas if each.kind == unit.kind]
    return next(iter([*named, *of_kind]), None)
