"""The clock of seats."""

import logging

from celery import shared_task
from django.utils import timezone

from training.actions import registering, reminding, seats
from training.models import Event, Registration

log = logging.getLogger(__name__)


@shared_task(name="training.tasks.promote_waiting")
def promote_waiting() -> None:
    """End offers nobody answered, and offer what is free: kept seats are released by the hour, without anybody's deed."""
    now = timezone.now()
    for registration in Registration.objects.lapsing(now):
        try:
            seats.lapse(registration, now=now)
        except Exception:  # one bad row never stops the rest
            log.exception("the offer to registration %s", registration.pk)
    for event in Event.objects.waited_for():
        try:
            seats.promote_waiting(event, now=now)
        except Exception:
            log.exception("those who wait for event %s", event.pk)


@shared_task(name="training.tasks.remind")
def remind() -> None:
    """Remind those with a seat; a late run catches up."""
    now = timezone.now()
    for registration, days in reminding.due(now):
        try:
            reminding.remind(registration, days, now=now)
        except Exception:
            log.exception("the reminder to registration %s", registration.pk)


@shared_task(name="training.tasks.forget_unconfirmed")
def forget_unconfirmed() -> None:
    """Delete wishes whose address was not confirmed in time."""
    registering.forget_unconfirmed(timezone.now())
