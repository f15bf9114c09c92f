"""The mail's work. Each task asks the database what is due; none keeps a state of its own."""

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.mailing import delivering, mailboxes, ways
from portal.mailing.actions import addressing, forgetting, sending

#: A task ends before the next would be started beside it for long: tiny tasks are not redelivered by the broker.
AT_MOST = timedelta(seconds=50)
#: Copies are made by one worker at a time: a second is not kept waiting for long.
A_TICK = timedelta(seconds=settings.CLOCK_TICK_SECONDS)


@shared_task
def address() -> None:
    """Make the copies of what has been approved; the next run goes on where this one ends."""
    addressing.address_waiting(now=timezone.now, until=timezone.now() + A_TICK)


@shared_task
def send_due() -> None:
    """Start the mailings whose hour has come."""
    sending.send_due(timezone.now())


@shared_task
def fetch_bounces() -> None:
    """Enter what came back."""
    mailboxes.fetch(timezone.now())


@shared_task
def forget_words() -> None:
    """Empty letters whose words were meant for one person and one day."""
    forgetting.forget_words(timezone.now())


@shared_task
def deliver() -> None:
    """Hand over what waits; whatever is left is found again by the next run."""
    delivering.deliver_waiting(
        ways.connect, now=timezone.now, sleep=time.sleep, until=timezone.now() + AT_MOST
    )


def deliver_at_once() -> None:
    """Once this transaction is committed, do not wait for the next tick. Without a broker the tick comes all the same."""
    transaction.on_commit(deliver.delay, robust=True)
