"""Who is invited to a briefing, who has a seat, who waits for one, who has come."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.fields import PlainText
from pressroom.models.briefings import Briefing
from pressroom.models.journalists import Journalist


class Invitation(models.Model):
    """An outlet invited to a briefing, with a number of seats of its own where it is not the usual one."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="invitations")
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["briefing", "outlet"], name="outlet_invited_once_to_a_briefing")
        ]

    def __str__(self) -> str:
        return f"{self.outlet}"


class AttendanceQuerySet(models.QuerySet):
    def seated(self) -> "AttendanceQuerySet":
        return self.filter(state=Attendance.State.GIVEN)

    def waiting(self) -> "AttendanceQuerySet":
        """In the order they asked."""
        return self.filter(state=Attendance.State.WAITING).order_by("asked_at", "pk")

    def with_people(self) -> "AttendanceQuerySet":
        return self.select_related("journalist__outlet")


class Attendance(models.Model):
    """A journalist's seat at a briefing, or the wish for one."""

    class State(models.TextChoices):
        GIVEN = "given", _("seat given")
        WAITING = "waiting", _("waiting")
        RETURNED = "returned", _("given back")

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="attendances")
    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    asked_at = models.DateTimeField(_("asked"))
    turn = models.PositiveSmallIntegerField(
        default=0
    )  # how often a seat was asked for: each has letters of its own
    consent = PlainText(_("words agreed to"), blank=True)
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["briefing", "journalist"], name="one_seat_for_a_journalist"),
            models.CheckConstraint(condition=Q(state__in=["given", "waiting", "returned"]), name="attendance_state_is_known"),
            models.CheckConstraint(
                condition=Q(arrived_at=None) | Q(state="given"), name="only_who_has_a_seat_arrives"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["briefing", "state", "asked_at"], name="attendance_waiting")]

    def __str__(self) -> str:
        return f"{self.journalist}"
