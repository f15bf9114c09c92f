"""What addresses get beside lists is a section's own: a digest, a notice. It is told and left on the reader's own page too.

Each section registers one `Correspondent` in its apps.py; what the reader decides on that page is passed on to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Regular:
    """Something an address gets again and again. Its letters carry the key as their `Message.list_id`."""

    key: str
    title: str
    preferences_url: str = ""  # the section's own page for more than leaving


@dataclass(frozen=True)
class Correspondent:
    """A section that writes to addresses it keeps itself. Each deed may come twice, and for an address it does not know."""

    gets: Callable[[str], Iterable[Regular]]  # (address), told in the active language
    leave: Callable[[str, str, datetime], None]  # (address, key, now)
    choose_language: Callable[[str, str, datetime], None]  # (address, language, now)
    erase: Callable[[str, datetime], None]  # (address, now)


_correspondents: list[Correspondent] = []


def register(correspondent: Correspondent) -> None:
    """For an `AppConfig.ready`."""
    if correspondent not in _correspondents:
        _correspondents.append(correspondent)


def regulars_of(email: str) -> list[Regular]:
    """What this address gets beside lists."""
    return [regular for each in _correspondents for regular in each.gets(email)]


def leave(email: str, key: str, now: datetime) -> None:
    for each in _correspondents:
        each.leave(email, key, now)


def choose_language(email: str, language: str, now: datetime) -> None:
    for each in _correspondents:
        each.choose_language(email, language, now)


def erase(email: str, now: datetime) -> None:
    for each in _correspondents:
        each.erase(email, now)
