"""When people may ask for a seat, and until when seats change hands."""

from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages.dates import day_bounds, promised_moment
from training.models import Event

#: So long before the start the last seat is offered: whoever gets a letter later than that can hardly come.
LAST_OFFER = timedelta(hours=12)
#: So long a letter with the link to confirm an address is of use.
TO_CONFIRM = timedelta(hours=48)


def starts_at(event: Event) -> datetime:
    """When it begins, or its first day does while no hour is known."""
    return event.begins_at or day_bounds(event.begins_on)[0]


def is_over(event: Event, now: datetime) -> bool:
    """Begun, held or cancelled: seats stay as they are."""
    return not event.is_open or starts_at(event) <= now


def over_because(event: Event, now: datetime) -> str:
    """Why seats no longer change hands; "" while they do."""
    if event.progress == Event.Progress.CANCELLED:
        return _("This event is cancelled.")
    return _("This event has begun: seats stay as they are.") if is_over(event, now) else ""


def closed_because(event: Event, now: datetime) -> str:
    """Why nobody can ask for a seat now; "" when anybody can."""
    if reason := over_because(event, now):
        return reason
    if event.capacity is None:
        return _("Nobody registers here for this event.")
    if event.admission == Event.Admission.NOMINATED:
        return _("Units name who attends this event.")
    if event.opens_at and event.opens_at > now:
        return _("Registration opens at %(moment)s.") % {
            "moment": promised_moment(event.opens_at, get_language() or "vi")
        }
    if event.closes_at and event.closes_at <= now:
        return _("Registration for this event is closed.")
    return ""


def offer_until(event: Event, now: datetime) -> datetime | None:
    """Until when a seat offered now would wait: never beyond the start. None when no offer is made any more."""
    start = starts_at(event)
    if event.capacity is None or not event.is_open or start - now < LAST_OFFER:
        return None
    return min(now + timedelta(hours=event.offer_hours), start)


def confirm_until(event: Event, asked_at: datetime) -> datetime:
    """Until when an address may be confirmed."""
    return min(asked_at + TO_CONFIRM, starts_at(event))


def last_day_to_swap(event: Event) -> datetime:
    """A nominated person may be replaced until the day before: until its midnight."""
    return day_bounds(event.begins_on)[0]
