"""Requests to units of the ministry for what an answer needs, each with a clock of its own."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from pressroom.models.enquiries import Enquiry, new_key, staff


class UnitRequestQuerySet(models.QuerySet):
    def waiting(self) -> "UnitRequestQuerySet":
        return self.filter(state=UnitRequest.State.ASKED)

    def overdue(self, now: datetime) -> "UnitRequestQuerySet":
        return self.waiting().filter(due_at__lte=now)

    def to_remind(self, due_before: datetime) -> "UnitRequestQuerySet":
        return self.waiting().filter(due_at__lte=due_before, reminded_at=None)

    def to_escalate(self, now: datetime) -> "UnitRequestQuerySet":
        return self.overdue(now).filter(escalated_at=None)


class UnitRequest(models.Model):
    """What one unit is asked for one enquiry; it answers by the link of its letter, or to an officer."""

    class State(models.TextChoices):
        ASKED = "asked", _("waited for")
        ANSWERED = "answered", _("unit has answered")
        RECALLED = "recalled", _("recalled")

    enquiry = models.ForeignKey(
        Enquiry, verbose_name=_("press enquiry"), on_delete=models.CASCADE, related_name="unit_requests"
    )
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.UNIT},
    )  # fmt: skip
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    words = PlainText(_("what the unit is asked for"))
    email = models.EmailField(_("sent to"), max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = staff(_("asked by"))
    due_at = models.DateTimeField(_("due"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    answer = PlainText(_("what the unit says"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = PlainLine(_("who answered"), max_length=160, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("told to the head of the press work"), null=True, blank=True)

    objects = UnitRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to a unit")
        verbose_name_plural = _("requests to units")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="unit_request_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "unit"], condition=Q(state="asked"), name="a_unit_is_asked_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False), name="a_units_answer_has_its_moment"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.enquiry.reference}: {self.unit}"

    def is_overdue(self, now: datetime) -> bool:
        return self.state == self.State.ASKED and self.due_at <= now
