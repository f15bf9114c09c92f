"""The clock of the enquiry desk."""

import logging

from celery import shared_task
from django.utils import timezone

from portal.duties.models import limit_on
from portal.languages.dates import vietnamese_day
from pressroom.actions import forgetting, units
from pressroom.models import UnitRequest

log = logging.getLogger(__name__)


@shared_task(name="pressroom.tasks.watch_units")
def watch_units() -> None:
    """Remind units whose time is nearly over, and tell the head of those that are late; a late run catches up."""
    now = timezone.now()
    limit = limit_on("unit-reminded", vietnamese_day(now))
    remind = UnitRequest.objects.to_remind(now + limit.span) if limit else UnitRequest.objects.none()
    for deed, due in ((units.remind, remind), (units.escalate, UnitRequest.objects.to_escalate(now))):
        for request in due:
            try:
                deed(request, now=now)
            except Exception:  # one bad row never stops the rest
                log.exception("request %s to a unit", request.pk)


@shared_task(name="pressroom.tasks.forget_enquirers")
def forget_enquirers() -> None:
    """Erase the particulars of those who asked long ago."""
    forgetting.forget_due(timezone.now())
