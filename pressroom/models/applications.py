"""Journalists who ask for our releases. Nobody sees an application before its address has been confirmed."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.directory.emails import LONGEST
from portal.languages.fields import PlainLine
from portal.languages.folding import fold
from portal.search.models import Topic
from pressroom.models.journalists import Journalist


class ApplicationQuerySet(models.QuerySet):
    def confirmed(self) -> "ApplicationQuerySet":
        """Those an officer may see."""
        return self.exclude(state=JournalistApplication.State.ASKED)

    def waiting(self) -> "ApplicationQuerySet":
        return self.filter(state=JournalistApplication.State.CONFIRMED)

    def forgotten(self, now: datetime) -> "ApplicationQuerySet":
        """Never confirmed while their link held."""
        ended = now - JournalistApplication.LINK_HOLDS
        return self.filter(state=JournalistApplication.State.ASKED, asked_at__lt=ended)

    def refused_before(self, moment: datetime) -> "ApplicationQuerySet":
        return self.filter(state=JournalistApplication.State.REFUSED, decided_at__lt=moment)

    def of_address(self, email: str) -> "ApplicationQuerySet":
        return self.annotate(small=Lower("email")).filter(small=email.strip().lower())

    def matching(self, words: str) -> "ApplicationQuerySet":
        """Those whose name, outlet, address or card hold every word, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            matches = matches.filter(folded__contains=word)
        return matches


class JournalistApplication(models.Model):
    """What a journalist has said about themselves, and what the press office decided."""

    class State(models.TextChoices):
        ASKED = "asked", _("not confirmed")
        CONFIRMED = "confirmed", _("waits for a decision")
        ACCEPTED = "accepted", pgettext_lazy("request", "accepted")
        REFUSED = "refused", pgettext_lazy("request", "refused")

    LINK_HOLDS = timedelta(days=7)
    #: So long a refused application is kept, for questions about it.
    REFUSED_KEPT = timedelta(days=90)

    full_name = PlainLine(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=LONGEST)
    outlet_name = PlainLine(_("outlet"), max_length=200)
    role = PlainLine(_("role"), max_length=120, blank=True)
    card_number = PlainLine(_("number of the card or permit"), max_length=40, blank=True)
    language = models.CharField(_("language of letters"), max_length=2, choices=Journalist.Language.choices)
    beats = models.ManyToManyField(Topic, verbose_name=_("beats"), blank=True, related_name="+")
    frequency = models.CharField(_("receives releases"), max_length=8, choices=Journalist.Frequency.choices)
    consent = models.TextField(_("words agreed to"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    reason = PlainLine(_("reason"), max_length=500, blank=True)
    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist"), null=True, on_delete=models.PROTECT,
        related_name="applications",
    )  # fmt: skip
    folded = models.TextField(blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application for our releases")
        verbose_name_plural = _("applications for our releases")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(state__in=["asked", "confirmed"]),
                name="one_open_application_of_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="application_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(confirmed_at__isnull=False),
                name="application_seen_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.outlet_name}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.ASKED, self.State.CONFIRMED}
