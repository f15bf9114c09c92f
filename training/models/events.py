"""Courses, seminars, workshops, conferences, round tables.

What is *written* about an event (standfirst, programme, papers) passes the editorial steps. What is *decided* about it
(sessions, place, seats, window, held, cancelled) is a fact: it holds at once, in both languages, and the history keeps it.
"""

from datetime import date, datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.editorial.models import Publishable, PublishableQuerySet
from portal.languages.fields import PlainLine, PlainText, read_records
from portal.library.faces import placed
from portal.people.models import Person
from portal.richtext.fields import RichText
from training.facts import facts_of
from training.models.shelves import Shelf
from training.models.themes import Theme
from training.records import Programme


class WebAddress(models.URLField):
    """The address of a page of another site; one typed without its scheme is https."""

    default_validators = [URLValidator(schemes=["https", "http"])]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class EventQuerySet(PublishableQuerySet):
    def standing(self) -> "EventQuerySet":
        """Held or still to come: not cancelled."""
        return self.originals().exclude(progress=Event.Progress.CANCELLED)

    def to_come(self, day: date) -> "EventQuerySet":
        """Not over on a day, the nearest first; a cancelled one is found where it stood until its days are gone."""
        return (
            self.originals()
            .filter(ends_on__gte=day)
            .exclude(progress=Event.Progress.HELD)
            .order_by("begins_on", "pk")
        )

    def waited_for(self) -> "EventQuerySet":
        """For whose seats somebody waits."""
        return self.originals().filter(registrations__state="waiting").distinct()

    def over(self, day: date) -> "EventQuerySet":
        """Held, or gone by on a day, the latest first."""
        ended = Q(ends_on__lt=day) | Q(progress=Event.Progress.HELD)
        return self.originals().filter(ended).order_by("-begins_on", "-pk")

    def within(self, first: date, last: date) -> "EventQuerySet":
        """Which touch these days."""
        return self.originals().filter(begins_on__lte=last, ends_on__gte=first)


class Event(Publishable):
    """A training event. See the module for what is written and what is decided."""

    section = "training"
    translated_content = (
        *Publishable.translated_content, "standfirst", "body", "audience", "programme", "access_notes", "contact",
    )  # fmt: skip
    shared_content = (*Publishable.shared_content, "form", "theme", "chair")
    required_content = ("title", "standfirst", "audience")
    relations_content = ("topics", "speakers")
    read_side_needs = ("theme", "chair")
    placement_roles = ("cover", "figure", "photo", "paper", "attachment")

    class Form(models.TextChoices):
        COURSE = "course", _("training course")
        SEMINAR = "seminar", _("seminar")
        WORKSHOP = "workshop", _("workshop")
        CONFERENCE = "conference", _("conference")
        ROUND_TABLE = "round_table", _("round table")

    class Progress(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    class Precision(models.TextChoices):
        YEAR = "year", _("the year only")
        MONTH = "month", _("the month only")
        DAY = "day", _("the days")
        EXACT = "exact", _("days and hours")

    class Admission(models.TextChoices):
        AT_ONCE = "at_once", _("whoever asks gets a seat while there are any")
        APPROVED = "approved", _("an organiser decides on each request")
        NOMINATED = "nominated", _("only whom a unit nominates")

    class Qualifier(models.TextChoices):
        """How a head count of a plan or report is to be read: its word belongs to the figure."""

        EXACT = "", _("exactly")
        ABOUT = "about", pgettext_lazy("so many people", "about")
        NEARLY = "nearly", _("nearly")
        OVER = "over", _("more than")

    #: Before it has come to its end.
    OPEN = (Progress.PLANNED, Progress.CONFIRMED)

    # Written.
    title = PlainLine(_("title"), max_length=250, blank=True)
    standfirst = PlainText(_("in a few sentences"), max_length=800, blank=True)
    body = RichText(_("description"), blank=True)
    audience = PlainText(_("for whom"), max_length=800, blank=True)
    programme = Programme(_("programme"), blank=True)
    access_notes = PlainText(
        _("accessibility"), max_length=800, blank=True,
        help_text=_("Step-free ways, sign language, interpretation, where to ask for help."),
    )  # fmt: skip
    contact = PlainText(_("contact"), max_length=500, blank=True)
    form = models.CharField(_("form"), max_length=12, choices=Form.choices, default=Form.COURSE)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    chair = models.ForeignKey(
        Person, verbose_name=_("chair"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Named with the title held on the first day."),
    )  # fmt: skip
    speakers = models.ManyToManyField(
        Person, verbose_name=_("speakers"), blank=True, related_name="+",
        help_text=_("Named with the titles held on the first day."),
    )  # fmt: skip

    # Decided: see training.actions.events. A working copy has none of it.
    progress = models.CharField(
        _("progress"), max_length=12, choices=Progress.choices, default=Progress.PLANNED, editable=False
    )
    precision = models.CharField(
        _("how exactly the date is known"), max_length=8, choices=Precision.choices, default=Precision.YEAR, editable=False
    )  # fmt: skip
    begins_on = models.DateField(_("first day"), null=True, editable=False)  # of the year or month, or itself
    ends_on = models.DateField(_("last day"), null=True, editable=False)
    begins_at = models.DateTimeField(
        _("begins"), null=True, editable=False
    )  # of the first session; null without
    ends_at = models.DateTimeField(_("ends"), null=True, editable=False)
    place = PlainLine(_("place"), max_length=300, blank=True, editable=False)
    map_url = WebAddress(_("address on a map"), max_length=300, blank=True, editable=False)
    online_url = WebAddress(
        _("address online"), max_length=300, blank=True, editable=False
    )  # for those with a seat alone
    reason = PlainText(_("why it was cancelled"), max_length=800, blank=True, editable=False)
    has_foreign_element = models.BooleanField(
        _("with a foreign element (Decision 06/2020/QD-TTg)"), default=False, editable=False
    )
    sequence = models.PositiveIntegerField(
        default=0, editable=False
    )  # raised by each change of the facts (RFC 5545)
    decided_at = models.DateTimeField(null=True, editable=False)

    # Arranged: see training.actions.seats.
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, editable=False
    )  # null: nobody registers here
    admission = models.CharField(
        _("how seats are given"), max_length=10, choices=Admission.choices, default=Admission.AT_ONCE, editable=False
    )  # fmt: skip
    opens_at = models.DateTimeField(_("registration opens"), null=True, editable=False)
    closes_at = models.DateTimeField(_("registration closes"), null=True, editable=False)
    offer_hours = models.PositiveSmallIntegerField(_("an offered seat waits, hours"), default=48, editable=False)  # fmt: skip
    attendance_percent = models.PositiveSmallIntegerField(
        _("sessions attended for a certificate, per cent"), default=80, editable=False,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )  # fmt: skip
    gives_certificate = models.BooleanField(_("gives a certificate"), default=True, editable=False)
    planned_count = models.PositiveIntegerField(_("participants planned"), null=True, editable=False)
    planned_qualifier = models.CharField(
        _("the plan says"), max_length=6, choices=Qualifier.choices, blank=True, default="", editable=False
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("training event")
        verbose_name_plural = _("training events")
        ordering = ["-begins_on", "-pk"]
        permissions = [("run_event", _("Can date, confirm, hold and cancel training events and seat people"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(working_copy_of__isnull=False) | Q(begins_on__isnull=False, ends_on__isnull=False),
                name="an_event_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("begins_on")), name="an_event_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(precision="exact", begins_at__isnull=False, ends_at__isnull=False)
                | (~Q(precision="exact") & Q(begins_at=None, ends_at=None)),
                name="exact_hours_are_those_of_sessions",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                name="registration_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(attendance_percent__range=(1, 100)), name="attendance_is_asked_in_per_cent"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["ends_on", "begins_on"], name="event_to_come")]

    def public_url(self) -> str:
        if self.slug:
            return reverse("training:event", args=[self.slug, self.root_pk])
        return reverse("training:event_by_number", args=[self.root_pk])

    @property
    def is_open(self) -> bool:
        return self.progress in self.OPEN

    def has_begun(self, now: datetime) -> bool:
        return self.begins_at is not None and self.begins_at <= now

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable. `facts` is what was decided: whoever decides otherwise rewrites it in the entry."""
        programme = read_records(self.text("programme", language))
        return {
            "summary": self.text("standfirst", language),
            "text": f"{self.text('body', language)}<p>{self.words('programme', language)}</p>",
            **Shelf.EVENTS.face(),
            "face": {
                "body": self.text("body", language),
                "audience": self.text("audience", language),
                "programme": programme,
                "access_notes": self.text("access_notes", language),
                "contact": self.text("contact", language),
                "form": self.form,
                "theme": self.theme.said(language) if self.theme else None,
                "facts": facts_of(
                    self.root, language, chair=self.chair, speakers=self.speakers.with_offices()
                ),
                **placed(self.placements.all()),
            },
        }
