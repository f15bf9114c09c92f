"""Who was there: what was scanned, typed or ticked, and what it comes to."""

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainText
from training.models.events import Event
from training.models.registrations import Registration
from training.models.sessions import Session


class How(models.TextChoices):
    """How somebody was found to be there."""

    QR = "qr", _("code scanned")
    LIST = "list", _("list at the door")
    PAPER = "paper", _("sign-in sheet")
    HAND = "hand", _("entered afterwards")


class Presence(models.Model):
    """Somebody was at a session; of an event without sessions, at the event. It keeps the earliest time known."""

    registration = models.ForeignKey(
        Registration, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="presences"
    )
    session = models.ForeignKey(
        Session, verbose_name=_("session"), null=True, on_delete=models.PROTECT, related_name="presences"
    )
    at = models.DateTimeField(_("since"))
    how = models.CharField(_("how"), max_length=5, choices=How.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="present_once_at_a_session"),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(session=None),
                name="present_once_at_an_event_without_sessions",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.registration_id}"


class Scan(models.Model):
    """One reading of a code, as the phone at the door tells it, maybe hours later. Its nonce makes it one scan for ever."""

    class Outcome(models.TextChoices):
        IN = "in", _("came in")
        ALREADY = "already", _("was in already")
        BLOCKED = "blocked", _("has no seat (any more)")
        OTHER = "other", _("a seat at another event")
        FORGED = "forged", _("no code of ours")

    class Doubt(models.TextChoices):
        """What somebody should look at."""

        TWICE = "twice", _("read at two doors")
        CLOCK = "clock", _("the clock of the phone was wrong, its time was corrected")
        UNSURE = "unsure", _("the clock of the phone was changed meanwhile")
        HOURS = "hours", _("outside the hours of the session")
        REUSED = "reused", _("its number came again with another code")

    nonce = models.UUIDField(default=uuid4, unique=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="scans")
    session = models.ForeignKey(
        Session, verbose_name=_("session"), null=True, on_delete=models.CASCADE, related_name="scans"
    )
    registration = models.ForeignKey(
        Registration, verbose_name=_("participant"), null=True, on_delete=models.PROTECT, related_name="scans"
    )
    digest = models.CharField(
        max_length=64
    )  # SHA-256 of the code: two scans of one nonce are told apart by it
    device = models.UUIDField(_("phone"))
    said_at = models.DateTimeField(_("time of the phone"))
    at = models.DateTimeField(_("time, corrected"))
    received_at = models.DateTimeField(_("received"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome.choices)
    doubt = models.CharField(_("doubt"), max_length=6, choices=Doubt.choices, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["at", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["event", "at"], name="scan_of_an_event")]

    def __str__(self) -> str:
        return str(self.nonce)

    @property
    def clock_error(self) -> timedelta:
        """How far the phone's clock was ahead (negative: behind)."""
        return self.said_at - self.at


class Ruling(models.Model):
    """What an organiser has decided about somebody's attendance, against or without the count of sessions."""

    registration = models.OneToOneField(
        Registration, verbose_name=_("participant"), on_delete=models.PROTECT, related_name="ruling"
    )
    attended = models.BooleanField(_("attended enough"))
    reason = PlainText(_("reason"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("ruling on attendance")
        verbose_name_plural = _("rulings on attendance")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_ruling_has_its_reason")]

    def __str__(self) -> str:
        return f"№ {self.registration_id}"


class Sheet(models.Model):
    """A sign-in sheet as it was printed: its codes stay with whom they stood beside, whoever registers later."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sheets")
    session = models.ForeignKey(
        Session, verbose_name=_("session"), null=True, on_delete=models.CASCADE, related_name="sheets"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    printed_at = models.DateTimeField(_("printed"))

    class Meta:
        verbose_name = _("sign-in sheet")
        verbose_name_plural = _("sign-in sheets")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "number"], name="sheets_of_an_event_are_numbered")
        ]

    def __str__(self) -> str:
        return str(self.number)


class SheetRow(models.Model):
    """A row of a sheet, and its code: the letter of its unit, the number within it."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="rows")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sheet", "code"], name="a_code_stands_once_on_a_sheet")
        ]

    def __str__(self) -> str:
        return self.code
