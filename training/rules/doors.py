"""Whether, how and until when readers can ask for a seat, as a page says it. It is asked when the page is made: seats change
by the minute, and the texts of the read side do not.
"""

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
    """As lists say it: whether it is full is not asked. No query."""
    closes_at = min((each for each in (event.closes_at, event.begins_at) if each), default=None)
    return Door(_state(event, now), event.opens_at, closes_at, event.capacity)


def door_with_seats(event: Event, now: datetime) -> Door:
    """As the page of the event says it. Two queries more where registration is open."""
    door = door_of(event, now)
    if door.state == OPEN and Hall.of(event, now).free(POOL) <= 0:
        return Door(FULL, door.opens_at, door.closes_at, door.seats)
    return door


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
