"""The shelf's work. Each task asks the database what is due; none keeps a state of its own."""

from celery import shared_task
from django.utils import timezone

from publications import watching


@shared_task
def watch_pins() -> None:
    """Tell whoever made an issue of texts in it that have been corrected or taken down."""
    watching.tell_of_changes(timezone.now())
