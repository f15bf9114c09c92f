"""How long what is known of participants is kept, and what has been erased."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine
from training.models.events import Event


class Keeping(models.TextChoices):
    """What is erased together. Each has a time of its own, counted from the last day of the event."""

    NEEDS = "needs", _("needs (accessibility, food)")
    CONTACT = "contact", _("addresses, telephones, what letters said")
    PRESENCE = "presence", _("details of scans and check-in")
    SURVEY = "survey", _("survey tickets")
    PERSON = "person", _("names and all other particulars")


class RetentionRule(models.Model):
    """So many days after the end of an event; for all events, or for one that has a time of its own."""

    what = models.CharField(_("what is erased"), max_length=10, choices=Keeping.choices)
    event = models.ForeignKey(
        Event, verbose_name=_("only of this event"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="retention_rules",
    )  # fmt: skip
    days = models.PositiveIntegerField(_("days after the last day of the event"))
    citation = PlainLine(_("source"), max_length=300)

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        ordering = ["event_id", "days", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["what"], condition=Q(event=None), name="one_retention_period_for_all_events",
                violation_error_message=_("There is a period for this already: change that one."),
            ),
            models.UniqueConstraint(
                fields=["what", "event"], condition=Q(event__isnull=False), name="one_retention_period_of_an_event",
                violation_error_message=_("This event has a period for this already: change that one."),
            ),
            models.CheckConstraint(
                condition=Q(what__in=["needs", "contact", "presence", "survey", "person"]), name="retention_is_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.days}"


class Purge(models.Model):
    """That something of an event's participants was erased, when, and of how many rows. It names nobody."""

    event = models.ForeignKey(Event, verbose_name=_("event"), on_delete=models.PROTECT, related_name="purges")
    what = models.CharField(_("what was erased"), max_length=10, choices=Keeping.choices)
    purged_at = models.DateTimeField(_("erased"))
    rows = models.PositiveIntegerField(_("rows"), default=0)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-purged_at", "-pk"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["event", "what"], name="an_erasure_is_noted_once")]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_what_display()}"
