"""Turns: how soon the next letter may go to a domain, and to anybody at all. Rows, so that two workers share them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from portal.mailing.models import Pace
from portal.mailing.models.paces import EVERYWHERE


def take_turn(domain: str, now: datetime) -> datetime | None:
    """Take the turn of a domain, and the common one; None, or the moment at which to ask again."""
    intervals = _intervals(domain)
    return _take(intervals, now) if intervals else None


@transaction.atomic
def _take(intervals: list[tuple[str, timedelta]], now: datetime) -> datetime | None:
    for name, interval in intervals:
        if not _took(name, now, interval):
            next_at = Pace.objects.filter(domain=name).values_list("next_at", flat=True).first()
            transaction.set_rollback(True)
            return next_at
    return None


def _intervals(domain: str) -> list[tuple[str, timedelta]]:
    """The pace of a domain comes first: a common turn is not used up for a domain that must wait."""
    rates = [(domain, settings.MAIL_PER_MINUTE_AND_DOMAIN), (EVERYWHERE, settings.MAIL_PER_MINUTE)]
    return [(name, timedelta(minutes=1) / rate) for name, rate in rates if rate]


def _took(name: str, now: datetime, interval: timedelta) -> bool:
    if Pace.objects.filter(domain=name, next_at__lte=now).update(next_at=now + interval, why=""):
        return True
    return Pace.objects.get_or_create(domain=name, defaults={"next_at": now + interval})[1]


def rest(domain: str, until: datetime, why: str) -> None:
    """Nothing goes to a domain for a while, because its server asked for that."""
    Pace.objects.get_or_create(domain=domain, defaults={"next_at": until, "why": why[:300]})
    Pace.objects.filter(domain=domain, next_at__lt=until).update(next_at=until, why=why[:300])
