"""Journalists: who asks, attends, receives releases and, once accredited, reads them before their hour."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Organisation
from portal.languages.fields import PlainLine
from portal.search.models import Topic


class JournalistQuerySet(models.QuerySet):
    def accredited(self, day: date) -> "JournalistQuerySet":
        """Those the ministry has accredited and whose press card or permit is valid on a day."""
        valid = Q(card_valid_until=None) | Q(card_valid_until__gte=day)
        return self.filter(valid, state=Journalist.State.ACCREDITED)


class Journalist(models.Model):
    """A journalist of an outlet, with the press card (Viet Nam) or the permit of a foreign correspondent."""

    class State(models.TextChoices):
        KNOWN = "known", _("known")
        ACCREDITED = "accredited", _("accredited")
        LAPSED = "lapsed", _("lapsed: the card or permit has run out")
        CLOSED = "closed", _("closed")

    class Card(models.TextChoices):
        PRESS_CARD = "press_card", _("press card")
        PERMIT = "permit", _("permit of foreign press")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")

    full_name = PlainLine(_("full name"), max_length=120)
    given_name = PlainLine(_("given name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), max_length=LONGEST)
    phone = PlainLine(_("telephone"), max_length=40, blank=True)
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), on_delete=models.PROTECT, related_name="journalists",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    role = PlainLine(
        _("role"), max_length=120, blank=True, help_text=_("Reporter, editor, camera operator …")
    )
    language = models.CharField(_("language of letters"), max_length=2, choices=Language.choices)
    beats = models.ManyToManyField(Topic, verbose_name=_("beats"), blank=True, related_name="+")
    card_kind = models.CharField(_("kind of card"), max_length=12, choices=Card.choices, blank=True)
    card_number = PlainLine(_("number of the card or permit"), max_length=40, blank=True)
    card_issuer = PlainLine(_("issued by"), max_length=160, blank=True)
    card_valid_until = models.DateField(_("valid until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.KNOWN)

    objects = JournalistQuerySet.as_manager()

    class Meta:
        verbose_name = _("journalist")
        verbose_name_plural = _("journalists")
        ordering = ["full_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=~Q(state="closed"),
                name="journalist_once_by_email",
                violation_error_message=_("There is a journalist of this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=["vi", "en"]), name="journalist_of_a_known_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name}, {self.outlet}"
