"""The calendar part of a letter (RFC 5545, RFC 5546): the event for one person, under the UID every calendar of ours gives it.

METHOD:REQUEST puts it into a calendar or moves it there by its SEQUENCE; METHOD:CANCEL takes it out.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from icalendar import Calendar, vCalAddress, vText, vUri
from icalendar import Event as Entry

from portal.languages.dates import in_ict
from training.models import Event, Registration


def request(registration: Registration, *, title: str, place: str, address: str, now: datetime) -> str:
    """ "" while the days are not known: there is nothing to put into a calendar."""
    return _calendar("REQUEST", "CONFIRMED", registration, title=title, place=place, address=address, now=now)


def cancel(registration: Registration, *, title: str, place: str, address: str, now: datetime) -> str:
    return _calendar("CANCEL", "CANCELLED", registration, title=title, place=place, address=address, now=now)


def published(registration: Registration, *, title: str, place: str, address: str, now: datetime) -> str:
    """To be kept as a file; who has a seat finds the address online in it."""
    return _calendar("PUBLISH", "CONFIRMED", registration, title=title, place=place, address=address, now=now)


def _calendar(
    method: str,
    status: str,
    registration: Registration,
    *,
    title: str,
    place: str,
    address: str,
    now: datetime,
) -> str:
    event = registration.event
    if event.precision not in {Event.Precision.DAY, Event.Precision.EXACT}:
        return ""
    entry, language = Entry(), {"LANGUAGE": registration.language}
    begins, ends = span(event)
    entry.add("uid", uid_of(event))
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", now)
    entry.add("summary", vText(title), parameters=language)
    entry.add("dtstart", begins)
    entry.add("dtend", ends)
    entry.add("status", status)
    entry.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    if method != "PUBLISH":
        entry.add("attendee", _attendee(registration))
    if event.online_url and registration.state == Registration.State.SEATED:
        entry.add("description", vText(event.online_url))
    entry.add("url", vUri(address))
    if place:
        entry.add("location", vText(place), parameters=language)
    return _around(entry, method)


def uid_of(event: Event) -> str:
    return f"training-{event.pk}@{settings.MAIL_DOMAIN}"


def span(event: Event) -> tuple[date | datetime, date | datetime]:
    """From when to when, as calendars count: of whole days, the end is the day after the last."""
    if event.begins_at and event.ends_at:
        return in_ict(event.begins_at), in_ict(event.ends_at)
    return event.begins_on, event.ends_on + timedelta(days=1)


def _attendee(registration: Registration) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{registration.email}")
    attendee.params["CN"] = vText(registration.full_name)
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    return attendee


def _around(entry: Entry, method: str) -> str:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.MAIL_DOMAIN}//Training//VI EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return calendar.to_ical().decode()
