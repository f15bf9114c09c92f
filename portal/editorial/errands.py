"""What waits for a person besides texts: letters to answer, dates that come near, in heaps of lines among their work.

An errand is one piece of ordinary work, done when its turn comes; `grave` only says it is late. That a duty of the house
is neglected, whoever's turn it is, is a red flag: see `flags`. Each section registers its questions in its apps.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Errand:
    """A line of the desk. `words` say what, `facts` the rest; a `grave` one is late."""

    words: str
    url: str
    facts: str = ""
    grave: bool = False


@dataclass(frozen=True)
class Heap:
    """Errands of one kind under a title, with the address of the whole list."""

    key: str
    title: Any
    lines: list[Errand]
    url: str = ""


#: (person, now) → the heaps that concern this person; none of what they may not do. A query or two each.
Question = Callable[[Any, datetime], Iterable[Heap]]
_questions: list[Question] = []


def register(question: Question) -> None:
    """For an `AppConfig.ready`."""
    if question not in _questions:
        _questions.append(question)


def of(person: Any, now: datetime) -> list[Heap]:
    """Every heap that is not empty."""
    return [heap for question in _questions for heap in question(person, now) if heap.lines]
