"""Reminders: three days and one day before, once each however often the clock asks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from portal.languages.dates import vietnamese_day
from portal.mailing.models import Delivery
from training.mails import seats as mails
from training.models import Event, Registration
from training.rules import window

DAYS = (3, 1)


def due(now: datetime) -> Iterator[tuple[Registration, int]]:
    """Who is to be reminded, and how many days before. Nobody of a moment that had gone by when they got their seat."""
    for event in _soon(now):
        start = window.starts_at(event)
        days = min((each for each in DAYS if start - timedelta(days=each) <= now < start), default=None)
        if days is not None:
            yield from ((each, days) for each in _unreminded(event, days, start - timedelta(days=days)))


def _soon(now: datetime) -> list[Event]:
    day = vietnamese_day(now)
    known = Q(precision__in=[Event.Precision.DAY, Event.Precision.EXACT])
    within = Q(begins_on__range=(day, day + timedelta(days=max(DAYS))))
    return list(Event.objects.originals().filter(known, within, progress__in=Event.OPEN).order_by("pk"))


def _unreminded(event: Event, days: int, moment: datetime) -> list[Registration]:
    """Two queries."""
    seated = list(event.registrations.seated().filter(state_since__lte=moment, purged_at=None))
    for each in seated:
        each.event = event
    keys = {mails.reminder_key(each, days): each for each in seated}
    sent = set(Delivery.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    return [each for key, each in keys.items() if key not in sent]


def remind(registration: Registration, days: int, *, now: datetime) -> None:
    mails.reminder(registration, days, now=now)
