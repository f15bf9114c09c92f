"""The sessions of an event: when and where people sit together."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine
from training.models.events import Event


class Session(models.Model):
    """One stretch of time in one room. Presence is noted by session."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    title = PlainLine(_("title"), max_length=200, blank=True)
    room = PlainLine(_("room"), max_length=200, blank=True)
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["begins_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_session_ends_after_it_begins")
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or f"{self.begins_at:%Y-%m-%d %H:%M}"

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.begins_at
