"""The clocks of permits on the desk of those who run events: what is late is a flag, what comes near an errand."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.duties.models import limits_at_hand
from portal.editorial.errands import Errand, Heap
from portal.editorial.flags import Flag
from portal.languages.dates import short_day, vietnamese_day
from training.models import Permit
from training.rules import permits
from training.rules.permits import Clock

RUNS = "training.run_event"
NEAR = timedelta(days=30)  # what is due later is nobody's errand yet


def flags(person: Any, now: datetime) -> Iterator[Flag]:
    """See `portal.editorial.flags`."""
    if not person.has_perm(RUNS):
        return
    day = vietnamese_day(now)
    for permit, clock in _running(day):
        if clock.is_late(day):
            said = {
                "what": clock.words,
                "event": permit.event,
                "day": _day(clock.due),
                "law": clock.law.citation,
            }
            yield Flag(_("%(what)s: %(event)s. It was due by %(day)s (%(law)s).") % said, _where(permit))


def errands(person: Any, now: datetime) -> Iterator[Heap]:
    """See `portal.editorial.errands`."""
    if not person.has_perm(RUNS):
        return
    day = vietnamese_day(now)
    lines = [
        Errand(f"{clock.words}: {permit.event}", _where(permit), _facts(clock))
        for permit, clock in sorted(_running(day), key=lambda each: each[1].due)
        if day <= clock.due <= day + NEAR
    ]
    yield Heap(
        "permits",
        _("Permits of events with a foreign element"),
        [*_yearly(day), *lines],
        reverse("admin:training_permits"),
    )


def _running(day: date) -> list[tuple[Permit, Clock]]:
    """Every clock that runs: three queries, however many do."""
    law_on = limits_at_hand()
    found = Permit.objects.running().select_related("event").prefetch_related("consultations")
    return [(permit, clock) for permit in found for clock in permits.clocks(permit, day, law_on)]


def _facts(clock: Clock) -> str:
    due = _("by %(day)s") % {"day": _day(clock.due)}
    return f"{clock.about}, {due}" if clock.about else due


def _yearly(day: date) -> list[Errand]:
    """The yearly report, from a month before its day until its day is over."""
    found = permits.yearly_period(day)
    if found is None:
        return []
    rule, period = found
    if not period.due - permits.ANNOUNCED <= day <= period.due:
        return []
    address = f"{reverse('admin:training_permits')}?year={period.year}"
    return [Errand(f"{rule.name}, {period.year}", address, _("by %(day)s") % {"day": _day(period.due)})]


def _where(permit: Permit) -> str:
    return reverse("admin:training_event_permit", args=[permit.event_id])


def _day(day: date) -> str:
    return short_day(day, get_language() or "vi")
