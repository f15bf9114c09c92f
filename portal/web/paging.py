"""Pages of a list by keyset: page 5,000 costs what page 2 costs, and nothing is skipped while new items arrive."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

_CURSOR = re.compile(r"(before|after)-(\d{1,17})-(\d{1,18})")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class NoSuchPage(Http404):
    """The address names no page of this list."""

    for_readers = True


@dataclass(frozen=True)
class Slice:
    """One page of a list, and the addresses of its neighbours ("" where there is none)."""

    items: list[Any]
    newer_url: str
    older_url: str
    first_url: str


def slice_of(newest_first: QuerySet, page: str, *, size: int, path: str, key: str = "pk") -> Slice:
    """The page named by `?page=` ("" is the first) of a queryset ordered by (-visible_from, -key).

    `path` may bring parameters of its own, which every page keeps.
    Raises NoSuchPage for anything that is not one of our own cursors.
    """
    if not page:
        rows = list(newest_first[: size + 1])
        return _slice(rows[:size], path, key, newer=False, older=len(rows) > size)
    direction, at, number = _read(page)
    if direction == "before":
        rows = list(newest_first.filter(_older(at, key, number))[: size + 1])
        return _slice(rows[:size], path, key, newer=True, older=len(rows) > size)
    rows = list(newest_first.filter(_newer(at, key, number)).order_by("visible_from", key)[: size + 1])
    return _slice(rows[:size][::-1], path, key, newer=len(rows) > size, older=True)


def horizon(page: str, now: datetime) -> datetime:
    """The latest hour an item of this page can have: the upper bound to ask the list for, instead of `now`.

    Of two upper bounds SQLite follows the first it meets, and would walk the archive from today down to the page.
    """
    if not page:
        return now
    direction, at, _number = _read(page)
    return min(at, now) if direction == "before" else now


def _read(page: str) -> tuple[str, datetime, int]:
    parts = _CURSOR.fullmatch(page)
    if parts is None:
        raise NoSuchPage(_("This list has no such page. Start again from its newest items."))
    direction, micros, pk = parts.groups()
    try:
        return direction, _EPOCH + timedelta(microseconds=int(micros)), int(pk)
    except OverflowError:
        raise NoSuchPage(_("This list has no such page. Start again from its newest items.")) from None


def _older(at: datetime, key: str, number: int) -> Q:
    return Q(visible_from__lte=at) & (Q(visible_from__lt=at) | Q(**{f"{key}__lt": number}))


def _newer(at: datetime, key: str, number: int) -> Q:
    return Q(visible_from__gte=at) & (Q(visible_from__gt=at) | Q(**{f"{key}__gt": number}))


def _slice(items: list[Any], path: str, key: str, *, newer: bool, older: bool) -> Slice:
    more = "&" if "?" in path else "?"
    return Slice(
        items,
        newer_url=f"{path}{more}page=after-{_cursor(items[0], key)}" if newer and items else "",
        older_url=f"{path}{more}page=before-{_cursor(items[-1], key)}" if older and items else "",
        first_url=path,
    )


def _cursor(row: Any, key: str) -> str:
    return f"{(row.visible_from - _EPOCH) // timedelta(microseconds=1)}-{getattr(row, key)}"
