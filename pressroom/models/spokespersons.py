"""Who speaks for the ministry, from when until when, and in what (Decree 244/2026/ND-CP, Article 3)."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.languages.dates import day_bounds
from portal.languages.fields import PlainLine
from portal.library.models import Asset
from portal.people.models import Person


class SpokespersonQuerySet(models.QuerySet):
    def speaking_on(self, day: date) -> "SpokespersonQuerySet":
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def former(self, day: date) -> "SpokespersonQuerySet":
        return self.filter(until__lt=day)


class Spokesperson(models.Model):
    """An assignment to speak for the ministry: for good, or by a written delegation for one matter and a limited time."""

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    matter = PlainLine(
        _("matter"), max_length=200, blank=True, help_text=_("Only for a delegation: what it is limited to.")
    )
    phone = PlainLine(_("telephone"), max_length=40)
    email = models.EmailField(_("official e-mail"))
    mandate = models.ForeignKey(
        Asset,
        verbose_name=_("document of assignment"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    assigned_at = models.DateTimeField(_("assigned"))
    named_at = models.DateTimeField(_("named on the portal"), null=True, blank=True, editable=False)
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)

    objects = SpokespersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("spokesperson")
        verbose_name_plural = _("spokespersons")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="spokesperson_leaves_after_beginning"
            ),
            models.CheckConstraint(
                condition=Q(matter_vi="") | Q(matter_vi=None) | Q(until__isnull=False),
                name="delegation_is_limited_in_time",
                violation_error_message=_("A delegation is limited in time: say its last day."),
            ),
        ]

    def __str__(self) -> str:
        return self.person.full_name

    @property
    def is_delegation(self) -> bool:
        return bool(self.matter_vi)

    def speaks_at(self, moment: datetime) -> bool:
        begins = day_bounds(self.since)[0]
        return begins <= moment and (self.until is None or moment < day_bounds(self.until)[1])
