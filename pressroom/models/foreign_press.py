"""The desk for foreign press: what a foreign newsroom asks of the ministry, and how far it has come."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Country
from portal.languages.fields import PlainLine, PlainText
from portal.languages.folding import fold
from pressroom.models.codes import new_code
from pressroom.models.journalists import ERASED, Journalist


class ForeignPressRequestQuerySet(models.QuerySet):
    def open(self) -> "ForeignPressRequestQuerySet":
        return self.filter(state__in=ForeignPressRequest.OPEN)

    def in_country_on(self, day: date) -> "ForeignPressRequestQuerySet":
        """Whose stay includes a day."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def matching(self, words: str) -> "ForeignPressRequestQuerySet":
        """Those whose name, outlet, places, subject or code hold every word, with or without diacritics."""
        matches = self
        for word in fold(words).split():
            matches = matches.filter(folded__contains=word)
        return matches


class ForeignPressRequest(models.Model):
    """Assistance, a visit, an interview or help with a filming permit, for an outlet, in a period, at places."""

    class Kind(models.TextChoices):
        ASSISTANCE = "assistance", _("assistance")
        VISIT = "visit", _("visit")
        INTERVIEW = "interview", _("interview")
        FILMING = "filming", _("help with a filming permit")

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        IN_HAND = "in_hand", _("being worked on")
        ASKED_BACK = "asked_back", _("waiting for the newsroom")
        ARRANGED = "arranged", _("arranged")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn by the newsroom")

    OPEN = frozenset({State.RECEIVED, State.IN_HAND, State.ASKED_BACK})

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    kind = models.CharField(_("what is asked for"), max_length=12, choices=Kind.choices)
    full_name = PlainLine(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), max_length=LONGEST, blank=True)
    phone = PlainLine(_("telephone"), max_length=40, blank=True)
    outlet_name = PlainLine(_("outlet"), max_length=200)
    country = models.ForeignKey(
        Country, verbose_name=_("country of the outlet"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    journalist = models.ForeignKey(
        Journalist, verbose_name=_("journalist in the register"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="desk_requests",
    )  # fmt: skip
    people = models.PositiveSmallIntegerField(_("people in the team"), default=1)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    places = PlainText(_("places"))
    subject = PlainText(_("what it is about"))
    language = models.CharField(_("language of letters"), max_length=2, choices=Journalist.Language.choices)
    consent = models.TextField(_("words agreed to"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    folded = models.TextField(blank=True, editable=False)

    objects = ForeignPressRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of foreign press")
        verbose_name_plural = _("requests of foreign press")
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="stay_ends_after_it_began",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="somebody_comes"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["state", "first_day"], name="foreign_press_by_state")]

    def __str__(self) -> str:
        return f"{self.code}: {self.outlet_name}"

    @property
    def is_erased(self) -> bool:
        return self.full_name == ERASED

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class ForeignPressStep(models.Model):
    """One moment of a request: the state it came to, and what was written to the newsroom."""

    request = models.ForeignKey(ForeignPressRequest, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=ForeignPressRequest.State.choices)
    answer = PlainText(_("answer"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of a request")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.at:%d/%m/%Y}"
