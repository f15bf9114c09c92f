"""Requests for correction: what an outlet got wrong, what it was asked for, and what came of it."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.dates import vietnamese_day
from portal.languages.fields import PlainLine, PlainText


class CorrectionRequestQuerySet(models.QuerySet):
    def sent(self) -> "CorrectionRequestQuerySet":
        return self.exclude(sent_on=None)

    def waiting(self) -> "CorrectionRequestQuerySet":
        """Sent, and nothing has come of it yet."""
        return self.sent().filter(outcome=CorrectionRequest.Outcome.WAITING)

    def overdue(self, now: datetime) -> "CorrectionRequestQuerySet":
        return self.waiting().filter(due_on__lt=vietnamese_day(now))

    def found_between(self, first: date, last: date) -> "CorrectionRequestQuerySet":
        return self.filter(found_on__gte=first, found_on__lte=last)


class CorrectionRequest(models.Model):
    """One item of one outlet that is wrong, and the demand (Decree 244/2026/ND-CP, Article 7.6)."""

    class Demand(models.TextChoices):
        CORRECTION = "correction", _("correction")
        APOLOGY = "apology", _("correction and apology")
        REMOVAL = "removal", _("removal")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("no answer yet")
        CORRECTED = "corrected", _("corrected")
        APOLOGISED = "apologised", _("corrected, with an apology")
        REMOVED = "removed", _("removed")
        REFUSED = "refused", _("refused")
        DROPPED = "dropped", _("dropped: the item was right, or no longer matters")

    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    outlet_name = PlainLine(
        _("outlet as named"),
        max_length=200,
        blank=True,
        help_text=_("For an outlet that is not in the directory."),
    )
    item_title = PlainLine(_("headline of the item"), max_length=300)
    item_url = models.URLField(_("address of the item"), max_length=500, blank=True)
    item_on = models.DateField(_("published on"))
    wrong = PlainText(_("what is wrong"))
    right = PlainText(_("what is right"), blank=True)
    found_on = models.DateField(_("found on"))
    demand = models.CharField(_("demand"), max_length=12, choices=Demand.choices, default=Demand.CORRECTION)
    legal_basis = PlainText(_("legal basis"), blank=True)
    sent_on = models.DateField(_("sent on"), null=True, blank=True)
    due_on = models.DateField(
        _("answer due on"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is reckoned from the day it was sent."),
    )
    reply = PlainText(_("reply of the outlet"), blank=True)
    replied_on = models.DateField(_("replied on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, default=Outcome.WAITING)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for correction")
        verbose_name_plural = _("requests for correction")
        ordering = ["-found_on", "-pk"]
        permissions = [("export_correctionrequest", _("Can export requests for correction"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(outlet__isnull=False) | ~Q(outlet_name=""), name="a_correction_is_asked_of_somebody",
                violation_error_message=_("Name the outlet: choose it from the directory, or write its name."),
            ),
            models.CheckConstraint(
                condition=Q(sent_on=None) | (~Q(legal_basis="") & Q(due_on__isnull=False)),
                name="a_correction_is_asked_by_law_and_by_a_day",
                violation_error_message=_("A request that was sent names its legal basis."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(sent_on=None) | Q(due_on__gte=F("sent_on")),
                name="a_correction_is_due_after_it_is_asked",
                violation_error_message=_("The answer cannot be due before the request was sent."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.where}: {self.item_title}"

    @property
    def where(self) -> str:
        return str(self.outlet or self.outlet_name)

    def is_overdue(self, now: datetime) -> bool:
        return bool(
            self.sent_on
            and self.outcome == self.Outcome.WAITING
            and self.due_on
            and self.due_on < vietnamese_day(now)
        )
