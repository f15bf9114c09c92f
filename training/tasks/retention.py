"""The clock of what is kept of participants."""

from celery import shared_task
from django.utils import timezone

from training.actions import retention


@shared_task(name="training.tasks.erase_what_is_over")
def erase_what_is_over() -> None:
    """Erase what is known of participants and no longer needed; a late run catches up."""
    retention.purge_due(timezone.now())
