"""What follows a step. Queued in the step's transaction under a unique key; done by a worker, and safe to do twice."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone

from portal.editorial.models import Effect

log = logging.getLogger(__name__)

Deed = Callable[[list[Effect], datetime], None]
Wanted = tuple[
    str, models.Model, str, str, dict[str, Any]
]  # name, thing, language, key within both, particulars
_deeds: dict[str, Deed] = {}

#: Seconds to wait before the next try, by number of failed tries; after the last the effect waits for a person.
BACK_OFF = (10, 30, 120, 600, 3600, 6 * 3600, 24 * 3600)


def effect(name: str) -> Callable[[Deed], Deed]:
    """Register the deed of an effect. It gets a list (many of the same name at once) and must be idempotent."""

    def register(deed: Deed) -> Deed:
        _deeds[name] = deed
        return deed

    return register


def following(thing: Any, language: str, deed: str, key: str, particulars: dict[str, Any]) -> list[Wanted]:
    """What follows a deed: those who wrote are told, and the section does what it has asked for."""
    names = ("tell_contributors", *thing.follow_ups.get(deed, ()))
    return [(name, thing, language, key, {"verb": deed, **particulars}) for name in names]


def queue(name: str, thing: models.Model, language: str, key: str, particulars: dict[str, Any]) -> None:
    """Queue one effect; the same key twice is one effect."""
    queue_many([(name, thing, language, key, particulars)])


def queue_many(wanted: Iterable[Wanted]) -> None:
    """Queue many at once."""
    Effect.objects.bulk_create(rows(wanted, timezone.now()), ignore_conflicts=True, batch_size=500)


def rows(wanted: Iterable[Wanted], at: datetime) -> list[Effect]:
    """Effects queued at a moment, not yet written; they are due as soon as they are."""
    now = timezone.now()
    return [
        Effect(
            key=f"{name}:{thing._meta.label_lower}:{thing.pk}:{language}:{key}",
            name=name,
            content_type=ContentType.objects.get_for_model(thing),
            object_id=thing.pk,
            language=language,
            particulars=particulars,
            queued_at=at,
            due_at=now,
        )
        for name, thing, language, key, particulars in wanted
    ]


def do_waiting(now: datetime, *, batch: int = 500) -> int:
    """Do every effect that waits; answers how many were done. Failures are kept with their error and tried again later."""
    done = 0
    while claimed := _do_batch(now, batch):
        done += claimed
    return done


def _do_batch(now: datetime, batch: int) -> int:
    with transaction.atomic():
        waiting = list(Effect.objects.waiting(now).select_for_update(skip_locked=True)[:batch])
        by_name: dict[str, list[Effect]] = {}
        for each in waiting:
            by_name.setdefault(each.name, []).append(each)
        for name, same in by_name.items():
            _do_together_or_one_by_one(name, same, now)
    return len(waiting)


def _do_together_or_one_by_one(name: str, same: list[Effect], now: datetime) -> None:
    if problem := _try(name, same, now):
        if len(same) == 1:
            _put_off(same[0], problem, now)
            return
        for each in same:
            _do_together_or_one_by_one(name, [each], now)
        return
    Effect.objects.filter(pk__in=[each.pk for each in same]).update(done_at=now, error="")


def _try(name: str, same: list[Effect], now: datetime) -> Exception | None:
    try:
        with transaction.atomic():
            _deeds[name](same, now)
    except Exception as problem:  # whatever goes wrong is shown on the desk and stops nothing else
        return problem
    return None


def _put_off(failed: Effect, problem: Exception, now: datetime) -> None:
    failed.attempts += 1
    failed.error = f"{type(problem).__name__}: {problem}"[:1000]
    if failed.attempts > len(BACK_OFF):
        failed.given_up_at = now
    else:
        failed.due_at = now + timedelta(seconds=BACK_OFF[failed.attempts - 1])
    failed.save(update_fields=["attempts", "error", "given_up_at", "due_at"])
    log.warning("Effect %s failed (try %s): %s", failed.key, failed.attempts, failed.error)


def try_again(failed: Iterable[Effect], now: datetime) -> int:
    """A person asks for another try of effects that wait or were given up."""
    keys = [each.pk for each in failed]
    return Effect.objects.filter(pk__in=keys, done_at=None).update(due_at=now, given_up_at=None)
