"""What laws give so much time for. The limits change with the laws, so they are dated rows and never numbers in code."""

from collections.abc import Callable, Container
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.languages.dates import ICT, vietnamese_day
from portal.languages.fields import PlainLine

SATURDAY = 5


class LimitQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "LimitQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class Limit(models.Model):
    """A time limit of law: the duty, its source, so much time, and from when until when that is the law."""

    class Unit(models.TextChoices):
        HOURS = "hours", _("hours")
        DAYS = "days", _("days")
        WORKING_DAYS = "working_days", _("working days")
        MONTHS = "months", _("months")

    duty = models.SlugField(_("duty"), max_length=60, help_text=_("By which the portal asks for it."))
    name = PlainLine(_("what is due"), max_length=200)
    citation = PlainLine(
        _("source"), max_length=200, help_text=_("The document and the article: NĐ 244/2026, Điều 7.")
    )
    amount = models.PositiveSmallIntegerField(_("time allowed"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices, default=Unit.DAYS)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = LimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("time limit of law")
        verbose_name_plural = _("time limits of law")
        ordering = ["duty", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "valid_from"], name="one_limit_of_a_duty_from_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="limit_ends_after_it_began",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="limit_gives_some_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name or self.name_vi}: {self.amount} {self.get_unit_display()}"

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def after(self, moment: datetime) -> datetime:
        """When the time that begins at a moment is over; working days are counted from the next one, to its last second."""
        if self.unit == self.Unit.WORKING_DAYS:
            return end_of_working_day(vietnamese_day(moment), self.amount, self.closed_days)
        return moment + self.span

    def before(self, moment: datetime) -> datetime:
        """The latest moment for what must be done so long before another."""
        return moment - self.span

    @cached_property
    def closed_days(self) -> set[date]:
        """Asked for once, however many times the limit is applied."""
        return set(Holiday.objects.values_list("day", flat=True))

    @property
    def span(self) -> timedelta | relativedelta:
        if self.unit == self.Unit.MONTHS:
            return relativedelta(months=self.amount)
        # Of working days: at least so long.
        return timedelta(hours=self.amount) if self.unit == self.Unit.HOURS else timedelta(days=self.amount)


#: The limit of a duty that is the law on a day; see `limit_on`.
LimitOn = Callable[[str, date], Limit | None]


def limit_on(duty: str, day: date) -> Limit | None:
    """The limit of a duty that is the law on a day; None when no row says any, and then nothing is due."""
    return Limit.objects.valid_on(day).filter(duty=duty).order_by("-valid_from").first()


def limits_at_hand() -> LimitOn:
    """`limit_on` for many questions: every limit is read with the first of them, in one query."""
    limits: list[Limit] = []

    def at_hand(duty: str, day: date) -> Limit | None:
        if not limits:
            limits.extend(Limit.objects.order_by("-valid_from"))
        return next((each for each in limits if each.duty == duty and each.holds_on(day)), None)

    return at_hand


class Holiday(models.Model):
    """A day on which offices are closed though it is no weekend (Labour Code 45/2019/QH14, Article 112)."""

    day = models.DateField(_("day"), unique=True)
    name = PlainLine(_("name"), max_length=120)

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.name or self.name_vi}: {self.day}"


def end_of_working_day(day: date, number: int, closed: Container[date]) -> datetime:
    """The last second of the so-and-so-many-th working day after a day; nobody works at weekends and on `closed` days."""
    while number > 0:
        day += timedelta(days=1)
        number -= day.weekday() < SATURDAY and day not in closed
    return datetime.combine(day, time.max, tzinfo=ICT)
