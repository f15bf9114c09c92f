"""Whether, how and until when readers can ask for a seat, as a page says it. It is asked when the page is made: seats change
by the minute, and the texts of the read side do not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from training.models import Event
from training.rules import window
from training.rules.seats import POOL, Hall

#: What a door can be. "later": it opens at its hour; "full": whoever asks waits; "units": units name who comes.
NONE, LATER, OPEN, FULL, UNITS, CLOSED = "none", "later", "open", "full", "units", "closed"


@dataclass(frozen=True)
class Door:
    state: str
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    seats: int | None = None

    @property
    def can_be_entered(self) -> bool:
        return self.state in {OPEN, FULL}


def door_of(event: Event, now: datetime) -> Door:
    """The door of one event; see `doors_of`."""
    return doors_of([event], now)[event.pk]


def doors_of(events: Collection[Event], now: datetime) -> dict[int, Door]:
    """Event → its door. Two queries where registration is open for any, however many there are."""
    states = {event.pk: _state(event, now) for event in events}
    halls = Hall.of_each([event for event in events if states[event.pk] == OPEN], now)
    full = {pk for pk, hall in halls.items() if hall.free(POOL) <= 0}
    return {event.pk: _door(event, FULL if event.pk in full else states[event.pk]) for event in events}


def _door(event: Event, state: str) -> Door:
    closes_at = min((each for each in (event.closes_at, event.begins_at) if each), default=None)
    return Door(state, event.opens_at, closes_at, event.capacity)


def _state(event: Event, now: datetime) -> str:
    if event.capacity is None or event.progress == Event.Progress.CANCELLED:
        return NONE
    if not window.closed_because(event, now):
        return OPEN
    if window.over_because(event, now):
        return CLOSED
    if event.admission == Event.Admission.NOMINATED:
        return UNITS
    return LATER if event.opens_at and event.opens_at > now else CLOSED
