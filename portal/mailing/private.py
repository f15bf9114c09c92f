"""Letters that are one section's business: their subjects, and to whom they went, are shown to whoever has its right.

A section says by which beginnings of keys its letters are known. Letters Django sends by itself are about somebody's
account, and nobody else's business at all.
"""

from typing import Any

from django.db.models import Q

#: Keys of letters Django sent by itself: see `backend`.
DJANGO = "django:"

_rights: dict[str, str] = {}


def register(right: str, *beginnings: str) -> None:
    """For an `AppConfig.ready`: letters whose keys begin so are shown to those with this permission alone."""
    _rights.update(dict.fromkeys(beginnings, right))


def kept_from(person: Any, path: str = "") -> Q:
    """The deliveries a person may not see; `path` leads to the delivery from rows about one ("delivery__")."""
    return _begin([DJANGO, *_of_others(person)], path)


def kept_by_sections_from(person: Any) -> Q:
    """Those of sections alone: the box of a machine without mail is where its letters about accounts are read."""
    return _begin(_of_others(person), "")


def _of_others(person: Any) -> list[str]:
    return [beginning for beginning, right in _rights.items() if not person.has_perm(right)]


def _begin(beginnings: list[str], path: str) -> Q:
    return Q(*[Q((f"{path}key__startswith", each)) for each in beginnings] or [Q(pk__in=[])], _connector=Q.OR)
