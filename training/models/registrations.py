"""Who asked for a seat, and what became of it."""

from datetime import datetime
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from training.models.events import Event
from training.models.quotas import Quota

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]


class RegistrationQuerySet(models.QuerySet):
    def active(self) -> "RegistrationQuerySet":
        """Not at their end: of these a person has one at most for an event."""
        return self.filter(state__in=Registration.ACTIVE)

    def holding(self) -> "RegistrationQuerySet":
        """Whose seats nobody else can have: seated, or offered one that still waits for the answer."""
        return self.filter(state__in=Registration.HOLDING)

    def seated(self) -> "RegistrationQuerySet":
        return self.filter(state=Registration.State.SEATED)

    def lapsing(self, now: datetime) -> "RegistrationQuerySet":
        """Offered a seat, and the time to answer has gone by."""
        return self.filter(state=Registration.State.OFFERED, offer_expires_at__lte=now)

    def waiting(self) -> "RegistrationQuerySet":
        """In the order in which they are offered a seat."""
        return self.filter(state=Registration.State.WAITING).order_by("queued_at", "pk")


class Registration(models.Model):
    """A person's wish for a seat at an event. Whoever asks, confirms the address first; a nominated one is vouched for."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("address not confirmed")
        APPLIED = "applied", _("waits for a decision")
        WAITING = "waiting", _("on the waiting list")
        OFFERED = "offered", _("offered a seat")
        SEATED = "seated", _("has a seat")
        REFUSED = "refused", _("refused")
        CANCELLED = "cancelled", _("given back")

    ACTIVE = (State.UNCONFIRMED, State.APPLIED, State.WAITING, State.OFFERED, State.SEATED)
    HOLDING = (State.OFFERED, State.SEATED)

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="registrations"
    )
    quota = models.ForeignKey(
        Quota, verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )  # fmt: skip

    # The person.
    full_name = PlainLine(_("full name"), max_length=200)
    address = models.CharField(
        _("form of address"), max_length=2, choices=[("mr", _("Mr")), ("ms", _("Ms"))], blank=True
    )
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    email_key = models.CharField(
        max_length=254, blank=True, editable=False
    )  # by which two are the same person
    phone = PlainLine(_("telephone"), max_length=40, blank=True)
    job_title = PlainLine(_("position"), max_length=200, blank=True)
    unit = models.ForeignKey(
        Organisation, verbose_name=_("unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    unit_name = PlainLine(_("organisation, when it is not in the list"), max_length=200, blank=True)
    needs = PlainText(
        _("needs"), max_length=1000, blank=True
    )  # accessibility, food: kept for the shortest time
    language = models.CharField(_("language of the letters"), max_length=2, choices=LANGUAGES, default="vi")
    consent = PlainText(_("words agreed to"), blank=True)

    # What became of it.
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    state_since = models.DateTimeField(_("in this state since"))
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, blank=True)
    queued_at = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    offer_number = models.PositiveSmallIntegerField(default=0)  # each offer has letters of its own
    offer_expires_at = models.DateTimeField(_("the offer holds until"), null=True, blank=True)
    reason = PlainText(_("reason"), max_length=500, blank=True)  # of a refusal or a cancellation
    told = models.CharField(
        max_length=64, blank=True, editable=False
    )  # digest of when and where, as last told
    comes_at = models.DateTimeField(_("said that they come"), null=True, blank=True)  # to what was last told
    nominated = models.BooleanField(_("nominated"), default=False)
    stands_in_for = models.ForeignKey(
        "self", verbose_name=_("in place of"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # fmt: skip
    key = models.UUIDField(default=uuid4, unique=True, editable=False)  # what the QR code of the seat names
    purged_at = models.DateTimeField(_("personal particulars erased"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=Q(state__in=["unconfirmed", "applied", "waiting", "offered", "seated"]) & ~Q(email_key=""),
                name="one_active_registration_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "applied", "waiting", "offered", "seated", "refused", "cancelled"]),
                name="registration_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", offer_expires_at__isnull=False)
                | (~Q(state="offered") & Q(offer_expires_at=None)),
                name="an_offer_has_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(queued_at__isnull=False), name="who_waits_has_a_place_in_the_queue"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "refused", "cancelled"]) | Q(confirmed_at__isnull=False),
                name="a_seat_counts_once_the_address_is_confirmed",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["event", "state", "queued_at"], name="registration_waiting"),
            models.Index(fields=["state", "offer_expires_at"], name="registration_offers"),
        ]

    def __str__(self) -> str:
        return self.full_name or f"№ {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE
