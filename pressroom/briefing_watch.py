"""The duties of briefings on the desk of those who run them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from portal.editorial.flags import Flag
from pressroom.models import Briefing
from pressroom.rules import quarters

RUNS = "pressroom.run_briefing"


def flags(person: Any, now: datetime) -> Iterator[Flag]:
    """See `portal.editorial.flags`."""
    if person.has_perm(RUNS):
        for amiss in quarters.amiss(now):
            yield Flag(amiss.words, _where(amiss.briefing), amiss.grave)


def _where(briefing: Briefing | None) -> str:
    if briefing is None:
        return reverse("admin:pressroom_briefing_add")
    return reverse("admin:pressroom_briefing_when", args=[briefing.pk])
