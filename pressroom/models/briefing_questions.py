"""The questions put to a briefing, before it and in the hall."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.fields import PlainText
from portal.search.models import Topic
from pressroom.models.briefings import Briefing
from pressroom.models.journalists import Journalist


class BriefingQuestionQuerySet(models.QuerySet):
    def in_order(self) -> "BriefingQuestionQuerySet":
        return self.order_by("position", "pk")

    def waiting(self) -> "BriefingQuestionQuerySet":
        return self.filter(state=BriefingQuestion.State.WAITING).in_order()

    def left_for_writing(self) -> "BriefingQuestionQuerySet":
        """Promised a written answer: what the enquiry desk takes over."""
        return self.filter(state=BriefingQuestion.State.LEFT).in_order()


class BriefingQuestion(models.Model):
    """One question of one outlet."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN = "taken", _("being answered")
        ANSWERED = "answered", _("answered")
        LEFT = "left", _("left for a written answer")

    class Language(models.TextChoices):
        VIETNAMESE = "vi", _("Vietnamese")
        ENGLISH = "en", _("English")

    briefing = models.ForeignKey(Briefing, on_delete=models.PROTECT, related_name="questions")
    outlet = models.ForeignKey(
        Organisation, verbose_name=_("outlet"), on_delete=models.PROTECT, related_name="+"
    )
    journalist = models.ForeignKey(
        Journalist,
        verbose_name=_("journalist"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = PlainText(_("question"), max_length=2000)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    position = models.PositiveIntegerField(_("order"))
    asked_at = models.DateTimeField(_("asked"))
    state_since = models.DateTimeField()

    objects = BriefingQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question at a briefing")
        verbose_name_plural = _("questions at briefings")
        ordering = ["position", "pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["briefing", "position"], name="question_in_the_queue")]

    def __str__(self) -> str:
        return f"{self.outlet}: {self.text[:60]}"
