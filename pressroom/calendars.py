"""Briefings as calendars read them (RFC 5545): stable UID, SEQUENCE raised by each change, STATUS:CANCELLED when called off.

A calendar takes what is known to the day; a month is a tentative whole-day entry, a quarter is none at all.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText, vUri

from portal.languages.dates import in_ict
from pressroom.briefing_facts import Facts, When

STATUS = {"provisional": "TENTATIVE", "confirmed": "CONFIRMED", "held": "CONFIRMED", "cancelled": "CANCELLED"}
MONTH = relativedelta(months=1)


def has_an_entry(facts: Facts) -> bool:
    return facts["precision"] in {"month", "exact"}


def calendar_of(entries: Iterable[Any], *, name: str, origin: str, method: str = "PUBLISH") -> bytes:
    """The calendar of these entries of one language; `origin` makes their addresses whole."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.MAIL_DOMAIN}//Press briefings//VI EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Ho_Chi_Minh")
    for entry in entries:
        if has_an_entry(entry.face["facts"]):
            calendar.add_component(_event(entry, origin))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def single(entry: Any, *, name: str, origin: str) -> bytes:
    """One briefing; METHOD:CANCEL when it was called off, so that a calendar that has it takes it out."""
    cancelled = entry.face["facts"]["progress"] == "cancelled"
    return calendar_of([entry], name=name, origin=origin, method="CANCEL" if cancelled else "PUBLISH")


def _event(entry: Any, origin: str) -> Event:
    facts, when = entry.face["facts"], When.read(entry.face["facts"])
    event = Event()
    event.add("uid", f"briefing-{entry.object_id}@{settings.MAIL_DOMAIN}")
    event.add("sequence", facts["sequence"])
    event.add("dtstamp", datetime.fromisoformat(facts["decided"]))
    event.add("last-modified", datetime.fromisoformat(facts["decided"]))
    event.add("summary", vText(entry.title), parameters={"LANGUAGE": entry.language})
    event.add(
        "description", vText(_description(entry, facts, origin)), parameters={"LANGUAGE": entry.language}
    )
    if facts["place"]:
        event.add("location", vText(facts["place"]), parameters={"LANGUAGE": entry.language})
    event.add("url", vUri(origin + entry.url))
    event.add("status", _status(facts))
    event.add("organizer", vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}"))
    begins, ends = _span(when)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("transp", "OPAQUE" if when.begins else "TRANSPARENT")
    return event


def _status(facts: Facts) -> str:
    return (
        "TENTATIVE"
        if facts["precision"] == "month" and facts["progress"] != "cancelled"
        else STATUS[facts["progress"]]
    )


def _description(entry: Any, facts: Facts, origin: str) -> str:
    return "\n\n".join(part for part in (facts["reason"], entry.summary, origin + entry.url) if part)


def _span(when: When) -> tuple[date | datetime, date | datetime]:
    if when.begins and when.ends:
        return in_ict(when.begins), in_ict(when.ends)
    return when.day, when.day + MONTH
