"""Filters of the press room's lists."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.duties.models import Period, rule_of
from portal.languages.dates import vietnamese_day
from pressroom import reporting


class InReport(admin.SimpleListFilter):
    """Exactly the rows of one figure of the yearly report: `?figure=replies-2026`."""

    title = _("yearly report")
    parameter_name = "figure"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        this_year = vietnamese_day(timezone.now()).year
        return [
            (f"{count.key}-{year}", f"{count.label}, {year}")
            for year in (this_year, this_year - 1)
            for count in reporting.counts_of(model_admin.model)
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        key, _dash, year = (self.value() or "").rpartition("-")
        count = reporting.count_called(key)
        period = _period(year)
        if count is None or count.model is not queryset.model or period is None:
            return queryset
        return count.narrow(queryset, period)


def _period(year: str) -> Period | None:
    """The report's period of a year as an address names it; None for what is none."""
    if not year.isdecimal() or not date.min.year < int(year[:5]) <= date.max.year:
        return None
    rule = rule_of("spokesperson", int(year))
    return rule.period(int(year)) if rule else None


class Waiting(admin.SimpleListFilter):
    """What waits, and what of it is late; for models whose rows can be `open()` (or `waiting()`) and `overdue(now)`."""

    title = _("clock")
    parameter_name = "clock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("open")), ("late", _("late"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        if self.value() == "late":
            return queryset.overdue(timezone.now())
        if self.value() == "open":
            return queryset.open() if hasattr(queryset, "open") else queryset.waiting()
        return queryset
