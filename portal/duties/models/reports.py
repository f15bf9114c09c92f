"""The yearly reports laws ask for: their periods and days are law, and so are dated rows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.dates import day_bounds
from portal.languages.fields import PlainLine

_DAY_OF_THE_YEAR = [RegexValidator(r"\A(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])\Z")]


@dataclass(frozen=True)
class Period:
    """What one report covers: its first and last Vietnamese day, and the day it is due."""

    year: int
    first: date
    last: date
    due: date

    def bounds(self) -> tuple[datetime, datetime]:
        """Its first instant and the first instant after it."""
        return day_bounds(self.first)[0], day_bounds(self.last)[1]


class ReportRule(models.Model):
    """A yearly report of law: from which day of the year before to which of the year it covers, and when it is due (month
    and day), from which year on."""

    report = models.SlugField(_("report"), max_length=60, help_text=_("By which the portal asks for it."))
    name = PlainLine(_("name"), max_length=200)
    citation = PlainLine(_("source"), max_length=200)
    begins = models.CharField(
        _("first day, of the year before"),
        max_length=5,
        validators=_DAY_OF_THE_YEAR,
        help_text=_("Month and day: 12-15."),
    )
    ends = models.CharField(_("last day"), max_length=5, validators=_DAY_OF_THE_YEAR)
    due = models.CharField(_("due"), max_length=5, validators=_DAY_OF_THE_YEAR)
    valid_from = models.PositiveSmallIntegerField(_("valid from the report of"))

    class Meta:
        verbose_name = _("rule of a yearly report")
        verbose_name_plural = _("rules of yearly reports")
        ordering = ["report", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["report", "valid_from"], name="one_rule_of_a_report_from_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.name or self.name_vi} ({self.valid_from})"

    def period(self, year: int) -> Period:
        return Period(year, _day(year - 1, self.begins), _day(year, self.ends), _day(year, self.due))


def rule_of(report: str, year: int) -> ReportRule | None:
    """The rule that is the law for a report in a year; None when no law asks for it."""
    return ReportRule.objects.filter(report=report, valid_from__lte=year).first()


def year_of_report(rule: ReportRule, day: date) -> int:
    """The report a day belongs to."""
    return day.year + 1 if day > rule.period(day.year).last else day.year


def _day(year: int, written: str) -> date:
    month, day = written.split("-")
    return date(year, int(month), 1) + timedelta(days=int(day) - 1)
