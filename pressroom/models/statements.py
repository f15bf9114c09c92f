"""Statements: what the ministry says in so many words, to be quoted in both languages sentence by sentence."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages.dates import vietnamese_day
from portal.languages.fields import PlainLine, PlainText
from portal.library.faces import placed
from portal.people.models import Person
from pressroom.models.numbers import Numbered
from pressroom.models.shelves import Shelf, topics_of


class Statement(Numbered):
    """A statement (phát ngôn): one sentence on each line, the same lines in both languages."""

    section = "pressroom"
    translated_content = (*Numbered.translated_content, "forum", "text_said")
    shared_content = (*Numbered.shared_content, "said_at", "speaker", "channel")
    required_content = ("title", "text_said")
    relations_content = ("topics",)
    read_side_needs = ("speaker",)
    placement_roles = ("cover", "attachment")
    may_be_embargoed = True
    follow_ups: ClassVar = {
        "published": ("enter_in_ledger",),
        "published urgently": ("enter_in_ledger",),
        "withdraw": ("enter_in_ledger",),
        "retract": ("enter_in_ledger",),
        "lift_embargo": ("close_copies",),
    }

    class Channel(models.TextChoices):
        """The five forms of Decree 244/2026/ND-CP, Article 5."""

        CONFERENCE = "conference", _("press conference, in person or online")
        PORTAL = "portal", _("portal and official channels")
        INTERVIEW = "interview", _("direct answer or interview")
        WRITTEN = "written", _("press release, written or e-mailed answer")
        MEETING = "meeting", _("meeting with the press")

    title = PlainLine(_("headline"), max_length=250, blank=True)
    forum = PlainLine(
        _("forum"), max_length=200, blank=True, help_text=_("Where it was said: at which meeting, to whom.")
    )
    text_said = PlainText(
        _("text"), blank=True,
        help_text=_("One sentence on each line, the same number in both languages; an empty line begins a paragraph."),
    )  # fmt: skip
    said_at = models.DateTimeField(_("when it was said"))
    speaker = models.ForeignKey(
        Person, verbose_name=_("speaker"), null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text=_("Empty when the ministry itself speaks."),
    )  # fmt: skip
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, default=Channel.PORTAL)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-said_at", "-pk"]

    def public_url(self) -> str:
        if self.slug:
            return reverse("pressroom:statement", args=[self.slug, self.root_pk])
        return reverse("pressroom:statement_by_number", args=[self.root_pk])

    def sentences(self, language: str) -> list[str]:
        """The sentences of one language, in their order."""
        return [line.strip() for line in self.text("text_said", language).splitlines() if line.strip()]

    def paragraphs(self, language: str) -> list[list[dict[str, Any]]]:
        """The sentences with their numbers, paragraph by paragraph."""
        paragraphs: list[list[dict[str, Any]]] = [[]]
        number = 0
        for line in self.text("text_said", language).splitlines():
            if line.strip():
                number += 1
                paragraphs[-1].append({"number": number, "words": line.strip()})
            elif paragraphs[-1]:
                paragraphs.append([])
        return [paragraph for paragraph in paragraphs if paragraph]

    def read_side(self, language: str) -> dict[str, Any]:
        """See Publishable: what a card, the search and the page say, in the active language."""
        sentences = self.sentences(language)
        day = vietnamese_day(self.said_at)
        return {
            "summary": sentences[0][:800] if sentences else "",
            "text": "\n".join(sentences),
            **Shelf.STATEMENTS.face(),
            "face": {
                "said_at": self.said_at.isoformat(),
                "forum": self.text("forum", language),
                "channel": str(self.get_channel_display()),
                "speaker": self.speaker.addressed(language) if self.speaker else "",
                "title": self.speaker.title_on(day, language) if self.speaker else "",
                "paragraphs": self.paragraphs(language),
                "topics": topics_of(self),
                **placed(self.placements.all()),
            },
        }
