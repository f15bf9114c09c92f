"""The clock's work. Each task asks the database what is due; none keeps a state of its own."""

import time
from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from portal.editorial import clock, effects


@shared_task
def tick() -> None:
    """Publish and expire whatever has reached its hour, to the second; a late run catches up."""
    clock.tick(look_ahead=timedelta(seconds=settings.CLOCK_TICK_SECONDS), now=timezone.now, sleep=time.sleep)


@shared_task
def do_effects() -> None:
    """Do the effects that wait: those of people's steps, and those that failed and are due again."""
    effects.do_waiting(timezone.now())
