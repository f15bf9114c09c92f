"""When an article was published: the line that holds nothing but a date."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from news.legacy_page.lines import Line
from portal.languages.dates import InvalidDate, find_days, parse_date
from portal.languages.folding import fold

_LONGEST = 80
_DAY = re.compile(
    r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|ngay \d{1,2} thang \d{1,2} nam \d{4}|\d{4}-\d{2}-\d{2}t?"
)
_AROUND = re.compile(
    r"\d{1,2}\s?(?::|h|gio)\s?\d{2}(?:\s?(?::|phut)\s?\d{0,2})?"
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn)\b"
    r"|\b(?:ngay|gio|luc|vao|cap nhat|dang|dang tai|xuat ban|phat hanh|gui|tao|thoi gian|lan cuoi|sua|bai)\b"
    r"|\b(?:updated?|published|posted|date|on|at|sa|ch|am|pm|ict)\b|\b(?:gmt|utc)\s?\+\s?0?7\b(?::00)?"
)
_YEAR_IN_NAME = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?:[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01]))?(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date line: its words, what it says (None when no calendar has it), whether the weekday disagrees."""

    text: str
    published: date | datetime | None
    weekday_differs: bool = False

    @property
    def day(self) -> date | None:
        return self.published.date() if isinstance(self.published, datetime) else self.published


def stamp_of(line: Line) -> Stamp | None:
    """The date a line holds when it holds nothing else, None for any other line."""
    if len(line.text) > _LONGEST:
        return None
    folded = fold(line.text)
    without_day, days = _DAY.subn(" ", folded)
    if not days or re.search(r"\w", _AROUND.sub(" ", without_day)):
        return None
    return stamp(line.text)


def stamp(text: str) -> Stamp:
    """What a text that stands for a date says."""
    try:
        parsed = parse_date(text)
    except InvalidDate:
        return Stamp(text, None)
    return Stamp(text, parsed.moment or parsed.day, bool(parsed.warnings))


def named_day(filename: str) -> tuple[int | None, date | None]:
    """The year and the day a file's name holds: "hop-bao_2018-10-05.html", "ban-tin-2023.txt"."""
    found = _YEAR_IN_NAME.search(filename)
    if not found:
        return None, None
    year = int(found[1])
    try:
        return year, date(year, int(found[2]), int(found[3])) if found[2] else None
    except ValueError:
        return year, None


def latest_year(text: str) -> int | None:
    """The year of the latest day a text speaks of: it was not written before."""
    return max((day.year for _start, _end, day in find_days(fold(text))), default=None)
