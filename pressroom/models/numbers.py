"""Numbers of releases and statements: from 1 each year, without a gap, in the order of their hours.

A number is given with the hour, so that a page which appears by itself has one. Until a minute before that hour it
follows the hour: what goes out earlier takes the earlier number. From then on it stays.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.duties.patterns import DatedPattern, printed
from portal.editorial.models import PUBLIC, Edition, Publishable
from portal.languages.dates import vietnamese_day
from pressroom.models.embargoes import Copy


class Pattern(DatedPattern):
    """How numbers of one kind are written, from one day to another (Decree 30/2020/ND-CP: number/type-agency)."""

    class Kind(models.TextChoices):
        RELEASE = "pressroom.pressrelease", _("press release")
        STATEMENT = "pressroom.statement", _("statement")

    kind = models.CharField(_("kind"), max_length=60, choices=Kind.choices)

    class Meta:
        verbose_name = _("number pattern")
        verbose_name_plural = _("number patterns")
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="pattern_ends_after_it_began",
            ),
        ]


class Series(models.Model):
    """The numbers of one kind in one year: the row that is locked while one is given."""

    kind = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"


class Number(models.Model):
    """The number of one thing in its series, with the hour it follows (UTC)."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="numbers")
    object_id = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    hour = models.DateTimeField()
    printed = models.CharField(_("as it is printed"), max_length=80)

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers")
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="number_given_once"),
            models.UniqueConstraint(fields=["series", "object_id"], name="thing_numbered_once"),
        ]
        indexes = [models.Index(fields=["object_id"], name="number_of_a_thing")]

    def __str__(self) -> str:
        return f"{self.number}/{self.series.year}"


class Numbered(Publishable):
    """A publishable thing that gets a number with its hour: the first hour of any language."""

    class Meta:
        abstract = True

    def take_hour(self, hour: datetime, now: datetime) -> None:
        give(self._meta.label_lower, self.pk, min([hour, *self._hours()]), now)

    def lose_hour(self, now: datetime) -> None:
        hours = self._hours()
        take_back(self._meta.label_lower, self.pk, now)
        if hours:
            give(self._meta.label_lower, self.pk, min(hours), now)

    def reason_against_discarding(self) -> str | None:
        """Its number would leave a gap in the year, its copies would lead to nothing anybody can still look at."""
        kept = Number.objects.filter(series__kind=self._meta.label_lower, object_id=self.pk).first()
        if kept:
            return str(
                _("This text has the number %(number)s: a year of numbers has no gap. Keep the draft.")
                % {"number": kept.printed}
            )
        if Copy.objects.about(self).exists():
            return str(
                _(
                    "Journalists were given this text under embargo: the draft is kept as proof of what they had."
                )
            )
        return None

    def _hours(self) -> list[datetime]:
        """The hours its languages have, or had when they first appeared."""
        of_this = Edition.objects.of(self)
        coming = of_this.filter(state__in=PUBLIC).values_list("publish_at", flat=True)
        gone_out = of_this.exclude(first_published_at=None).values_list("first_published_at", flat=True)
        return [*coming, *gone_out]


#: So long before its hour a number no longer moves.
SETTLED = timedelta(minutes=1)


def give(kind: str, pk: int, hour: datetime, now: datetime) -> None:
    """Give a thing the number of its hour; one that has a settled number keeps it. Call inside a transaction."""
    for standing in _of(kind, [pk]):
        if _is_settled(standing, now):
            return
        if standing.series.year != vietnamese_day(hour).year:
            take_back(kind, pk, now)
    series = _locked(kind, vietnamese_day(hour).year)
    _renumber(series, {**_moving(series, now), pk: hour}, now)


def take_back(kind: str, pk: int, now: datetime) -> None:
    """The thing has no hour any more: those behind it move up. A settled number is kept for the thing, for good."""
    for standing in _of(kind, [pk]):
        series = _locked(kind, standing.series.year)
        moving = _moving(series, now)
        if moving.pop(pk, None):
            _renumber(series, moving, now)


def _locked(kind: str, year: int) -> Series:
    series, _made = Series.objects.get_or_create(kind=kind, year=year)
    return Series.objects.select_for_update().get(pk=series.pk)


def _moving(series: Series, now: datetime) -> dict[int, datetime]:
    """The things whose numbers may still move, with their hours."""
    return dict(series.numbers.filter(hour__gt=now + SETTLED).values_list("object_id", "hour"))


def _renumber(series: Series, hours: dict[int, datetime], now: datetime) -> None:
    settled = series.numbers.filter(hour__lte=now + SETTLED).exclude(object_id__in=hours)
    last = max(settled.values_list("number", flat=True), default=0)
    series.numbers.filter(object_id__in=hours).delete()
    series.numbers.filter(hour__gt=now + SETTLED).delete()
    in_order = sorted(hours, key=lambda pk: (hours[pk], pk))
    patterns = list(Pattern.objects.filter(kind=series.kind))
    Number.objects.bulk_create(
        Number(
            series=series, object_id=pk, number=number, hour=hours[pk], printed=printed(number, vietnamese_day(hours[pk]), patterns)
        )
        for number, pk in enumerate(in_order, start=last + 1)
    )  # fmt: skip


def _is_settled(number: Number, now: datetime) -> bool:
    return number.hour <= now + SETTLED


def _of(kind: str, things: Iterable[int]) -> list[Number]:
    return list(Number.objects.filter(series__kind=kind, object_id__in=things).select_related("series"))


def written(kind: str, things: Iterable[int]) -> dict[int, str]:
    """The number of each thing as it is printed. One query, however many."""
    numbers = Number.objects.filter(series__kind=kind, object_id__in=things)
    return dict(numbers.values_list("object_id", "printed"))


def of_row() -> Coalesce:
    """To annotate entries of any kind with: the number as it is printed, "" for what has none."""
    own = Number.objects.filter(series__kind=models.OuterRef("kind"), object_id=models.OuterRef("object_id"))
    return Coalesce(models.Subquery(own.values("printed")[:1]), models.Value(""))
