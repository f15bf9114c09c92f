"""The clock: publishes and expires what is due, at its second. The database says what is due; a run twice or late is safe."""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.accounts.models import User
from portal.editorial import batches, effects, registry
from portal.editorial.actions.refusal import Refused
from portal.editorial.actions.stepping import take_step
from portal.editorial.models import Edition, Heartbeat

log = logging.getLogger(__name__)

NAME = "clock"
BATCH = 250


def tick(*, look_ahead: timedelta, now: Callable[[], datetime], sleep: Callable[[float], object]) -> int:
    """Release all that is due; then, for each second within the look-ahead, prepare, sleep to it, and release that too.

    Answers how many editions went out. `now` and `sleep` are handed in, so that a test can hold the clock.
    """
    latest = now()
    released = run(latest)
    seen(now())  # after a run that did not break: a clock that cannot work is not alive
    horizon = now() + look_ahead
    while (moment := _next_moment(latest, horizon)) is not None:
        latest = moment
        ready = batches.prepare_due(moment, while_there_is_time=partial(_is_before, moment, now))
        sleep(max(0.0, (moment - now()).total_seconds()))
        released += run(max(moment, now()), ready=ready)
    return released


def _is_before(moment: datetime, now: Callable[[], datetime]) -> bool:
    return now() < moment


def run(now: datetime, *, by: User | None = None, ready: Iterable[batches.Batch] = ()) -> int:
    """Release and expire everything due at this moment, and do what follows. Answers how many editions changed."""
    changed = batches.release_due(now, by=by, ready=ready) + _expire(now)
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


def _next_moment(after: datetime, horizon: datetime) -> datetime | None:
    """The next hour somebody is scheduled for; what failed already waits for a person."""
    due = Edition.objects.due(horizon).filter(failed_at=None, publish_at__gt=after)
    return due.order_by("publish_at").values_list("publish_at", flat=True).first()


def expiry_explanation(language: str) -> str:
    """What readers are told of a text whose time has ended."""
    with override(language):
        return _("This text was published for a limited time, which has ended.")


def _expire(now: datetime) -> int:
    """Expiry is the clock's withdraw, with a standard explanation."""
    expired = 0
    for edition in Edition.objects.expired(now).order_by("expire_at")[:BATCH]:
        explanation = expiry_explanation(edition.language)
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
