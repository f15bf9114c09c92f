"""Did somebody attend enough? Pure arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass

from training.models import Event, Registration, Ruling


@dataclass(frozen=True)
class Attendance:
    """One participant's: at how many of the sessions, and what was decided about it."""

    registration: Registration
    sessions: int  # of the event; 1 for an event without any, which is attended as a whole
    present: int
    asked_percent: int
    ruling: Ruling | None

    @property
    def percent(self) -> int:
        """The share of sessions, rounded down: who was at 2 of 3 has not been at 67 %."""
        return 100 * self.present // self.sessions

    @property
    def is_counted_enough(self) -> bool:
        return 100 * self.present >= self.asked_percent * self.sessions

    @property
    def is_enough(self) -> bool:
        """What was decided by hand goes before the count."""
        return self.ruling.attended if self.ruling else self.is_counted_enough


def attendance_of(
    event: Event, registration: Registration, sessions: Iterable[int], present: Iterable[int | None]
) -> Attendance:
    """`present` are the sessions somebody was at; None among them is the event itself, and counts where it has no sessions."""
    held = set(sessions)
    been = held & set(present) if held else set(present) & {None}
    ruling = getattr(registration, "ruling", None)
    return Attendance(registration, len(held) or 1, len(been), event.attendance_percent, ruling)
