"""Red flags on the desk: duties the section finds neglected, one sentence each, above everything else.

A flag says that a rule is being broken, or soon will be, and stays until the rule is kept. What merely waits for somebody,
however long the list, is an errand: see `errands`. Sections register both in their apps.py.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Flag:
    """What is amiss, in one sentence, and where it is put right; one that is not grave is a reminder."""

    words: str
    url: str = ""
    grave: bool = True


Watch = Callable[[Any, datetime], Iterable[Flag]]
_watches: list[Watch] = []


def register(watch: Watch) -> None:
    """`watch(person, now)` gives the flags of one section that this person can do something about."""
    if watch not in _watches:
        _watches.append(watch)


def raised(person: Any, now: datetime) -> list[Flag]:
    """All flags, the grave ones first."""
    found = [flag for watch in _watches for flag in watch(person, now)]
    return sorted(found, key=lambda flag: not flag.grave)
