"""Press accreditation for an event: the round, the requests with their private files, quotas, the gate."""

from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from portal.languages.folding import fold
from pressroom.models.briefings import Briefing
from pressroom.models.codes import new_code
from pressroom.models.journalists import ERASED, Journalist


class RoundQuerySet(models.QuerySet):
    def open(self, now: datetime) -> "RoundQuerySet":
        """Those the public may ask for now."""
        return self.filter(opens_at__lte=now, closes_at__gt=now)

    def announced(self, now: datetime) -> "RoundQuerySet":
        return self.filter(opens_at__lte=now)

    def over_before(self, day: date) -> "RoundQuerySet":
        return self.filter(last_day__lt=day)


class AccreditationRound(models.Model):
    """An event the press is accredited to: a briefing, or anything else."""

    briefing = models.OneToOneField(
        Briefing, verbose_name=_("briefing"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="accreditation", limit_choices_to={"working_copy_of": None},
        help_text=_("When the event is a press briefing: its pages then lead here, and from here back."),
    )  # fmt: skip
    title = PlainLine(_("event"), max_length=200)
    place = PlainLine(_("venue"), max_length=200)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    opens_at = models.DateTimeField(
        _("requests from"), null=True, blank=True, help_text=_("Left empty, nobody outside sees the event.")
    )
    closes_at = models.DateTimeField(_("requests until"))
    seats_per_outlet = models.PositiveSmallIntegerField(_("badges for each outlet"), default=2)
    keep_files_for = models.PositiveSmallIntegerField(
        _("days to keep the files"), default=30, validators=[MaxValueValidator(365)],
        help_text=_("So many days after the event, scans of cards and letters are deleted."),
    )  # fmt: skip
    terms = PlainText(
        _("to know"),
        blank=True,
        help_text=_("Entrance, equipment, parking: shown above the form and in the letter."),
    )

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("press accreditation")
        verbose_name_plural = _("press accreditations")
        ordering = ["-first_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="accreditation_days_in_order",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at__gt=F("opens_at")), name="accreditation_closes_after_opening",
                violation_error_message=_("Requests end before they begin."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titled(get_language() or "vi")

    def titled(self, language: str) -> str:
        return getattr(self, f"title_{language}") or self.title_vi or self.title_en or ""

    def is_open(self, now: datetime) -> bool:
        return self.opens_at is not None and self.opens_at <= now < self.closes_at

    @property
    def files_kept_until(self) -> date:
        """The last day on which files are kept."""
        return self.last_day + timedelta(days=self.keep_files_for)


class OutletQuota(models.Model):
    """More or fewer badges for one outlet than for the others."""

    round = models.ForeignKey(AccreditationRound, on_delete=models.CASCADE, related_name="quotas")
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), on_delete=models.PROTECT, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    seats = models.PositiveSmallIntegerField(_("badges"))

    class Meta:
        verbose_name = _("quota of an outlet")
        verbose_name_plural = _("quotas of single outlets")
        constraints = [models.UniqueConstraint(fields=["round", "outlet"], name="one_quota_of_an_outlet")]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.seats}"


class AccreditationRequestQuerySet(models.QuerySet):
    def accepted(self) -> "AccreditationRequestQuerySet":
        return self.filter(state=AccreditationRequest.State.ACCEPTED)

    def undecided(self) -> "AccreditationRequestQuerySet":
        return self.filter(state__in=AccreditationRequest.UNDECIDED)

    def of_address(self, email: str) -> "AccreditationRequestQuerySet":
        return self.annotate(small=Lower("email")).filter(small=email.strip().lower())

    def matching(self, words: str) -> "AccreditationRequestQuerySet":
        """Those whose name, outlet, address, card or code hold every word, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            matches = matches.filter(folded__contains=word)
        return matches


class AccreditationRequest(models.Model):
    """One person who wants to be there: received, checked, accepted, refused with a reason, or waiting for a seat."""

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        CHECKED = "checked", _("checked")
        ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
        WAITING = "waiting", _("waiting for a seat")
        REFUSED = "refused", pgettext_lazy("request", "refused")

    UNDECIDED = frozenset({State.RECEIVED, State.CHECKED, State.WAITING})

    round = models.ForeignKey(
        AccreditationRound, verbose_name=_("event"), on_delete=models.PROTECT, related_name="requests"
    )
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist in the register"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="accreditation_requests",
    )  # fmt: skip
    full_name = PlainLine(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=LONGEST, blank=True)
    phone = PlainLine(_("telephone"), max_length=40, blank=True)
    outlet_name = PlainLine(_("outlet as written"), max_length=200)
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+", limit_choices_to={"kind": Organisation.Kind.PRESS},
        help_text=_("Of the directory: its badges are counted together."),
    )  # fmt: skip
    role = PlainLine(_("role"), max_length=120, blank=True)
    card_kind = models.CharField(_("kind of card"), max_length=12, choices=Journalist.Card.choices)
    card_number = PlainLine(_("number of the card or permit"), max_length=40, blank=True)
    card_issuer = PlainLine(_("issued by"), max_length=160, blank=True)
    card_valid_until = models.DateField(_("valid until"), null=True, blank=True)
    equipment = PlainLine(_("equipment"), max_length=300, blank=True)
    language = models.CharField(_("language of letters"), max_length=2, choices=Journalist.Language.choices)
    consent = models.TextField(_("words agreed to"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    reason = PlainLine(_("reason"), max_length=500, blank=True)
    received_at = models.DateTimeField(_("received"))
    state_since = models.DateTimeField(_("since"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    checked_in_at = models.DateTimeField(_("came in"), null=True)
    folded = models.TextField(blank=True, editable=False)
    sorted_by = models.TextField(blank=True, editable=False)

    objects = AccreditationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("accreditation request")
        verbose_name_plural = _("accreditation requests")
        ordering = ["sorted_by", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "round", condition=~Q(email=""), name="one_request_of_an_address",
                violation_error_message=_("This address has asked for a badge of this event already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="accreditation_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(outlet__isnull=False), name="accepted_for_an_outlet"
            ),
            models.CheckConstraint(
                condition=Q(checked_in_at=None) | Q(state="accepted"), name="only_the_accepted_come_in"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["round", "state", "outlet"], name="accreditation_by_outlet")]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.outlet or self.outlet_name}"

    @property
    def is_erased(self) -> bool:
        return self.full_name == ERASED

    @property
    def outlet_shown(self) -> str:
        return str(self.outlet or self.outlet_name)


def private_path(file: "AccreditationFile", filename: str) -> str:
    """Where a scan is kept: under a name nobody chose, in no folder the library serves from."""
    return f"accreditation/{uuid4().hex}{PurePath(filename).suffix.lower()}"


class AccreditationFileQuerySet(models.QuerySet):
    def kept_too_long(self, day: date) -> "AccreditationFileQuerySet":
        """Files of events that ended so long ago that nobody may keep them."""
        rounds: list[Any] = [
            each.pk for each in AccreditationRound.objects.over_before(day) if each.files_kept_until < day
        ]
        return self.filter(request__round__in=rounds, purged_at=None)


class AccreditationFile(models.Model):
    """A scan that came with a request. Never public; deleted some days after the event, and this row says when."""

    class Kind(models.TextChoices):
        CARD = "card", _("press card or permit")
        LETTER = "letter", _("letter of the editorial office")

    request = models.ForeignKey(AccreditationRequest, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(_("what it is"), max_length=8, choices=Kind.choices)
    content = models.FileField(_("file"), upload_to=private_path, max_length=120, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))
    purged_at = models.DateTimeField(_("deleted"), null=True)

    objects = AccreditationFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a request")
        verbose_name_plural = _("files of a request")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purged_at=None) | Q(content=""), name="a_purged_file_names_no_bytes"
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
