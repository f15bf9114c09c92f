"""The clock of the register of journalists."""

import logging

from celery import shared_task
from django.utils import timezone

from portal.languages.dates import vietnamese_day
from pressroom.actions import accreditation, digests, journalists
from pressroom.models import Journalist

log = logging.getLogger(__name__)


@shared_task(name="pressroom.tasks.watch_cards")
def watch_cards() -> None:
    """Let accreditations rest whose card has run out; tell of those that soon will."""
    now = timezone.now()
    for journalist in Journalist.objects.lapsing(vietnamese_day(now)):
        try:
            journalists.lapse(journalist, now=now)
        except Exception:  # one bad record does not stop the rest
            log.exception("journalist %s could not lapse", journalist.pk)
    for journalist, days in journalists.to_remind(now):
        try:
            journalists.remind(journalist, days, now=now)
        except Exception:
            log.exception("journalist %s could not be reminded", journalist.pk)


@shared_task(name="pressroom.tasks.send_digests")
def send_digests() -> None:
    """The digests of the last day and the last week that are over, to whoever has not had them."""
    for frequency in (Journalist.Frequency.DAILY, Journalist.Frequency.WEEKLY):
        digests.send_digests(frequency, timezone.now())


@shared_task(name="pressroom.tasks.forget_what_is_over")
def forget_what_is_over() -> None:
    """Delete scans of events long over, and applications nobody confirmed."""
    accreditation.purge_files(timezone.now())
    journalists.forget_unconfirmed(timezone.now())
