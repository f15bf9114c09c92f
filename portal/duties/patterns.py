"""How numbers are written, from one day to another: data, for rules of writing change (Decree 30/2020/ND-CP)."""

import re
from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine

#: What a pattern may have in braces, and nothing else: whatever Python's formats could do besides is not for numbers.
PLACE, BRACE = re.compile(r"\{(?:no(?::0[1-9])?|year)\}"), re.compile(r"[{}]")


class PatternQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "PatternQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class DatedPattern(models.Model):
    """A pattern of a number and the days it holds."""

    pattern = PlainLine(
        _("pattern"), max_length=60, help_text=_("{no:02} is the number with two digits, {year} the year: {no:02}/TCBC-BLĐTBXH."),
    )  # fmt: skip
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = PatternQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.pattern

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def written(self, number: int, year: int) -> str:
        """The number as it is printed. Raises ValueError for a pattern that is none."""
        if BRACE.search(PLACE.sub("", self.pattern)):
            raise ValueError(f"{self.pattern!r} is no pattern of a number")
        return self.pattern.format(no=number, year=year)


def printed(number: int, day: date, patterns: Iterable[DatedPattern]) -> str:
    """By the newest pattern of the day; without one, the number and the year."""
    holding = (each for each in patterns if each.holds_on(day))
    newest = max(holding, key=lambda each: each.valid_from, default=None)
    return newest.written(number, day.year) if newest else f"{number:02}/{day.year}"
