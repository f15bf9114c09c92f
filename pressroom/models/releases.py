"""Press releases: what the ministry tells the press in its own words, numbered, signed and dated."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages.fields import PlainLine, PlainText, Record, RecordPart, Records, read_records
from portal.library.faces import placed
from portal.mailing.models import MailingList
from portal.people.models import Person
from portal.richtext.fields import RichText
from pressroom.models.numbers import Numbered
from pressroom.models.shelves import Shelf, topics_of


def _people() -> list[tuple[str, str]]:
    return [(str(person.pk), person.full_name) for person in Person.objects.all()]


class Quotes(Records):
    """What somebody says in the release: {"speaker": number of a person, "words": …}; titled as on the day of the release."""

    parts: ClassVar = (
        RecordPart("speaker", _("speaker"), choices=_people, most=20),
        RecordPart("words", _("words"), "text"),
    )

    def lines(self, record: Record) -> list[str]:
        return [record["words"]] if record.get("words") else []


class Contacts(Records):
    """Whom the press may ask about the release."""

    parts: ClassVar = (
        RecordPart("name", _("name"), most=120),
        RecordPart("office", _("office"), most=200),
        RecordPart("phone", _("telephone"), "tel", most=40),
        RecordPart("email", _("e-mail"), "email", most=254),
    )


class BoilerplateQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "BoilerplateQuerySet":
        return self.filter(Q(valid_until=None) | Q(valid_until__gte=day), valid_from__lte=day)


class Boilerplate(models.Model):
    """What every release says about the ministry at its end, from one day to another."""

    text = PlainText(_("about the ministry"))
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = BoilerplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("text about the ministry")
        verbose_name_plural = _("texts about the ministry")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="boilerplate_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return (self.text or self.text_vi or "")[:80]


class PressRelease(Numbered):
    """A press release (thông cáo báo chí), in Vietnamese and, when somebody has translated it, in English."""

    section = "pressroom"
    translated_content = (
        *Numbered.translated_content, "standfirst", "place", "body", "quotes", "background", "contacts",
    )  # fmt: skip
    shared_content = (*Numbered.shared_content, "dated_on", "signer", "briefing")
    required_content = ("title", "standfirst", "place", "body")
    relations_content = ("topics", "lists", "related")
    read_side_needs = ("signer",)
    placement_roles = ("cover", "figure", "photo", "attachment")
    may_be_embargoed = True
    follow_ups: ClassVar = {
        "published": ("distribute_release", "enter_in_ledger"),
        "published urgently": ("distribute_release", "enter_in_ledger"),
        "withdraw": ("stop_release", "recall_release", "enter_in_ledger"),
        "retract": ("stop_release", "recall_release", "enter_in_ledger"),
        "lift_embargo": ("close_copies",),
    }

    title = PlainLine(_("headline"), max_length=250, blank=True)
    standfirst = PlainText(_("standfirst"), max_length=800, blank=True)
    place = PlainLine(
        _("place"), max_length=80, blank=True, help_text=_("Where it is given out: Hà Nội, Ha Noi.")
    )
    body = RichText(_("body"), blank=True)
    quotes = Quotes(_("quotes"), blank=True)
    background = RichText(_("background for editors"), blank=True)
    contacts = Contacts(_("contacts for the press"), blank=True)
    dated_on = models.DateField(
        _("date"), help_text=_("The date it bears. Titles of speakers are those of this day.")
    )
    signer = models.ForeignKey(
        Person, verbose_name=_("signed by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    briefing = models.ForeignKey(
        "pressroom.Briefing", verbose_name=_("press briefing"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="releases", limit_choices_to={"working_copy_of": None},
        help_text=_("The briefing it belongs to. Its page is named once readers may see it."),
    )  # fmt: skip
    lists = models.ManyToManyField(
        MailingList, verbose_name=_("sent to"), blank=True, related_name="+",
        help_text=_("Who gets it by e-mail when it appears. Whoever approves the release approves this too."),
    )  # fmt: skip
    related = models.ManyToManyField(
        "self", verbose_name=_("related releases"), blank=True, symmetrical=False, related_name="+",
        limit_choices_to={"working_copy_of": None},
    )  # fmt: skip

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")
        ordering = ["-created_at", "-pk"]

    def public_url(self) -> str:
        if self.slug:
            return reverse("pressroom:release", args=[self.slug, self.root_pk])
        return reverse("pressroom:release_by_number", args=[self.root_pk])

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable: what a card, the search, the page, the letter and the printed sheet say, in the active language."""
        quotes = self.quoted(language)
        said = [
            self.text("body", language),
            *(quote["words"] for quote in quotes),
            self.text("background", language),
        ]
        return {
            "summary": self.text("standfirst", language),
            "text": "\n".join(said),
            **Shelf.RELEASES.face(),
            "face": {
                "dated_on": self.dated_on.isoformat(),
                "place": self.text("place", language),
                "body": self.text("body", language),
                "quotes": quotes,
                "background": self.text("background", language),
                "contacts": read_records(self.text("contacts", language)),
                "signer": self._signed(language),
                "briefing": self.briefing_id,
                "about": self._about(language),
                "related": [related.pk for related in self.related.all()],
                "topics": topics_of(self),
                **placed(self.placements.all()),
            },
        }

    def quoted(self, language: str) -> list[dict[str, str]]:
        """The quotes, each with its speaker's name and the title of the day."""
        records = [record for record in read_records(self.text("quotes", language)) if record["words"]]
        people = Person.objects.with_offices().in_bulk(
            [record["speaker"] for record in records if record["speaker"]]
        )
        by_key = {str(pk): person for pk, person in people.items()}
        return [
            {
                "words": record["words"],
                "speaker": by_key[record["speaker"]].addressed(language)
                if record["speaker"] in by_key
                else "",
                "title": by_key[record["speaker"]].title_on(self.dated_on, language)
                if record["speaker"] in by_key
                else "",
            }
            for record in records
        ]

    def _signed(self, language: str) -> dict[str, str]:
        if self.signer is None:
            return {}
        return {"name": self.signer.full_name, "title": self.signer.title_on(self.dated_on, language)}

    def _about(self, language: str) -> str:
        found = Boilerplate.objects.valid_on(self.dated_on).order_by("-valid_from").first()
        return (getattr(found, f"text_{language}") or "") if found else ""
