"""When a seat at a briefing may be asked for, and by whom."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.languages.dates import vietnamese_day
from pressroom.models import Briefing, Journalist


def is_before_readers(briefing: Briefing, now: datetime) -> bool:
    """In whatever language."""
    return any(edition.is_public(now) for edition in briefing.editions.all())


def closed_because(briefing: Briefing, now: datetime) -> str:
    """Why no seat may be asked for now, for journalists; "" when one may."""
    if briefing.progress == Briefing.Progress.CANCELLED:
        return _("This briefing has been cancelled.")
    if briefing.progress == Briefing.Progress.HELD or briefing.has_begun(now):
        return _("This briefing has begun or is over.")
    if briefing.progress != Briefing.Progress.CONFIRMED:
        return _("Seats are given once the date is confirmed.")
    if briefing.asks_until and briefing.asks_until <= now:
        return _("The time for asking for a seat is over.")
    return ""


def is_accredited(journalist: Journalist, briefing: Briefing) -> bool:
    """On the day of the briefing itself, not on the day of asking."""
    day = vietnamese_day(briefing.begins_at) if briefing.begins_at else briefing.day
    return Journalist.objects.accredited(day).filter(pk=journalist.pk).exists()
