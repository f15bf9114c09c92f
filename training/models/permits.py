"""The permit of an event with a foreign element (Decision 06/2020/QĐ-TTg of the Prime Minister on international conferences
and seminars): applied for, agencies consulted, granted or refused, its result reported.
"""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText
from portal.library.models import Asset
from training.models.events import Event


class PermitQuerySet(models.QuerySet):
    def running(self) -> "PermitQuerySet":
        """Of events that nobody has called off, and for which something is still to do."""
        standing = self.filter(event__has_foreign_element=True).exclude(
            event__progress=Event.Progress.CANCELLED
        )
        return standing.exclude(state=Permit.State.REFUSED).exclude(reported_on__isnull=False)


class Permit(models.Model):
    """Leave to hold one event with a foreign element. The days of the law are rows of `portal.duties`."""

    class Authority(models.TextChoices):
        PRIME_MINISTER = "prime_minister", _("the Prime Minister")
        MINISTER = "minister", _("the minister")

    class State(models.TextChoices):
        PREPARED = "prepared", _("being prepared")
        APPLIED = "applied", _("applied for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    #: Authority → the duty by which the law's days before the event are asked for.
    DUTIES = {
        Authority.PRIME_MINISTER: "seminar-permit-prime-minister",
        Authority.MINISTER: "seminar-permit-minister",
    }

    event = models.OneToOneField(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="permit"
    )
    authority = models.CharField(
        _("who permits it"), max_length=16, choices=Authority.choices, default=Authority.MINISTER
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARED)
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    decided_on = models.DateField(_("date of the decision"), null=True, blank=True)
    number = PlainLine(_("number of the decision"), max_length=60, blank=True)
    file = models.ForeignKey(
        Asset, verbose_name=_("file of the decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    note = PlainText(_("note"), max_length=1000, blank=True)
    reported_on = models.DateField(_("result reported on"), null=True, blank=True)

    objects = PermitQuerySet.as_manager()

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        ordering = ["event__begins_on", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state="prepared", applied_on=None)
                | (~Q(state="prepared") & Q(applied_on__isnull=False)),
                name="a_permit_applied_for_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["granted", "refused"], decided_on__isnull=False)
                | (~Q(state__in=["granted", "refused"]) & Q(decided_on=None)),
                name="a_decided_permit_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | ~Q(number=""), name="a_granted_permit_has_its_number"
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("applied_on")),
                name="a_permit_is_decided_after_it_is_applied_for",
            ),
            models.CheckConstraint(
                condition=Q(reported_on=None) | Q(state="granted"), name="only_what_was_permitted_is_reported"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_state_display()}"

    @property
    def is_granted(self) -> bool:
        return self.state == self.State.GRANTED


class Consultation(models.Model):
    """An agency asked for its opinion of the event, and what it said."""

    class Opinion(models.TextChoices):
        AGREES = "agrees", _("agrees")
        REMARKS = "remarks", _("agrees, with remarks")
        OBJECTS = "objects", _("does not agree")

    permit = models.ForeignKey(Permit, on_delete=models.CASCADE, related_name="consultations")
    agency = PlainLine(_("agency"), max_length=200)
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    opinion = models.CharField(_("answer"), max_length=10, choices=Opinion.choices, blank=True)
    note = PlainText(_("what it says"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["asked_on", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, opinion="") | (Q(answered_on__isnull=False) & ~Q(opinion="")),
                name="an_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")),
                name="an_agency_answers_after_it_is_asked",
            ),
        ]

    def __str__(self) -> str:
        return self.agency

    def is_late(self, due: date | None, day: date) -> bool:
        """Has not answered though its time is over."""
        return self.answered_on is None and due is not None and due < day


def events_permitted_by(asset: Asset) -> list[Event]:
    """For the library: the events whose permit a file is."""
    return [permit.event for permit in Permit.objects.filter(file=asset).select_related("event")]
