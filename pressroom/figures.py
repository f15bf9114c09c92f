"""How fast the press is answered: by quarter for the desk, and by quarter and unit. Erased enquiries still count."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from portal.languages.dates import Quarter, quarter_of
from pressroom.models import Enquiry, UnitRequest

Timed = tuple[datetime, datetime, datetime]  # asked, due, answered


@dataclass(frozen=True)
class Speed:
    """How many were answered in a quarter, how fast, how many of them on time."""

    quarter: Quarter
    unit: str  # "" for the whole desk
    answered: int
    hours: float  # the median
    on_time: int

    @property
    def share(self) -> float:
        return self.on_time / self.answered


def of_the_desk() -> list[Speed]:
    """By the quarter of the question, the newest first. One query."""
    rows = Enquiry.objects.replied().order_by().values_list("asked_at", "due_at", "replied_at")
    return _speeds(("", row) for row in rows)


def of_units(language: str) -> list[Speed]:
    """By the quarter of the request and by unit. One query."""
    answered = UnitRequest.objects.filter(state=UnitRequest.State.ANSWERED).order_by()
    rows = answered.values_list(f"unit__name_{language}", "asked_at", "due_at", "answered_at")
    return _speeds((name, (asked, due, at)) for name, asked, due, at in rows)


def _speeds(rows: Iterable[tuple[str, Timed]]) -> list[Speed]:
    heaps: dict[tuple[Quarter, str], list[Timed]] = defaultdict(list)
    for unit, timed in rows:
        heaps[quarter_of(timed[0]), unit].append(timed)
    speeds = [
        Speed(
            quarter,
            unit,
            len(heap),
            median((answered - asked).total_seconds() / 3600 for asked, _due, answered in heap),
            sum(answered <= due for _asked, due, answered in heap),
        )
        for (quarter, unit), heap in heaps.items()
    ]
    return sorted(speeds, key=lambda speed: (-speed.quarter.year, -speed.quarter.number, speed.unit))
