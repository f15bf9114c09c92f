"""Mailing lists filled from the registrations of an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.mailing.models import MailingList
from training.models.events import Event


class ParticipantRule(models.Model):
    """Which participants of which event a mailing list reaches: those in these states, at the moment of approval."""

    mailing_list = models.OneToOneField(
        MailingList, verbose_name=_("mailing list"), on_delete=models.CASCADE, related_name="participant_rule"
    )
    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="+")
    states = models.JSONField(_("states"), default=list)

    class Meta:
        verbose_name = _("rule over participants")
        verbose_name_plural = _("participants by rule")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.mailing_list)
