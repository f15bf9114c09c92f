"""The clock: publishes and expires what is due, at its second. The database says what is due; a run twice or late is safe."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.editorial import content, effects, registry
from portal.editorial.actions.refusal import Refused
from portal.editorial.actions.releasing import release
from portal.editorial.actions.stepping import take_step
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Heartbeat, Publishable, State
from portal.editorial.states import STEPS

log = logging.getLogger(__name__)

NAME = "clock"
BATCH = 250


def tick(*, look_ahead: timedelta, now: Callable[[], datetime], sleep: Callable[[float], object]) -> int:
    """Release all that is due, then sleep to each exact second within the look-ahead and release that too.

    Answers how many editions went out. `now` and `sleep` are handed in, so that a test can hold the clock.
    """
    released = run(now())
    seen(now())  # after a run that did not break: a clock that cannot work is not alive
    horizon = now() + look_ahead
    while (moment := _next_moment(horizon)) is not None:
        sleep(max(0.0, (moment - now()).total_seconds()))
        if not (out := run(max(moment, now()))):
            break
        released += out
    return released


def run(now: datetime, *, by: User | None = None) -> int:
    """Release and expire everything due at this moment, and do what follows. Answers how many editions changed."""
    changed = sum(_release_due(model, now, by) for model in registry.models()) + _expire(now)
    effects.do_waiting(timezone.now())
    return changed


def seen(now: datetime) -> None:
    """Leave a sign of life."""
    Heartbeat.objects.update_or_create(name=NAME, defaults={"seen_at": now})


def last_seen() -> datetime | None:
    return Heartbeat.objects.filter(name=NAME).values_list("seen_at", flat=True).first()


def is_alive(now: datetime) -> bool:
    """The clock was seen within the last two minutes."""
    seen_at = last_seen()
    return seen_at is not None and now - seen_at < timedelta(minutes=2)


def complaint(now: datetime) -> str | None:
    """For /readyz: why the clock is not to be relied on; None when it is."""
    seen_at = last_seen()
    if seen_at is None:
        return "the clock has never run"
    return None if is_alive(now) else f"the clock was last seen {seen_at:%Y-%m-%d %H:%M:%S}Z"


def _next_moment(horizon: datetime) -> datetime | None:
    """The next hour somebody is scheduled for; what failed already waits for a person."""
    return (
        Edition.objects.due(horizon).filter(failed_at=None).order_by("publish_at").values_list("publish_at", flat=True).first()
    )


def _release_due(model: type[Publishable], now: datetime, by: User | None) -> int:
    kind = content.ContentType.objects.get_for_model(model)
    due = Edition.objects.due(now).filter(content_type=kind)
    if by is None:
        due = due.filter(failed_at=None)
    released = 0
    waiting = list(dict.fromkeys(due.order_by("publish_at", "pk").values_list("object_id", flat=True)))
    for start in range(0, len(waiting), BATCH):
        released += _release_batch(model, waiting[start : start + BATCH], now, by)
    return released


def _release_batch(model: type[Publishable], pks: list[int], now: datetime, by: User | None) -> int:
    """One transaction for the batch; should anything in it break, one for each item, so that a bad one harms no other."""
    try:
        return _release(model, pks, now, by)
    except OperationalError:
        # The database was busy or away for a moment: nothing is wrong with the items, the next tick finds them again.
        log.warning("%d of %s left for the next tick", len(pks), model.__name__, exc_info=True)
        return 0
    except Exception as problem:  # the reason is stored with the item and shown on the desk
        if len(pks) == 1:
            _fail(model, pks[0], f"{type(problem).__name__}: {problem}", now)
            log.exception("%s %s could not be released", model.__name__, pks[0])
            return 0
    return sum(_release_batch(model, [pk], now, by) for pk in pks)


@transaction.atomic
def _release(model: type[Publishable], pks: list[int], now: datetime, by: User | None) -> int:
    items = _claim(model, pks)
    if not items:
        return 0
    ready: list[Attempt] = []
    for item in items:
        attempts = [
            Attempt(item, edition, STEPS["publish"], by, now)
            for edition in item.editions.all()
            if edition.state == State.SCHEDULED and edition.publish_at and edition.publish_at <= now
        ]
        if reason := _reason_against(attempts):
            _fail(model, item.pk, reason, now)
        else:
            ready += attempts
    if ready:
        release(ready, by=by, now=now)
    return len(ready)


def _claim(model: type[Publishable], pks: Iterable[int]) -> list[Publishable]:
    """Lock the things and their originals; what another clock or person holds at this moment is left to them."""
    copies = dict(model._default_manager.filter(pk__in=pks).values_list("pk", "working_copy_of_id"))
    wanted = sorted({pk for pair in copies.items() for pk in pair if pk is not None})
    rows = {
        row.pk: row
        for row in model._default_manager.select_for_update(skip_locked=True).filter(pk__in=wanted).order_by("pk")
    }
    items = [rows[pk] for pk, original in copies.items() if pk in rows and (original is None or original in rows)]
    for item in items:
        if item.working_copy_of_id:
            item.working_copy_of = rows[item.working_copy_of_id]
    content.load(items)
    content.prefetch_related_objects(items, "editions")
    content.prefetch_related_objects([item.root for item in items if item.is_working_copy], "editions")
    return items


def _reason_against(attempts: list[Attempt]) -> str | None:
    with override("vi"):
        for attempt in attempts:
            for guard in attempt.step.guards:
                if reason := guard(attempt):
                    return str(reason)
    return None


def _fail(model: type[Publishable], pk: int, reason: str, now: datetime) -> None:
    kind = content.ContentType.objects.get_for_model(model)
    Edition.objects.due(now).filter(content_type=kind, object_id=pk).update(
        failure=reason[:1000], failed_at=now
    )


def _expire(now: datetime) -> int:
    """Expiry is the clock's withdraw, with a standard explanation."""
    expired = 0
    for edition in Edition.objects.expired(now).order_by("expire_at")[:BATCH]:
        with override(edition.language):
            explanation = _("This text was published for a limited time, which has ended.")
        try:
            model = registry.model_of(edition.content_type_id)
            item = model._default_manager.get(pk=edition.object_id)
            take_step(item, "withdraw", language=edition.language, by=None, now=now, note=explanation)
            expired += 1
        except Refused as refusal:
            log.info("Not expired: %s (%s)", edition, refusal)
        except Exception:  # one bad row never stops the rest; it stays expired by query, and is tried again
            log.exception("Edition %s could not be expired", edition.pk)
    return expired
