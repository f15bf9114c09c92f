"""The calendar part of a letter: the event for one person, under the UID every calendar of ours gives it (RFC 5546).

METHOD:REQUEST puts it into a calendar or moves it there by its SEQUENCE; METHOD:CANCEL takes it out.
"""

from dataclasses import replace
from datetime import datetime

from portal.web.calendars import CANCELLED, Attendee, Occasion, calendar_of, invitation
from training.calendars import occasion_for_registered
from training.models import Event, Registration
from training.rules.links import OWN

_KNOWN = (Event.Precision.DAY, Event.Precision.EXACT)


def request(registration: Registration, *, now: datetime) -> str:
    """ "" while the days are not known: there is nothing to put into a calendar."""
    return (
        _sent(registration, replace(_occasion(registration), decided=now)) if _is_dated(registration) else ""
    )


def cancel(registration: Registration, *, now: datetime) -> str:
    """For whoever does not come, whatever becomes of the event."""
    if not _is_dated(registration):
        return ""
    return _sent(registration, replace(_occasion(registration), decided=now, status=CANCELLED))


def published(registration: Registration) -> bytes:
    """To be kept as a file; who has a seat finds the address online in it. Empty while the days are not known."""
    if not _is_dated(registration):
        return b""
    seated = registration.state == Registration.State.SEATED
    online = registration.event.online_url if seated else ""
    return calendar_of(
        [_occasion(registration, online)], name=registration.event.text("title", registration.language)
    )


def _is_dated(registration: Registration) -> bool:
    return registration.event.precision in _KNOWN


def _occasion(registration: Registration, online: str = "") -> Occasion:
    language = registration.language
    own = OWN.url(registration, language)
    return occasion_for_registered(registration.event, language, own, online=online)


def _sent(registration: Registration, occasion: Occasion) -> str:
    attendee = Attendee(registration.full_name, registration.email)
    return invitation(occasion, attendee, name=occasion.title).decode()
