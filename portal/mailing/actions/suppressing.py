"""Leaving an address alone, and writing to it again."""

from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.mailing.models import Delivery, Suppression


@transaction.atomic
def suppress(
    email: str, *, cause: Suppression.Cause, reason: str, by: User | None, now: datetime
) -> Suppression:
    """Nothing more goes to this address; what waits for it is left out. An address already left alone stays so."""
    suppression, _made = Suppression.objects.get_or_create(
        email=email.lower(),
        lifted_at=None,
        defaults={"cause": cause, "reason": reason[:300], "at": now, "by": by},
    )
    leave_out(suppression)
    return suppression


def leave_out(suppression: Suppression) -> None:
    """What waits for the address gets no further."""
    waiting = Delivery.objects.filter(
        email=suppression.email, state__in=[Delivery.State.QUEUED, Delivery.State.CLAIMED]
    )
    waiting.update(
        state=Delivery.State.EXCLUDED, lease_until=None, reason=suppression.get_cause_display()[:300]
    )


@transaction.atomic
def lift(suppression: Suppression, *, why: str, by: User, now: datetime) -> Suppression:
    """Write to this address again; who decided that, and why, is kept."""
    suppression = Suppression.objects.select_for_update().get(pk=suppression.pk)
    if suppression.lifted_at is None:
        suppression.lifted_at, suppression.lifted_by, suppression.lifted_why = now, by, why[:300]
        suppression.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    return suppression
