"""The mail's work. Each task asks the database what is due; none keeps a state of its own."""

import time
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from portal.mailing import delivering, mailboxes, ways
from portal.mailing.actions import forgetting, sending

#: A task ends before the next would be started beside it for long: tiny tasks are not redelivered by the broker.
AT_MOST = timedelta(seconds=50)


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
