"""Reading a day, with or without an hour, as Vietnamese pages and people write them; the day comes first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from portal.languages.dates.words import MONTHS, WEEKDAYS
from portal.languages.dates.zone import ICT, in_ict
from portal.languages.folding import fold

WEEKDAY_MISMATCH = "weekday-mismatch"

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_NUMBERS |= {name[:3].lower(): number for number, name in enumerate(MONTHS, start=1)}
_WEEKDAY_NUMBERS = {fold(name): number for names in WEEKDAYS.values() for number, name in enumerate(names)}
_WEEKDAY_NUMBERS |= {f"thu {number + 2}": number for number in range(6)} | {"cn": 6}

_DAYS = [
    re.compile(
        r"(?<![\w/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4})(?![\w/-])"
    ),
    re.compile(r"\bngay\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam\s+(?P<year>\d{4})\b"),
    re.compile(r"(?<![\w/.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w/-])"),
    re.compile(
        rf"(?<![\w/.-])(?P<day>\d{{1,2}})\s+(?P<month>{'|'.join(_MONTH_NUMBERS)})\.?,?\s+(?P<year>\d{{4}})\b"
    ),
]
_HOUR = re.compile(
    r"(?<![\w:/.])(?P<hour>\d{1,2})(?:\s*(?::|h|gio)\s*(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"|\s*(?:h|gio)\b)(?:\s*phut\b)?(?:\s*(?P<half>sa|ch|am|pm)\b)?(?![\d:])"
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(sorted(_WEEKDAY_NUMBERS, key=len, reverse=True))})\b")


class InvalidDate(ValueError):
    """The text holds no day, more than one, or one that the calendar does not have."""


@dataclass(frozen=True)
class ParsedDate:
    """A day, its hour if one was written, and what an editor should look at again."""

    day: date
    hour: time | None = None
    warnings: tuple[str, ...] = ()

    @property
    def moment(self) -> datetime | None:
        """The instant on a Vietnamese clock, None without an hour."""
        return datetime.combine(self.day, self.hour, tzinfo=ICT) if self.hour is not None else None


def parse_date(text: str) -> ParsedDate:
    """Read "Thứ sáu 21/09/2018 11:32", "2:30 CH 22/06/2017", "ngày 07 tháng 9 năm 2015".

    Never guesses: 13/25/2018 is not turned round, two-digit years are refused. An ISO moment with an
    offset is moved to the Vietnamese clock. `InvalidDate` when there is not exactly one real day.
    """
    if moment := _iso_moment(text.strip()):
        return ParsedDate(moment.date(), moment.time())
    folded = fold(text)
    matches = list(_day_matches(folded))
    if len(matches) != 1:
        raise InvalidDate(f"exactly one day is expected: {text!r}")
    day = _calendar_day(matches[0])
    if day is None:
        raise InvalidDate(f"no such day: {text!r}")
    rest = folded[: matches[0].start()] + " | " + folded[matches[0].end() :]
    return ParsedDate(day, _hour(rest), _weekday_warning(rest, day))


def find_days(folded: str) -> Iterator[tuple[int, int, date]]:
    """The days written out in a folded text: start, end, day; impossible ones are passed over."""
    for found in _day_matches(folded):
        if day := _calendar_day(found):
            yield found.start(), found.end(), day


def _iso_moment(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}", text):
        return None
    try:
        moment = datetime.fromisoformat(text)
        return in_ict(moment if moment.tzinfo else moment.replace(tzinfo=ICT))
    except (ValueError, OverflowError) as problem:
        raise InvalidDate(f"not an ISO moment: {text!r}") from problem


def _day_matches(folded: str) -> Iterator[re.Match[str]]:
    for form in _DAYS:
        yield from form.finditer(folded)


def _calendar_day(found: re.Match[str]) -> date | None:
    month = found["month"]
    try:
        return date(int(found["year"]), _MONTH_NUMBERS.get(month) or int(month), int(found["day"]))
    except ValueError:
        return None


def _hour(rest: str) -> time | None:
    matches = list(_HOUR.finditer(rest))
    if not matches:
        return None
    if len(matches) > 1:
        raise InvalidDate("more than one hour is written")
    found = matches[0]
    try:
        return time(_hour_of_day(found), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError as problem:
        raise InvalidDate(f"no such hour: {found[0]!r}") from problem


def _hour_of_day(found: re.Match[str]) -> int:
    """SA and AM keep the morning, CH and PM mean the afternoon; 12 SA is midnight, "14:30 CH" is 14:30."""
    hour, half = int(found["hour"]), found["half"]
    if half in {"sa", "am"}:
        if hour > 12:
            raise InvalidDate(f"no such hour in the morning: {found[0]!r}")
        return hour % 12
    if half in {"ch", "pm"} and hour <= 12:
        return hour % 12 + 12
    return hour


def _weekday_warning(rest: str, day: date) -> tuple[str, ...]:
    found = _WEEKDAY.search(rest)
    if found is None or _WEEKDAY_NUMBERS[found[0]] == day.weekday():
        return ()
    return (WEEKDAY_MISMATCH,)
