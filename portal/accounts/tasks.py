"""The clock's part in accounts."""

from celery import shared_task
from django.utils import timezone

from portal.accounts import actions


@shared_task
def close_idle_accounts() -> None:
    """Close the accounts nobody has signed in to for 45 days."""
    actions.close_idle_accounts(timezone.now())
