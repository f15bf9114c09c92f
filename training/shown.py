"""Events as pages and lists show them: an entry, its date in words, and how to get in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone

from portal.languages.dates import vietnamese_day
from portal.search.models import Entry
from training.models import Event
from training.rules.doors import Door, doors_of
from training.when import When


@dataclass(frozen=True)
class Shown:
    """One event in one language."""

    entry: Entry
    when: When
    facts: dict[str, Any]
    door: Door | None = None

    @classmethod
    def of(cls, entry: Entry, door: Door | None = None) -> "Shown":
        return cls(entry, When.read(entry.face["facts"]), entry.face["facts"], door)

    @property
    def words(self) -> str:
        return self.when.words(self.entry.language)

    @property
    def countdown(self) -> str:
        return self.when.countdown(timezone.now()) if self.facts["progress"] in Event.OPEN else ""

    @property
    def form(self) -> str:
        return str(Event.Form(self.entry.face["form"]).label)

    @property
    def progress(self) -> str:
        return str(Event.Progress(self.facts["progress"]).label)

    @property
    def theme(self) -> str:
        return (self.entry.face["theme"] or {}).get("name", "")

    @property
    def is_cancelled(self) -> bool:
        return self.facts["progress"] == Event.Progress.CANCELLED

    @cached_property
    def days(self) -> list[tuple[date, list[dict[str, Any]]]]:
        """The sessions by their days, with real moments."""
        sessions = [
            {
                **each,
                "begins": datetime.fromisoformat(each["begins"]),
                "ends": datetime.fromisoformat(each["ends"]),
            }
            for each in self.facts["sessions"]
        ]
        return [
            (day, list(sat))
            for day, sat in groupby(sessions, key=lambda each: vietnamese_day(each["begins"]))
        ]

    @cached_property
    def programme(self) -> list[tuple[date | None, list[dict[str, Any]]]]:
        """The programme by the days it names; rows without a day belong to the day before them."""
        grouped: list[tuple[date | None, list[dict[str, Any]]]] = []
        for row in self.entry.face["programme"]:
            day = date.fromisoformat(row["day"]) if row.get("day") else None
            if not grouped or (day and day != grouped[-1][0]):
                grouped.append((day, []))
            grouped[-1][1].append(row)
        return grouped


def listed(now: datetime, language: str) -> QuerySet[Entry]:
    """The entries of events readers of a language may see."""
    kind = ContentType.objects.get_for_model(Event)
    return (
        Entry.objects.in_language(language).listed(now).filter(content_type=kind).defer("text", "text_folded")
    )


def to_come(now: datetime, language: str, most: int) -> list[Shown]:
    """What is not over, the nearest first; a month or a year stands at its end. Two queries."""
    wanted = Event.objects.to_come(vietnamese_day(now)).order_by().values("pk")
    shown = with_doors(listed(now, language).filter(object_id__in=wanted)[:most], now)
    return sorted(shown, key=lambda each: (each.when.last, each.when.first, each.entry.pk))


def past(now: datetime, language: str, events: QuerySet[Event], most: int) -> list[Shown]:
    """Those of `events` that readers may see, the latest first. One query."""
    wanted = events.order_by().values("pk")
    shown = [Shown.of(entry) for entry in listed(now, language).filter(object_id__in=wanted)[:most]]
    return sorted(shown, key=lambda each: (each.when.last, each.when.first, each.entry.pk), reverse=True)


def with_doors(entries: Iterable[Entry], now: datetime) -> list[Shown]:
    """Entries with the doors of their events. Three queries besides their own, two of them where one is open."""
    entries = list(entries)
    events = Event.objects.in_bulk([entry.object_id for entry in entries])
    doors = doors_of(list(events.values()), now)
    return [Shown.of(entry, doors.get(entry.object_id)) for entry in entries]
