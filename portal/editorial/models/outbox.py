"""What follows a step, the sign that the clock lives, and notices to people."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.history import confidential


class EffectQuerySet(models.QuerySet):
    def waiting(self, now: datetime) -> "EffectQuerySet":
        return self.filter(done_at=None, given_up_at=None, due_at__lte=now).order_by("due_at", "pk")

    def failing(self) -> "EffectQuerySet":
        return self.filter(done_at=None, attempts__gt=0)

    def shown_to(self, person: Any) -> "EffectQuerySet":
        """An effect says by its key what is being done with a thing: to those alone who may see the thing."""
        return self.exclude(content_type__in=confidential.hidden_from(person))


class Effect(models.Model):
    """Something that follows a step: written in the step's transaction, done by a worker, once for its key."""

    key = models.CharField(_("key"), max_length=200, unique=True)
    name = models.CharField(_("effect"), max_length=60)
    content_type = models.ForeignKey(ContentType, null=True, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    thing = GenericForeignKey()
    language = models.CharField(max_length=2, blank=True)
    particulars = models.JSONField(default=dict, blank=True)
    queued_at = models.DateTimeField(_("queued"))
    due_at = models.DateTimeField(_("next try"))
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    error = models.TextField(_("last error"), blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    objects = EffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("effect")
        verbose_name_plural = _("effects")
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(done_at=None, given_up_at=None), name="effect_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """When the clock was last seen."""

    name = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.seen_at:%Y-%m-%d %H:%M:%S}"


class Notice(models.Model):
    """One line on a person's desk about a thing they worked on."""

    key = models.CharField(max_length=220, unique=True)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    thing = GenericForeignKey()
    title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=2, blank=True)
    note = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(F("to"), F("read_at"), F("at").desc(), name="notice_of_person")]

    def __str__(self) -> str:
        return f"{self.verb}: {self.title}"
