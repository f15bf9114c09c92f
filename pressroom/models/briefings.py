"""Press briefings (họp báo): one regular one a quarter, and others as they are needed.

What is *written* about a briefing (content, programme, transcript) passes the editorial steps. What is *decided* about it
(when, where, confirmed, held, cancelled) is a fact: it holds at once, in both languages, and the history keeps it.
"""

from datetime import date, datetime
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Publishable, PublishableQuerySet
from portal.languages import LANGUAGES
from portal.languages.dates import Quarter, quarter_of
from portal.languages.fields import PlainLine, PlainText, Record, read_records
from portal.library.faces import placed
from portal.people.models import Person
from portal.richtext.fields import RichText
from pressroom import briefing_facts
from pressroom.models.shelves import Shelf, topics_of
from pressroom.records import Programme, Transcript


class WebAddress(models.URLField):
    """The address of a page of another site; one typed without its scheme is https."""

    default_validators = [URLValidator(schemes=["https", "http"])]

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"assume_scheme": "https", **kwargs})


class BriefingQuerySet(PublishableQuerySet):
    def standing(self) -> "BriefingQuerySet":
        """Held or still to come: not cancelled."""
        return self.originals().exclude(progress=Briefing.Progress.CANCELLED)

    def to_come(self) -> "BriefingQuerySet":
        return self.originals().filter(progress__in=Briefing.OPEN)

    def over(self, day: date) -> "BriefingQuerySet":
        """Held, or cancelled and its day gone by: until then whoever looks for it finds it where it stood."""
        ended = Q(progress=Briefing.Progress.HELD) | Q(progress=Briefing.Progress.CANCELLED, day__lt=day)
        return self.originals().filter(ended)

    def regular_in(self, quarter: Quarter) -> "BriefingQuerySet":
        return self.standing().filter(kind=Briefing.Kind.REGULAR, of_quarter=quarter.first_day)


class Briefing(Publishable):
    """A press briefing. Its notice has the six contents of Decree 237/2026/ND-CP, Article 22:
    place, time, content, chair, documents of proof, outlets invited.
    """

    section = "pressroom"
    translated_content = (
        *Publishable.translated_content, "standfirst", "body", "proof", "contact", "agenda", "transcript",
    )  # fmt: skip
    shared_content = (*Publishable.shared_content, "chair", "stream_url", "video_url", "captions_url")
    required_content = ("title", "standfirst")
    read_side_needs = ("chair",)

    class Kind(models.TextChoices):
        REGULAR = "regular", _("regular")
        AD_HOC = "ad_hoc", _("ad hoc")

    class Progress(models.TextChoices):
        PROVISIONAL = "provisional", _("provisional")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    class Precision(models.TextChoices):
        QUARTER = "quarter", _("the quarter only")
        MONTH = "month", _("the month only")
        EXACT = "exact", _("day and hour")

    #: Before it has come to its end.
    OPEN = (Progress.PROVISIONAL, Progress.CONFIRMED)

    # Written.
    title = PlainLine(_("title"), max_length=250, blank=True)
    standfirst = PlainText(_("in a few sentences"), max_length=800, blank=True)
    body = RichText(_("content of the briefing"), blank=True)
    proof = PlainText(
        _("documents of proof"), max_length=1500, blank=True,
        help_text=_("What proves the things announced, one document on a line. Decree 237/2026/ND-CP, Article 22."),
    )  # fmt: skip
    contact = PlainText(
        _("contact"), max_length=500, blank=True, help_text=_("For journalists: name, telephone, e-mail.")
    )
    agenda = Programme(_("programme"), blank=True)
    transcript = Transcript(_("transcript"), blank=True)
    chair = models.ForeignKey(
        Person, verbose_name=_("chair"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Named with the title held on the day of the briefing."),
    )  # fmt: skip
    stream_url = WebAddress(
        _("address of the live stream"), max_length=300, blank=True,
        help_text=_("Shown as a link; nothing of another site is embedded."),
    )  # fmt: skip
    video_url = WebAddress(_("address of the recording"), max_length=300, blank=True)
    captions_url = WebAddress(
        _("address of its captions"), max_length=300, blank=True,
        help_text=_("Captions or another text alternative of the recording."),
    )  # fmt: skip

    # Decided: see pressroom.actions.briefings. A working copy has none of it.
    kind = models.CharField(
        _("kind"), max_length=8, choices=Kind.choices, default=Kind.REGULAR, editable=False
    )
    progress = models.CharField(
        _("progress"), max_length=12, choices=Progress.choices, default=Progress.PROVISIONAL, editable=False
    )
    precision = models.CharField(
        _("how exactly the date is known"), max_length=8, choices=Precision.choices, default=Precision.QUARTER,
        editable=False,
    )  # fmt: skip
    day = models.DateField(
        _("day"), null=True, editable=False
    )  # the first of the quarter or month, or the day itself
    of_quarter = models.DateField(_("first day of its quarter"), null=True, editable=False)
    begins_at = models.DateTimeField(_("begins"), null=True, editable=False)
    ends_at = models.DateTimeField(_("ends"), null=True, editable=False)
    place = PlainLine(_("place"), max_length=300, blank=True, editable=False)
    reason = PlainText(_("why it was cancelled"), max_length=800, blank=True, editable=False)
    urgency = PlainText(
        _("why the notice is shorter than the law asks"), max_length=500, blank=True, editable=False
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    sequence = models.PositiveIntegerField(
        default=0, editable=False
    )  # raised by each change of the facts (RFC 5545)
    decided_at = models.DateTimeField(null=True, editable=False)

    # Arranged: see pressroom.actions.seats.
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True, editable=False)
    outlet_cap = models.PositiveSmallIntegerField(_("seats for one outlet"), default=2, editable=False)
    asks_until = models.DateTimeField(
        _("seats may be asked for until"), null=True, blank=True, editable=False
    )
    chair_notes = PlainText(_("notes for the chair"), blank=True, editable=False)  # never public

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = _("press briefing")
        verbose_name_plural = _("press briefings")
        ordering = ["-day", "-begins_at", "-pk"]
        permissions = [("run_briefing", _("Can date, confirm, hold and cancel briefings and seat the press"))]
        constraints = [
            models.UniqueConstraint(
                fields=["of_quarter"],
                condition=Q(kind="regular", working_copy_of=None) & ~Q(progress="cancelled"),
                name="one_regular_briefing_a_quarter",
            ),
            models.CheckConstraint(
                condition=Q(working_copy_of__isnull=False) | Q(day__isnull=False, of_quarter__isnull=False),
                name="a_briefing_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(precision="exact", begins_at__isnull=False, ends_at__isnull=False)
                | (~Q(precision="exact") & Q(begins_at=None, ends_at=None)),
                name="an_exact_date_has_its_hours",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("begins_at")), name="a_briefing_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(progress__in=["provisional", "cancelled"]) | Q(precision="exact"),
                name="a_confirmed_briefing_has_its_hour",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["progress", "day"], name="briefing_to_come")]

    def public_url(self) -> str:
        if self.slug:
            return reverse("pressroom:briefing", args=[self.slug, self.root_pk])
        return reverse("pressroom:briefing_by_number", args=[self.root_pk])

    def quarter(self) -> Quarter:
        return quarter_of(self.root.of_quarter)

    @property
    def is_open(self) -> bool:
        return self.progress in self.OPEN

    def has_begun(self, now: datetime) -> bool:
        return self.begins_at is not None and self.begins_at <= now

    def spoken_languages(self) -> list[str]:
        """The languages it is written in, and so has to be told of in."""
        return [language for language in LANGUAGES if self.text("title", language)]

    def rows(self, field: str, language: str) -> list[Record]:
        """Its programme or transcript in one language; see `pressroom.records`."""
        return read_records(self.text(field, language))

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable. `facts` is what was decided: whoever decides otherwise rewrites it in the entry."""
        spoken = "\n".join(self.words(field, language) for field in ("proof", "agenda", "transcript"))
        return {
            "summary": self.text("standfirst", language),
            "text": f"{self.text('body', language)}<p>{spoken}</p>",
            **Shelf.BRIEFINGS.face(),
            "face": {
                "body": self.text("body", language),
                "proof": [line for line in self.text("proof", language).splitlines() if line.strip()],
                "contact": self.text("contact", language),
                "agenda": self.rows("agenda", language),
                "transcript": self.rows("transcript", language),
                "stream_url": self.stream_url,
                "video_url": self.video_url,
                "captions_url": self.captions_url,
                "topics": topics_of(self),
                "facts": briefing_facts.facts_of(self.root, language, chair=self.chair),
                **placed(self.placements.all()),
            },
        }

    def reason_against_discarding(self) -> str | None:
        """See Publishable: what was held or called off has happened, though no reader was told."""
        if self.progress in {self.Progress.HELD, self.Progress.CANCELLED}:
            return str(_("This briefing was held or cancelled: that cannot be undone by deleting its draft."))
        if self.attendances.exists() or self.questions.exists():
            return str(_("The press has asked for seats or put questions: cancel the briefing instead."))
        return None
