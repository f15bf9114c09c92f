"""How many people, where nobody registered: what minutes and reports say, with the word they say it with."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine
from training.models.events import Event


class HeadCount(models.Model):
    """A figure about an event from a source outside the portal: “gần 150” stays “gần 150”.

    It is asked for only where no rows can be counted: see `training.counting`. The plan's own figure stands on the event.
    """

    class What(models.TextChoices):
        REGISTERED = "registered", _("registered")
        ATTENDED = "attended", _("attended")
        CERTIFIED = "certified", _("certified")

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="head_counts"
    )
    what = models.CharField(_("what was counted"), max_length=10, choices=What.choices)
    number = models.PositiveIntegerField(_("number"))
    qualifier = models.CharField(
        _("the source says"), max_length=6, choices=Event.Qualifier.choices, blank=True, default=""
    )
    source = PlainLine(
        _("source"), max_length=300, help_text=_("The minutes, report or article it is taken from.")
    )

    class Meta:
        verbose_name = _("head count")
        verbose_name_plural = _("head counts")
        ordering = ["event_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "what"], name="one_head_count_of_a_kind"),
            models.CheckConstraint(
                condition=models.Q(what__in=["registered", "attended", "certified"]),
                name="head_count_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.number}"
