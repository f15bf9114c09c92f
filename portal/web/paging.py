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


def slice_of(
    newest_first: QuerySet, page: str, *, size: int, path: str, moment: str = "visible_from"
) -> Slice:
    """The page named by `?page=` ("" is the first) of a queryset ordered by (-moment, -pk).

    Raises NoSuchPage for anything that is not one of our own cursors.
    """
    if not page:
        rows = list(newest_first[: size + 1])
        return _slice(rows[:size], path, moment, newer=False, older=len(rows) > size)
    direction, at, pk = _read(page)
    if direction == "before":
        rows = list(newest_first.filter(_older(moment, at, pk))[: size + 1])
        return _slice(rows[:size], path, moment, newer=True, older=len(rows) > size)
    rows = list(newest_first.filter(_newer(moment, at, pk)).order_by(moment, "pk")[: size + 1])
    return _slice(rows[:size][::-1], path, moment, newer=len(rows) > size, older=True)


def _read(page: str) -> tuple[str, datetime, int]:
    parts = _CURSOR.fullmatch(page)
    if parts is None:
        raise NoSuchPage(_("This list has no such page. Start again from its newest items."))
    direction, micros, pk = parts.groups()
    try:
        return direction, _EPOCH + timedelta(microseconds=int(micros)), int(pk)
    except OverflowError:
        raise NoSuchPage(_("This list has no such page. Start again from its newest items.")) from None


def _older(moment: str, at: datetime, pk: int) -> Q:
    return Q(**{f"{moment}__lte": at}) & (Q(**{f"{moment}__lt": at}) | Q(pk__lt=pk))


def _newer(moment: str, at: datetime, pk: int) -> Q:
    return Q(**{f"{moment}__gte": at}) & (Q(**{f"{moment}__gt": at}) | Q(pk__gt=pk))


def _slice(items: list[Any], path: str, moment: str, *, newer: bool, older: bool) -> Slice:
    return Slice(
        items,
        newer_url=f"{path}?page=after-{_cursor(items[0], moment)}" if newer and items else "",
        older_url=f"{path}?page=before-{_cursor(items[-1], moment)}" if older and items else "",
        first_url=path,
    )


def _cursor(row: Any, moment: str) -> str:
    return f"{(getattr(row, moment) - _EPOCH) // timedelta(microseconds=1)}-{row.pk}"
