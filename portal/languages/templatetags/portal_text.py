"""Dates, hours, numbers and shortening for templates, in the language of the page being rendered.

Empty values give empty text, so a template need not ask first.
"""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from portal.languages import DEFAULT, LANGUAGES, dates, numbers, truncation

register = template.Library()


@register.simple_tag
def clock(now: datetime) -> str:
    """The line in the page header: "Thứ sáu, 21/09/2018 11:32"."""
    return dates.header(now, _page_language())


@register.filter
def ict_datetime(moment: datetime | None) -> str:
    """ "14/12/2018 11:32" or "14 December 2018, 11:32"."""
    return dates.short_moment(moment, _page_language()) if moment else ""


@register.filter
def ict_promised(moment: datetime | None) -> str:
    """The same of an hour somebody named, with its seconds where it has any: "14/12/2018 11:32:05"."""
    return dates.promised_moment(moment, _page_language()) if moment else ""


@register.filter
def ict_date(moment: date | datetime | None) -> str:
    """ "14/12/2018" or "14 December 2018"; a plain day is taken as it is."""
    return dates.short_day(moment, _page_language()) if moment else ""


@register.filter
def ict_weekday(day: date | datetime | None) -> str:
    """ "Thứ sáu, 14/12/2018" or "Friday, 14 December 2018"."""
    language = _page_language()
    return f"{dates.weekday(day, language)}, {dates.short_day(day, language)}" if day else ""


@register.filter
def ict_time(moment: datetime | None) -> str:
    """ "11:32"."""
    return dates.clock(moment) if moment else ""


@register.filter
def iso(moment: date | datetime | None) -> str:
    """For `<time datetime>`: "2018-12-14T11:32:00+07:00", or "2018-12-14" for a plain day."""
    if not moment:
        return ""
    if isinstance(moment, datetime):
        return dates.in_ict(moment).isoformat(timespec="seconds")
    return moment.isoformat()


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """ "1.490.000" or "1,490,000"; 0 is a number, None is empty."""
    return "" if value is None or value == "" else numbers.number(value, _page_language())


@register.filter
def file_size(size: int | None) -> str:
    """Bytes as "1,2 MB" or "1.2 MB"."""
    return "" if size is None or size == "" else numbers.file_size(size, _page_language())


@register.filter
def truncate_syllables(text: str | None, length: int) -> str:
    """Plain text of at most `length` characters, never cut inside a syllable."""
    return truncation.truncate(str(text), length) if text else ""


def _page_language() -> str:
    language = (get_language() or DEFAULT)[:2]
    return language if language in LANGUAGES else DEFAULT
