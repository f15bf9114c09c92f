"""What an article page shows, read from its entry of the read side (or, for a preview, from an entry never written)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.safestring import SafeString, mark_safe

from portal.richtext import expand_figures
from portal.search.models import Entry


@dataclass(frozen=True)
class ArticlePage:
    """An article as its reader sees it, in one language."""

    entry: Entry

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def standfirst(self) -> str:
        return self.entry.summary

    @property
    def byline(self) -> str:
        return self.entry.face.get("byline", "")

    @property
    def source(self) -> str:
        return self.entry.face.get("source", "")

    @property
    def dateline(self) -> str:
        return self.entry.face.get("dateline", "")

    @property
    def event_on(self) -> date | None:
        return parse_date(self.entry.face.get("event_on") or "")

    @property
    def category(self) -> dict[str, str]:
        return {"name": self.entry.shelf_title, "url": self.entry.shelf_url}

    @property
    def body(self) -> SafeString:
        """The body with its pictures in place. Safe: cleaned when it was saved, and figures are our own template."""
        figures = self.entry.face.get("figures", {})

        def figure(uuid: UUID) -> str:
            placed = figures.get(str(uuid))
            return render_to_string("library/_figure.html", {"placement": placed}) if placed else ""

        return mark_safe(expand_figures(self.entry.face.get("body", ""), figure))

    @property
    def cover(self) -> dict[str, Any] | None:
        cover = self.entry.face.get("cover")
        return {**cover["image"], "caption": cover["caption"], "credit": cover["credit"]} if cover else None

    @property
    def attachments(self) -> list[dict[str, Any]]:
        return [
            {**attached, "url": reverse("library:file", args=[attached["asset"], attached["filename"]])}
            for attached in self.entry.face.get("attachments", [])
        ]

    @property
    def topics(self) -> list[dict[str, str]]:
        return self.entry.face.get("topics", [])


def changes(entry: Entry) -> list[dict[str, Any]]:
    """The public notes on changes, newest first, with real moments."""
    return [{**change, "at": parse_datetime(change["at"])} for change in reversed(entry.changes)]


def translation(entry: Entry) -> dict[str, Any]:
    """What a reader is told of an outdated translation; {} when there is nothing to tell."""
    told = entry.translation
    return {**told, "source_changed_at": parse_datetime(told.get("source_changed_at") or "")} if told else {}
