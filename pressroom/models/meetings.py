"""Meetings with the press that are no press conference: one of the five ways of Decree 244/2026/ND-CP, Article 5."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.fields import PlainLine, PlainText
from portal.people.models import Person


class PressMeetingQuerySet(models.QuerySet):
    def held_between(self, first: date, last: date) -> "PressMeetingQuerySet":
        return self.filter(held_on__gte=first, held_on__lte=last)


class PressMeeting(models.Model):
    """One meeting: when, with whom, about what, who spoke."""

    held_on = models.DateField(_("held on"))
    topic = PlainLine(_("about"), max_length=300)
    outlets = models.ManyToManyField(
        Organisation, verbose_name=_("outlets"), blank=True, related_name="+",
        limit_choices_to={"kind": Organisation.Kind.PRESS},
    )  # fmt: skip
    outlets_named = PlainLine(
        _("other outlets"), max_length=300, blank=True, help_text=_("Those that are not in the directory.")
    )
    spoken_by = models.ForeignKey(
        Person, verbose_name=_("spoken by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    spoken_by_name = PlainLine(
        _("spoken by (name)"),
        max_length=160,
        blank=True,
        help_text=_("For somebody who is not in the register of people."),
    )
    note = PlainText(_("note"), blank=True)

    objects = PressMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("press meeting")
        verbose_name_plural = _("press meetings")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(spoken_by__isnull=False) | ~Q(spoken_by_name=""), name="somebody_spoke_at_a_meeting",
                violation_error_message=_("Say who spoke: choose the person, or write the name."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y}: {self.topic}"
