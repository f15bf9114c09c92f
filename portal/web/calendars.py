"""What takes place, as calendars read it (RFC 5545): stable UID, SEQUENCE raised by each change, STATUS:CANCELLED when called
off. Sections say what an occasion is; how it is written is said here and nowhere else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from portal.web.pages import absolute

CANCELLED = "CANCELLED"
CONFIRMED = "CONFIRMED"
TENTATIVE = "TENTATIVE"


@dataclass(frozen=True)
class Occasion:
    """One entry of a calendar, in one language. Whole days run to the day after the last."""

    uid: str  # without the domain
    sequence: int
    decided: datetime
    language: str
    title: str
    description: str
    place: str
    url: str
    status: str
    begins: date | datetime
    ends: date | datetime


@dataclass(frozen=True)
class Attendee:
    """Somebody an occasion is sent to."""

    name: str
    email: str


def calendar_of(occasions: Iterable[Occasion], *, name: str, method: str = "PUBLISH") -> bytes:
    """The calendar of these occasions."""
    return _written([_event(each) for each in occasions], name, method)


def single(occasion: Occasion, *, name: str) -> bytes:
    """One occasion; METHOD:CANCEL when it was called off, so that a calendar that has it takes it out."""
    return calendar_of([occasion], name=name, method="CANCEL" if occasion.status == CANCELLED else "PUBLISH")


def invitation(occasion: Occasion, attendee: Attendee, *, name: str) -> bytes:
    """One occasion for somebody who has a seat (METHOD:REQUEST), or who has none any more (METHOD:CANCEL)."""
    event = _event(occasion)
    event.add(
        "attendee",
        _address(attendee.email, attendee.name),
        parameters={"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"},
    )
    return _written([event], name, method_of(occasion))


def method_of(occasion: Occasion) -> str:
    """By which an invitation is sent."""
    return "CANCEL" if occasion.status == CANCELLED else "REQUEST"


def answer(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


def origin_of(request: HttpRequest) -> str:
    """Scheme and host, without a path: makes the addresses of occasions whole."""
    return absolute(request, "/").rstrip("/")


def _written(events: list[Event], name: str, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.MAIL_DOMAIN}//Portal//VI EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(occasion: Occasion) -> Event:
    event = Event()
    said_in = {"LANGUAGE": occasion.language}
    event.add("uid", f"{occasion.uid}@{settings.MAIL_DOMAIN}")
    event.add("sequence", occasion.sequence)
    event.add("dtstamp", occasion.decided)
    event.add("last-modified", occasion.decided)
    event.add("summary", vText(occasion.title), parameters=said_in)
    event.add("description", vText(occasion.description), parameters=said_in)
    if occasion.place:
        event.add("location", vText(occasion.place), parameters=said_in)
    event.add("url", vUri(occasion.url))
    event.add("status", occasion.status)
    event.add("organizer", _address(settings.DEFAULT_FROM_EMAIL))
    event.add("dtstart", occasion.begins)
    event.add("dtend", occasion.ends)
    event.add("transp", "OPAQUE" if isinstance(occasion.begins, datetime) else "TRANSPARENT")
    return event


def _address(email: str, name: str = "") -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    if name:
        address.params["CN"] = vText(name)
    return address
