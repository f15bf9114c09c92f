"""The shelf's work. Each task asks the database what is due; none keeps a state of its own."""

from celery import shared_task
from django.utils import timezone

from publications import watching


@shared_task
def watch_pins() -> None:
    """Stop issues that hold a text corrected or taken down since, and tell whoever made them."""
    watching.watch(timezone.now())
