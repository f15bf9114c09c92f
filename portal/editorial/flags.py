"""Red flags on the desk: duties a section finds neglected. Sections register theirs in their apps.py."""

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
