"""What sections put on the home page: each registers its shelves in its apps.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from portal.search.models import Entry


@dataclass(frozen=True)
class Shelf:
    """A titled row of entries with the address of the whole list."""

    title: str
    url: str
    entries: list[Entry]


Shelves = Callable[[str, datetime], list[Shelf]]
_sections: list[Shelves] = []


def register(shelves: Shelves) -> None:
    """`shelves(language, now)` gives a section's shelves, in at most two queries."""
    if shelves not in _sections:
        _sections.append(shelves)


def shelves(language: str, now: datetime) -> list[Shelf]:
    return [shelf for section in _sections for shelf in section(language, now) if shelf.entries]
