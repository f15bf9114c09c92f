"""Stopping a mailing at any moment, by a person or after a run of errors, and going on."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.mailing.actions import addressing
from portal.mailing.models import Delivery, Mailing

State = Mailing.State

#: So many refusals one after the other say that something is wrong with us, not with them.
RUN_OF_ERRORS = 10


@transaction.atomic
def pause(mailing: Mailing, *, by: User | None, now: datetime, why: str = "") -> Mailing:
    """Hand over nothing more; the letter whose words are travelling at this moment still arrives."""
    return _turn(mailing, {State.SENDING}, State.PAUSED, by=by, now=now, why=why)


@transaction.atomic
def resume(mailing: Mailing, *, by: User, now: datetime) -> Mailing:
    return _turn(mailing, {State.PAUSED}, State.SENDING, by=by, now=now, why="")


@transaction.atomic
def cancel(mailing: Mailing, *, by: User | None, now: datetime, why: str) -> Mailing:
    """Recall what has not gone out. What has, has: its recipients are those a correction would go to."""
    mailing = _turn(
        mailing, {State.DRAFT, State.ADDRESSING, State.APPROVED, State.SENDING, State.PAUSED}, State.CANCELLED,
        by=by, now=now, why=why,
    )  # fmt: skip
    addressing.give_up(mailing)
    mailing.deliveries.filter(state__in=[Delivery.State.QUEUED, Delivery.State.CLAIMED]).update(
        state=Delivery.State.EXCLUDED, lease_until=None, reason=_("the mailing was cancelled")
    )
    return mailing


def pause_after_errors(pk: int, *, now: datetime) -> None:
    """Pause a mailing whose last answers were all refusals."""
    answered = Delivery.objects.filter(mailing=pk).exclude(answered_at=None)
    last = list(answered.order_by("-answered_at", "-pk").values_list("state", flat=True)[:RUN_OF_ERRORS])
    if len(last) == RUN_OF_ERRORS and Delivery.State.ACCEPTED not in last:
        mailing = Mailing.objects.get(pk=pk)
        if mailing.state == State.SENDING:
            pause(
                mailing,
                by=None,
                now=now,
                why=_("the last %(count)d answers were refusals") % {"count": len(last)},
            )


def _turn(
    mailing: Mailing, sources: set[Any], to: Any, *, by: User | None, now: datetime, why: str
) -> Mailing:
    """Raises Refused when the mailing is in another state."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state not in sources:
        raise Refused(
            _("This is not possible while the mailing is “%(state)s”.")
            % {"state": mailing.get_state_display()}
        )
    mailing.state, mailing.state_since, mailing.reason = to, now, why[:300]
    mailing.save(update_fields=["state", "state_since", "reason"])
    record(mailing, str(to), by=by, now=now, note=why)
    return mailing
