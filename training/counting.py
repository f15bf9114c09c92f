"""How many people: counted from rows where there are any, said by a source where there are none.

A fixed number of queries, whatever the number of events. What is counted here stays the same when names are erased:
nothing of it looks at a person's particulars.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from training.models import Certificate, Event, HeadCount, Presence, Registration, Ruling, Session
from training.rules.headcounts import Figure

State = Registration.State
What: Any = HeadCount.What

#: Who asked for a seat, confirmed the address and has not given it up.
REGISTERED = (State.APPLIED, State.WAITING, State.OFFERED, State.SEATED)
HOUR = timedelta(hours=1)


@dataclass
class Counts:
    """Of some registrations: how many stand, have a seat, came, got a certificate; for how long they sat there."""

    registered: int = 0
    seated: int = 0
    attended: int = 0
    certified: int = 0
    time: timedelta = timedelta()

    @property
    def hours(self) -> Decimal:
        return in_hours(self.time)

    def add(self, other: "Counts") -> None:
        self.registered += other.registered
        self.seated += other.seated
        self.attended += other.attended
        self.certified += other.certified
        self.time += other.time


@dataclass(frozen=True)
class EventFigures:
    """What is known of one event. None: nobody has counted it, or it is not time yet."""

    event: Event
    planned: Figure | None
    registered: Figure | None
    attended: Figure | None
    certified: Figure | None
    hours: Figure | None
    seated: int = 0
    units: dict[int | None, Counts] = field(default_factory=dict)


def came(registrations: QuerySet) -> QuerySet:
    """Of the seated: those who were at a session at least, or of whom it was decided that they were."""
    was_there = Exists(Presence.objects.filter(registration=OuterRef("pk")))
    decided = Exists(Ruling.objects.filter(registration=OuterRef("pk"), attended=True))
    return registrations.filter(was_there | decided, state=State.SEATED)


def stayed_away(registrations: QuerySet) -> QuerySet:
    """Who had a seat at an event that was held, and did not come; only where somebody's coming was noted at all."""
    noted = Exists(Presence.objects.filter(registration__event=OuterRef("event")))
    seated = registrations.filter(noted, state=State.SEATED, event__progress=Event.Progress.HELD)
    return seated.exclude(pk__in=came(registrations).values("pk"))


def figures_of(events: Iterable[Event], day: date) -> list[EventFigures]:
    """Of each event, in their order, as known on a day. Seven queries."""
    events = list(events)
    chosen = [event.pk for event in events]
    units = count_by_unit(chosen)
    said = _said(chosen)
    lengths = lengths_of(chosen)
    return [
        _figures(event, units.get(event.pk, {}), said.get(event.pk, {}), lengths.get(event.pk), day)
        for event in events
    ]


def count_by_unit(events: list[int]) -> dict[int, dict[int | None, Counts]]:
    """Event → unit (None: in no list) → what its people did. Five queries."""
    found: dict[int, dict[int | None, Counts]] = defaultdict(lambda: defaultdict(Counts))
    rows = Registration.objects.filter(event__in=events)
    standing = Count("pk", filter=Q(state__in=REGISTERED))
    seated = Count("pk", filter=Q(state=State.SEATED))
    for event, unit, stand, seats in _grouped(rows).annotate(stand=standing, seats=seated):
        if stand:
            found[event][unit].registered, found[event][unit].seated = stand, seats
    for event, unit, number in _grouped(came(rows)).annotate(number=Count("pk")):
        found[event][unit].attended = number
    certified = Certificate.objects.valid().filter(event__in=events).order_by()
    for event, unit, number in certified.values_list("event", "registration__unit").annotate(
        number=Count("pk")
    ):
        found[event][unit].certified = number
    _add_time(found, events)
    return {event: dict(of_units) for event, of_units in found.items()}


def _grouped(rows: QuerySet) -> QuerySet:
    return rows.order_by().values_list("event", "unit")


def _add_time(found: dict[int, dict[int | None, Counts]], events: list[int]) -> None:
    """The sessions people sat in; of those whose coming was decided by hand, the whole event."""
    length = ExpressionWrapper(F("session__ends_at") - F("session__begins_at"), output_field=DurationField())
    seats = Presence.objects.filter(registration__event__in=events, registration__state=State.SEATED).exclude(
        session=None
    )
    grouped = seats.order_by().values_list("registration__event", "registration__unit")
    for event, unit, time in grouped.annotate(time=Sum(length)):
        found[event][unit].time += time
    by_hand = Registration.objects.filter(
        event__in=events, state=State.SEATED, ruling__attended=True, presences=None
    )
    decided = list(_grouped(by_hand).annotate(number=Count("pk")))
    lengths = lengths_of([event for event, _unit, _number in decided]) if decided else {}
    for event, unit, number in decided:
        found[event][unit].time += number * lengths.get(event, timedelta())


def lengths_of(events: list[int]) -> dict[int, timedelta]:
    """How long the sessions of each event are together; events without sessions are left out. One query."""
    length = ExpressionWrapper(F("ends_at") - F("begins_at"), output_field=DurationField())
    rows = Session.objects.filter(event__in=events).order_by().values_list("event")
    return dict(rows.annotate(time=Sum(length)))


def in_hours(time: timedelta) -> Decimal:
    """With one decimal where it is needed: 3,5; 12."""
    tenths = (Decimal(time // timedelta(seconds=1)) / 3600).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return tenths.quantize(Decimal(1)) if tenths == tenths.to_integral_value() else tenths


def _said(events: list[int]) -> dict[int, dict[str, Figure]]:
    found: dict[int, dict[str, Figure]] = defaultdict(dict)
    for count in HeadCount.objects.filter(event__in=events).order_by():
        found[count.event_id][count.what] = Figure(count.number, count.qualifier, count.source)
    return found


def _figures(
    event: Event,
    units: dict[int | None, Counts],
    said: dict[str, Figure],
    length: timedelta | None,
    day: date,
) -> EventFigures:
    everybody = Counts()
    for counts in units.values():
        everybody.add(counts)
    is_over = event.ends_on is not None and event.ends_on < day
    attended = _best(everybody.attended, said.get(What.ATTENDED), is_asked=is_over and bool(units))
    return EventFigures(
        event,
        planned_of(event),
        _best(everybody.registered, said.get(What.REGISTERED), is_asked=event.capacity is not None),
        attended,
        _best(everybody.certified, said.get(What.CERTIFIED), is_asked=is_over and bool(units)),
        _hours(everybody, attended, length),
        everybody.seated,
        units,
    )


def planned_of(event: Event) -> Figure | None:
    """The plan's figure with its word."""
    if event.planned_count is None:
        return None
    return Figure(event.planned_count, event.planned_qualifier, _("the plan"))


def _best(counted: int, said: Figure | None, *, is_asked: bool) -> Figure | None:
    """Rows before words; words before nothing; none where nobody was to be counted yet."""
    if counted:
        return Figure(counted)
    return said or (Figure(0) if is_asked else None)


def _hours(everybody: Counts, attended: Figure | None, length: timedelta | None) -> Figure | None:
    """Hours people sat there; from a head count they are as rough as the count."""
    if everybody.time:
        return Figure(everybody.hours)
    if attended is None or length is None:
        return None
    return Figure(in_hours(int(attended.number) * length), attended.qualifier)


def quota_seats(event: Any) -> dict[int, int]:
    """Unit → seats kept for it alone; a quota of several units is nobody's alone. One query for each of two tables."""
    kept: dict[int, int] = {}
    for quota in event.quotas.prefetch_related("units"):
        units = list(quota.units.all())
        if len(units) == 1:
            kept[units[0].pk] = kept.get(units[0].pk, 0) + quota.seats
    return kept
