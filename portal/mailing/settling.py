"""What the server's answer comes to: the state of the copy, and what is learned from a no."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from portal.mailing import paces
from portal.mailing.actions import pausing, suppressing
from portal.mailing.models import Delivery, Suppression
from portal.mailing.transport import Answer

State = Delivery.State

#: After each temporary refusal, how long to wait; after the last the letter counts as refused (RFC 5321 §4.5.4.1).
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
RESTS = {"asked": timedelta(minutes=5), "policy": timedelta(hours=1)}


def settle(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """Write down what the server said, and what follows from it."""
    if answer.is_yes:
        _answered(delivery, State.ACCEPTED, answer, now)
    elif answer.is_for_now and delivery.attempts < len(RETRIES):
        _put_off(delivery, answer, now)
    else:
        _answered(delivery, State.REFUSED, answer, now)
    if not answer.is_yes:
        _learn(delivery, answer, now)


def _answered(delivery: Delivery, state: Any, answer: Answer, now: datetime) -> None:
    own(delivery).update(
        state=state, lease_until=None, answered_at=now, reply=str(answer), attempts=F("attempts") + 1
    )


def _put_off(delivery: Delivery, answer: Answer, now: datetime) -> None:
    own(delivery).update(
        state=State.QUEUED, claimed_by="", lease_until=None, reply=str(answer), answered_at=now,
        attempts=F("attempts") + 1, due_at=now + RETRIES[delivery.attempts],
    )  # fmt: skip


def refuse(delivery: Delivery, reason: str, now: datetime) -> None:
    own(delivery).update(state=State.REFUSED, lease_until=None, answered_at=now, reason=reason[:300])


def _learn(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """A no says something about the address, about the domain's patience, or about us (RFC 3463)."""
    if answer.code == 421 or answer.status.startswith("4.7."):
        paces.rest(delivery.domain, now + RESTS["asked"], str(answer))
    elif answer.status.startswith("5.7."):
        paces.rest(delivery.domain, now + RESTS["policy"], str(answer))
    elif answer.status.startswith("5.1."):
        suppressing.suppress(
            delivery.email, cause=Suppression.Cause.UNKNOWN_ADDRESS, reason=str(answer), by=None, now=now
        )
    if delivery.mailing_id:
        pausing.pause_after_errors(delivery.mailing_id, now=now)


def own(delivery: Delivery) -> QuerySet:
    """The row while it is this worker's; an answer that comes late still counts, a person's decision counts more."""
    return Delivery.objects.filter(pk=delivery.pk, claimed_by=delivery.claimed_by)
