"""Mailing lists filled from the register of journalists."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Country, Organisation
from portal.mailing.models import MailingList
from portal.search.models import Topic
from pressroom.models.journalists import Journalist


class JournalistRule(models.Model):
    """Which journalists a mailing list reaches. What is left empty restricts nothing."""

    class Accreditation(models.TextChoices):
        ANY = "any", _("all")
        ACCREDITED = "accredited", _("accredited only")
        NOT_ACCREDITED = "not_accredited", _("only those not accredited")

    mailing_list = models.OneToOneField(
        MailingList, verbose_name=_("mailing list"), on_delete=models.CASCADE, related_name="journalist_rule"
    )
    accreditation = models.CharField(
        _("accreditation"), max_length=16, choices=Accreditation.choices, default=Accreditation.ANY
    )
    language = models.CharField(
        _("only who wants letters in"), max_length=2, choices=Journalist.Language.choices, blank=True,
        help_text=_("A mailing in one language reaches, of this list's journalists, those who want that language."),
    )  # fmt: skip
    beats = models.ManyToManyField(
        Topic, verbose_name=_("only of these beats"), blank=True, related_name="+",
        help_text=_("Journalists who named no beat receive everything and are among them."),
    )  # fmt: skip
    outlets = models.ManyToManyField(
        Organisation, verbose_name=_("only of these outlets"), blank=True, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    countries = models.ManyToManyField(
        Country, verbose_name=_("only outlets of these countries"), blank=True, related_name="+"
    )
    card_kind = models.CharField(
        _("only holders of a"), max_length=12, choices=Journalist.Card.choices, blank=True
    )

    class Meta:
        verbose_name = _("rule over journalists")
        verbose_name_plural = _("journalists by rule")

    def __str__(self) -> str:
        return str(self.mailing_list)
