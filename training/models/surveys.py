"""What participants say of an event, and nobody can tell who said what."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText
from training.models.events import Event
from training.models.registrations import Registration


class Wave(models.IntegerChoices):
    """When it is asked: so many days after the last day."""

    AFTER = 0, _("at the end")
    LATER = 90, _("after 90 days")


class Question(models.Model):
    """A question of the survey; questions are data, an administrator changes them."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("from 1 (no) to 5 (yes)")
        TEXT = "text", _("in one’s own words")

    code = models.SlugField(_("code"), max_length=40, unique=True)
    wave = models.PositiveSmallIntegerField(_("asked"), choices=Wave.choices)
    kind = models.CharField(_("answer"), max_length=5, choices=Kind.choices)
    words = PlainLine(_("question"), max_length=300)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_asked = models.BooleanField(_("is asked"), default=True)

    class Meta:
        verbose_name = _("question of the survey")
        verbose_name_plural = _("questions of the survey")
        ordering = ["wave", "position", "pk"]

    def __str__(self) -> str:
        return self.words or self.words_vi or self.code


class Ticket(models.Model):
    """The right to answer once. It knows whether it was used, neither when nor with what answers."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="tickets")
    wave = models.PositiveSmallIntegerField(choices=Wave.choices)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="tickets")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    is_used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("ticket of the survey")
        verbose_name_plural = _("tickets of the survey")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["registration", "wave"], name="one_ticket_for_each_wave")
        ]

    def __str__(self) -> str:
        return f"№ {self.registration_id}"


class Answer(models.Model):
    """One answer to one question. Its random number says nothing about when it came or with which others."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    score = models.PositiveSmallIntegerField(null=True)
    text = PlainText(max_length=2000, blank=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__range=(1, 5)), name="a_score_is_from_1_to_5"
            )
        ]

    def __str__(self) -> str:
        return str(self.question_id)
