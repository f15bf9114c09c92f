"""The spans reports are made for: a quarter, six months, a year, a period of years, any days (DOMAIN row 52).

As an address says them: "2017", "2017-Q3", "2017-H1", "2015-2017", "2017-06-01..2017-07-15".
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.languages.dates import Quarter, quarter_of, short_day

_YEAR = r"(?P<year>(?:19|20|21)\d\d)"
_FORMS = {
    "year": re.compile(rf"{_YEAR}"),
    "quarter": re.compile(rf"{_YEAR}-Q(?P<part>[1-4])"),
    "half": re.compile(rf"{_YEAR}-H(?P<part>[12])"),
    "years": re.compile(rf"{_YEAR}-(?P<until>(?:19|20|21)\d\d)"),
    "days": re.compile(r"(?P<first>\d{4}-\d\d-\d\d)\.\.(?P<last>\d{4}-\d\d-\d\d)"),
}


class NoSuchSpan(ValueError):
    """The text names no span of time."""


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both in it."""

    key: str
    kind: str
    first: date
    last: date

    def title(self, language: str) -> str:
        """ "Quý III/2017", "6 tháng đầu năm 2017", "Năm 2017", "Giai đoạn 2015–2017", "Từ … đến …"."""
        with override(language):
            if self.kind == "quarter":
                return quarter_of(self.first).title(language)
            if self.kind == "half":
                words = _("First half of %(year)d") if self.first.month == 1 else _("Second half of %(year)d")
                return words % {"year": self.first.year}
            if self.kind == "year":
                return _("Year %(year)d") % {"year": self.first.year}
            if self.kind == "years":
                return _("Period %(first)d–%(last)d") % {"first": self.first.year, "last": self.last.year}
            days = {"first": short_day(self.first, language), "last": short_day(self.last, language)}
            return _("From %(first)s to %(last)s") % days

    @property
    def before(self) -> "Span | None":
        """The span of the same kind that ends where this one begins; None beyond the years we count in."""
        return self._moved_in_reason(-1)

    @property
    def after(self) -> "Span | None":
        return self._moved_in_reason(1)

    def _moved_in_reason(self, by: int) -> "Span | None":
        try:
            return span_called(self._moved(by).key)
        except (NoSuchSpan, ValueError, OverflowError):
            return None

    def _moved(self, by: int) -> "Span":
        if self.kind in {"quarter", "half", "year"}:
            months = {"quarter": 3, "half": 6, "year": 12}[self.kind]
            place = self.first.year * 12 + self.first.month - 1 + by * months
            return _months(place // 12, place % 12 + 1, self.kind)
        if self.kind == "years":
            years = (self.last.year - self.first.year + 1) * by
            return span_called(f"{self.first.year + years}-{self.last.year + years}")
        length = (self.last - self.first + timedelta(days=1)) * by
        return days(self.first + length, self.last + length)


def span_called(text: str) -> Span:
    """The span of an address. Raises NoSuchSpan."""
    for kind, form in _FORMS.items():
        if found := form.fullmatch(text):
            try:
                return _read(kind, found)
            except (ValueError, OverflowError) as problem:
                raise NoSuchSpan(text) from problem
    raise NoSuchSpan(text)


def days(first: date, last: date) -> Span:
    """Any days. Raises NoSuchSpan when the last stands before the first."""
    if last < first:
        raise NoSuchSpan(f"{first}..{last}")
    return Span(f"{first}..{last}", "days", first, last)


def year(number: int) -> Span:
    return Span(str(number), "year", date(number, 1, 1), date(number, 12, 31))


def quarter_span(day: date) -> Span:
    return _months(quarter_of(day).year, quarter_of(day).number * 3 - 2, "quarter")


def half_span(day: date) -> Span:
    return _months(day.year, 1 if day.month < 7 else 7, "half")


def _read(kind: str, found: re.Match[str]) -> Span:
    if kind == "days":
        return days(date.fromisoformat(found["first"]), date.fromisoformat(found["last"]))
    own = int(found["year"])
    if kind == "year":
        return year(own)
    if kind == "years":
        until = int(found["until"])
        if until < own:
            raise NoSuchSpan(found.string)
        return Span(found.string, "years", date(own, 1, 1), date(until, 12, 31))
    part = int(found["part"])
    return _months(own, part * (3 if kind == "quarter" else 6) - (2 if kind == "quarter" else 5), kind)


def _months(own: int, month: int, kind: str) -> Span:
    if kind == "year":
        return year(own)
    last = month + (2 if kind == "quarter" else 5)
    key = f"{own}-Q{Quarter(own, last // 3).number}" if kind == "quarter" else f"{own}-H{last // 6}"
    return Span(key, kind, date(own, month, 1), date(own, last, monthrange(own, last)[1]))
