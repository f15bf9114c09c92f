"""The clock of surveys."""

import logging

from celery import shared_task
from django.utils import timezone

from training.actions import surveys
from training.models import Wave

log = logging.getLogger(__name__)


@shared_task(name="training.tasks.ask_participants")
def ask_participants() -> None:
    """Ask those who came, at the end and after 90 days; a late run catches up, a second one asks nobody twice."""
    now = timezone.now()
    for wave in Wave.values:
        for event in surveys.due(wave, now):
            try:
                surveys.ask(event, wave, now=now)
            except Exception:  # one bad row never stops the rest
                log.exception("survey of event %s", event.pk)
