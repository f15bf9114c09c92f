"""The date of an event, as exactly as it is known, in the words of both languages."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.languages.dates import (
    clock,
    in_ict,
    month_of_year,
    short_day,
    short_range,
    vietnamese_day,
    weekday,
)

Facts = dict[str, Any]


@dataclass(frozen=True)
class When:
    """From the first day it can be to the last; with the hours of its sessions, where it has any."""

    precision: str
    first: date
    last: date
    begins: datetime | None = None
    ends: datetime | None = None

    @classmethod
    def year(cls, year: int) -> "When":
        return cls("year", date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def month(cls, year: int, month: int) -> "When":
        first = date(year, month, 1)
        return cls("month", first, first + relativedelta(months=1, days=-1))

    @classmethod
    def days(cls, first: date, last: date | None = None) -> "When":
        return cls("day", first, last or first)

    @classmethod
    def hours(cls, begins: datetime, ends: datetime) -> "When":
        """Of sessions. What ends at midnight ends on the day before."""
        last = vietnamese_day(ends - relativedelta(microseconds=1))
        return cls("exact", vietnamese_day(begins), last, in_ict(begins), in_ict(ends))

    @classmethod
    def read(cls, said: Facts) -> "When":
        moments = [
            in_ict(datetime.fromisoformat(said[name])) if said[name] else None for name in ("begins", "ends")
        ]
        return cls(
            said["precision"], date.fromisoformat(said["first"]), date.fromisoformat(said["last"]), *moments
        )

    def said(self) -> Facts:
        return {
            "precision": self.precision, "first": self.first.isoformat(), "last": self.last.isoformat(),
            "begins": self.begins.isoformat() if self.begins else "", "ends": self.ends.isoformat() if self.ends else "",
        }  # fmt: skip

    def words(self, language: str) -> str:
        """ "Năm 2016", "Tháng 10/2016", "14-16/12/2026", "Thứ ba, 20/06/2017, 08:00-17:00"; the same in English."""
        if self.precision == "year":
            return f"Năm {self.first.year}" if language == "vi" else str(self.first.year)
        if self.precision == "month":
            return month_of_year(self.first, language)
        hours = self._hours(language)
        if self.first == self.last:
            return f"{weekday(self.first, language)}, {short_day(self.first, language)}{hours}"
        return f"{short_range(self.first, self.last, language)}{hours}"

    def _hours(self, language: str) -> str:
        """Of one day from when to when; of several, from when on the first: the sessions say the rest."""
        if self.begins is None or self.ends is None:
            return ""
        if self.first == self.last:
            return f", {clock(self.begins)}{'-' if language == 'vi' else '–'}{clock(self.ends)}"
        return f", từ {clock(self.begins)}" if language == "vi" else f", from {clock(self.begins)}"

    def countdown(self, now: datetime) -> str:
        """ "in 3 days", in Vietnamese days and the active language; "" when the day is not known, or over."""
        if self.precision in {"year", "month"}:
            return ""
        today = vietnamese_day(now)
        days = (self.first - today).days
        if days > 1:
            return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
        return _("tomorrow") if days == 1 else self._begun(now, today)

    def _begun(self, now: datetime, today: date) -> str:
        if today > self.last or (self.ends and now >= self.ends):
            return ""
        before = now < self.begins if self.begins else self.first == today
        return _("today") if before and self.first == today else _("under way")

    def has_begun(self, now: datetime) -> bool:
        return self.begins <= now if self.begins else self.first <= vietnamese_day(now)

    def is_over(self, now: datetime) -> bool:
        return self.ends <= now if self.ends else self.last < vietnamese_day(now)


def when_of(event: Any) -> When:
    begins, ends = (in_ict(each) if each else None for each in (event.begins_at, event.ends_at))
    return When(event.precision, event.begins_on, event.ends_on, begins, ends)
