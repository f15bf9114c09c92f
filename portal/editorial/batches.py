"""Batches of what is due: prepared before their hour when there is time, then locked, seen to be the same, and written."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, models, transaction
from django.utils.translation import override

from portal.accounts.models import User
from portal.editorial import registry, statements
from portal.editorial.actions import releasing
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable
from portal.editorial.states import STEPS
from portal.history.actions import last_numbers

log = logging.getLogger(__name__)

SIZE = 250
#: What was prepared is dated with its second; written later than this it would say an untruth, and is prepared anew.
ITS_SECOND = timedelta(seconds=1)

#: What only a release writes, and raises the lock version with, need not be compared.
_COMPARED = [
    column.attname
    for column in Edition._meta.concrete_fields
    if column.name not in {"field_digests", "changes"}
]

Row = tuple[int | None, int]  # working_copy_of_id, lock_version


@dataclass(frozen=True)
class Basis:
    """What a release is computed from, as plain values: while they are equal, what was prepared is true.

    The lock version stands for the content, which is locked while it is scheduled; editions are compared whole.
    """

    rows: dict[int, Row]
    editions: list[tuple[Any, ...]]
    versions: dict[int, int]


@dataclass(frozen=True)
class Batch:
    """Things of one model whose hour is `now`, with what will be written then."""

    model: type[Publishable]
    pks: list[int]
    now: datetime
    basis: Basis
    surroundings: dict[models.Model, list[Any]]
    failures: dict[str, list[int]]  # reason → editions
    release: releasing.Release | None

    @property
    def size(self) -> int:
        return len(self.release.editions) if self.release else 0

    def is_true(self, basis: Basis, now: datetime) -> bool:
        """Whether writing it now writes what preparing it anew would."""
        return (
            basis == self.basis
            and now - self.now <= ITS_SECOND
            and _values(_as_they_stand(self.surroundings)) == self.surroundings
        )


def release_due(now: datetime, *, by: User | None = None, ready: Iterable[Batch] = ()) -> int:
    """Release what was made ready, then whatever else is due; answers how many editions went out.

    `by` None is the clock, which leaves what has failed to a person.
    """
    released = sum(_release(batch.model, batch.pks, now, by, batch) for batch in ready)
    statements.forget()
    return released + sum(_release(model, pks, now, by) for model, pks in _due(now, by))


def prepare_due(moment: datetime, *, while_there_is_time: Callable[[], bool]) -> list[Batch]:
    """Make ready what will be due at this moment; what cannot be prepared is left to the moment itself."""
    ready: list[Batch] = []
    for model, pks in _due(moment, None):
        if not while_there_is_time():
            break
        ready += _prepared(model, pks, moment)
    return ready


def _due(now: datetime, by: User | None) -> list[tuple[type[Publishable], list[int]]]:
    """What is due, kind by kind, in batches. One query, however many kinds there are."""
    due = Edition.objects.due(now)
    if by is None:
        due = due.filter(failed_at=None)
    rows = list(due.order_by("publish_at", "pk").values_list("content_type_id", "object_id", "publish_at"))
    found: list[tuple[type[Publishable], list[int]]] = []
    for kind, model in registry.by_kind():
        hours = [(pk, hour) for each, pk, hour in rows if each == kind.pk]
        alone = dict.fromkeys(pk for pk, hour in hours if _is_left(hour, now))
        together = list(dict.fromkeys(pk for pk, _hour in hours if pk not in alone))
        found += [(model, together[start : start + SIZE]) for start in range(0, len(together), SIZE)]
        found += [(model, [pk]) for pk in alone]
    return found


def _is_left(hour: datetime, now: datetime) -> bool:
    """Left behind by earlier ticks: it goes by itself now, so that what cannot go holds up no other."""
    return now - timedelta(minutes=30) < hour < now - timedelta(minutes=1)


def _prepared(model: type[Publishable], pks: list[int], moment: datetime) -> list[Batch]:
    try:
        batch = _prepare(model, _basis(_rows(model, _with_originals(model, pks))), pks, moment, None)
        return [replace(batch, release=batch.release and releasing.handed_over(batch.release))]
    except Exception:  # found again at its hour, and the reason stored then
        log.warning("%s %s cannot be prepared", model.__name__, pks, exc_info=True)
    return [batch for half in _halves(pks) for batch in _prepared(model, half, moment)]


def _halves(pks: list[int]) -> list[list[int]]:
    """What is tried next when the whole broke; nothing, when it was one."""
    middle = len(pks) // 2
    return [pks[:middle], pks[middle:]] if middle else []


def _release(
    model: type[Publishable], pks: list[int], now: datetime, by: User | None, ready: Batch | None = None
) -> int:
    """One transaction for all; should anything in it break, one for each half, so that a bad one harms no other."""
    try:
        return _release_together(model, pks, now, by, ready)
    except OperationalError:
        # The database was busy or away for a moment: nothing is wrong with the items, the next tick finds them again.
        log.warning("%d of %s left for the next tick", len(pks), model.__name__, exc_info=True)
        return 0
    except Exception as problem:  # the reason is stored with the item and shown on the desk
        if len(pks) == 1:
            _fail(model, pks[0], f"{type(problem).__name__}: {problem}", now)
            log.exception("%s %s could not be released", model.__name__, pks[0])
    return sum(_release(model, half, now, by) for half in _halves(pks))


@transaction.atomic
def _release_together(
    model: type[Publishable], pks: list[int], now: datetime, by: User | None, ready: Batch | None
) -> int:
    # What another clock or person holds at this moment is left to them.
    wanted = ready.basis.rows if ready else _with_originals(model, pks)
    basis = _basis(_rows(model, wanted).select_for_update(skip_locked=True))
    if ready is None or not ready.is_true(basis, now):
        ready = _prepare(model, basis, pks, now, by)
    for reason, editions in ready.failures.items():
        Edition.objects.filter(pk__in=editions).update(failure=reason[:1000], failed_at=now)
    if ready.release:
        releasing.write(ready.release)
    return ready.size


def _with_originals(model: type[Publishable], pks: list[int]) -> set[int]:
    copies = model._base_manager.filter(pk__in=pks).exclude(working_copy_of=None)
    return {*pks, *copies.values_list("working_copy_of_id", flat=True)}


def _rows(model: type[Publishable], pks: Iterable[int]) -> models.QuerySet:
    return model._base_manager.filter(pk__in=pks).order_by("pk")


def _basis(rows: models.QuerySet) -> Basis:
    found = {
        pk: (original, lock)
        for pk, original, lock in rows.values_list("pk", "working_copy_of_id", "lock_version")
    }
    kind = ContentType.objects.get_for_model(rows.model)
    editions = Edition.objects.filter(content_type=kind, object_id__in=found).order_by("pk")
    return Basis(found, list(editions.values_list(*_COMPARED)), last_numbers(kind, found))


def _prepare(model: type[Publishable], basis: Basis, pks: list[int], now: datetime, by: User | None) -> Batch:
    items = _items(model, basis, pks)
    releasing.load(items)
    ready: list[Attempt] = []
    failures: dict[str, list[int]] = {}
    for item in items:
        attempts = _attempts(item, now, by)
        if reason := _reason_against(attempts):
            failures.setdefault(reason, []).extend(attempt.edition.pk for attempt in attempts)
        else:
            ready += attempts
    release = releasing.prepare(ready, by=by, now=now) if ready else None
    surroundings = _surroundings(release.originals.values()) if release else set()
    return Batch(model, pks, now, basis, _values(surroundings), failures, release)


def _items(model: type[Publishable], basis: Basis, pks: list[int]) -> list[Publishable]:
    """The things with their originals, one object for each row; a copy whose original is not at hand is left out."""
    rows = model._default_manager.in_bulk(list(basis.rows))
    items = [rows[pk] for pk in pks if pk in rows]
    for item in items:
        if item.working_copy_of_id in rows:
            item.working_copy_of = rows[item.working_copy_of_id]
    return [item for item in items if item.root_pk in rows]


def _attempts(item: Publishable, now: datetime, by: User | None) -> list[Attempt]:
    """What is due of one thing; a language that failed before is left to a person, and holds up no other."""
    return [
        Attempt(item, edition, STEPS["publish"], by, now)
        for edition in item.editions.all()
        if edition.is_dated
        and edition.publish_at
        and edition.publish_at <= now
        and (by or edition.failed_at is None)
    ]


def _reason_against(attempts: list[Attempt]) -> str | None:
    with override("vi"):
        for attempt in attempts:
            for guard in attempt.step.guards:
                if reason := guard(attempt):
                    return str(reason)
    return None


def _surroundings(originals: Iterable[Publishable]) -> set[models.Model]:
    """The rows beside the things whose words their pages carry: shelves, topics, pictures."""
    return {
        row
        for item in originals
        for row in (
            *(getattr(item, need) for need in item.read_side_needs),
            *item.topics.all(),
            *(placed.asset for placed in item.placements.all()),
        )
        if row is not None
    }


def _as_they_stand(rows: Iterable[models.Model]) -> set[models.Model]:
    by_model: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row.pk)
    return {row for model, pks in by_model.items() for row in model._base_manager.filter(pk__in=pks)}


def _values(rows: Iterable[models.Model]) -> dict[models.Model, list[Any]]:
    return {row: [getattr(row, column.attname) for column in row._meta.concrete_fields] for row in rows}


def _fail(model: type[Publishable], pk: int, reason: str, now: datetime) -> None:
    kind = ContentType.objects.get_for_model(model)
    due = Edition.objects.due(now).filter(content_type=kind, object_id=pk)
    due.update(failure=reason[:1000], failed_at=now)
