"""The page of one thing. What is the same in every section is answered here; a section adds what only it shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES
from portal.library.templatetags.portal_pictures import picture_url
from portal.richtext import expand_figures
from portal.search.models import Entry
from portal.web.pages import Section, crumbs, in_each_language, render_page

RELATED = 4


@dataclass(frozen=True)
class Piece:
    """A thing as its reader sees it, in one language, read from its entry (for a preview: one never written).

    `twins`: language → its page in that language, where it has one; `elsewhere`: language → the page that explains.
    """

    entry: Entry
    twins: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    preview: bool = False

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def standfirst(self) -> str:
        return self.entry.summary

    @property
    def shelf(self) -> dict[str, str]:
        return {"name": self.entry.shelf_title, "url": self.entry.shelf_url}

    @property
    def body(self) -> SafeString:
        """The body with its pictures in place."""
        return with_figures(self.entry.face.get("body", ""), self.entry.face.get("figures", {}))

    @property
    def cover(self) -> dict[str, Any] | None:
        cover = self.entry.face.get("cover")
        return {**cover["image"], "caption": cover["caption"], "credit": cover["credit"]} if cover else None

    @cached_property
    def attachments(self) -> list[dict[str, Any]]:
        return [
            {**attached, "url": reverse("library:file", args=[attached["asset"], attached["filename"]])}
            for attached in self.entry.face.get("attachments", [])
        ]

    @property
    def topics(self) -> list[dict[str, str]]:
        return self.entry.face.get("topics", [])

    @cached_property
    def changes(self) -> list[dict[str, Any]]:
        """The public notes on changes, newest first, with real moments."""
        return [{**change, "at": parse_datetime(change["at"])} for change in reversed(self.entry.changes)]

    @cached_property
    def translation(self) -> dict[str, Any]:
        """What a reader is told of an outdated translation; {} when there is nothing to tell."""
        told = self.entry.translation
        changed_at = parse_datetime(told.get("source_changed_at") or "") if told else None
        return {**told, "source_changed_at": changed_at} if told else {}

    def has_expired(self) -> bool:
        return self.entry.has_expired(timezone.now())

    def is_listed(self) -> bool:
        return not self.preview and self.entry.is_listed(timezone.now())


def with_figures(body: str, figures: dict[str, Any]) -> SafeString:
    """A stored body with its pictures (asset → placed picture) in place. Safe: cleaned when saved, figures are our own template."""

    def figure(uuid: UUID) -> str:
        placed = figures.get(str(uuid))
        return render_to_string("library/_figure.html", {"placement": placed}) if placed else ""

    return mark_safe(expand_figures(body, figure))


Show = Callable[[HttpRequest, Piece], HttpResponse]


def answer(
    request: HttpRequest, model: type[Model], pk: int, *, section: Section, by_number: str, show: Show
) -> HttpResponse:
    """The page of one thing: what its section shows, or the answer for a piece moved, retracted or not in this language.

    `by_number` names the address that needs only the number: whoever wants the other language is sent there. Two queries.
    """
    kind = ContentType.objects.get_for_model(model)
    begun = Entry.objects.begun(timezone.now()).filter(content_type=kind, object_id=pk)
    found = {entry.language: entry for entry in begun}
    standing = {code: entry for code, entry in found.items() if entry.status != Entry.Status.GONE}
    entry = found.get(get_language() or "")
    if entry is None:
        return _not_in_this_language(request, standing, section)
    if entry.status == Entry.Status.GONE:
        return _gone(request, entry, section)
    if entry.url != request.path:
        return HttpResponsePermanentRedirect(entry.url)
    elsewhere = in_each_language(by_number, {code: [pk] for code in LANGUAGES})
    return show(request, Piece(entry, {code: each.url for code, each in standing.items()}, elsewhere))


def render_piece(
    request: HttpRequest, template: str, piece: Piece, *, section: Section, **shown: Any
) -> HttpResponse:
    """Render the page of a piece: the template finds it as `piece`, what stands beside it as `related`, and what is `shown`."""
    entry = piece.entry
    shelf = [(entry.shelf_title, entry.shelf_url)] if entry.shelf_url not in {"", section.url} else []
    context = {
        **shown,
        "piece": piece,
        "entry": entry,
        "related": related_to(entry, timezone.now()),
        "breadcrumbs": crumbs(section, *shelf),
    }
    return render_page(
        request, template, context, title=entry.title, description=entry.summary, twins=piece.twins,
        elsewhere=piece.elsewhere, image=picture_url(entry.image, "card") if entry.image else "", kind="article",
        robots="" if piece.is_listed() else "noindex",
    )  # fmt: skip


def related_to(entry: Entry, now: datetime) -> list[Entry]:
    """The editors' choice, or else the newest of the same shelf; never itself, never another language. One query."""
    chosen = entry.face.get("related", [])
    others = Entry.objects.in_language(entry.language).for_cards().exclude(pk=entry.pk)
    if not chosen:
        of_its_shelf = others.filter(section=entry.section, shelf_id=entry.shelf_id)
        return list(of_its_shelf.listed(now).newest()[:RELATED])
    # Found by their numbers alone: told also that they are listed, SQLite would look for them among all that is.
    rows = others.filter(content_type=entry.content_type_id, object_id__in=chosen)
    listed = [row for row in rows if row.is_listed(now)]
    return sorted(listed, key=lambda row: chosen.index(row.object_id))[:RELATED]


def _not_in_this_language(request: HttpRequest, standing: dict[str, Entry], section: Section) -> HttpResponse:
    """A reader who wants a language this piece does not exist in is told so, and led on; never shown an empty page."""
    original = next(iter(standing.values()), None)
    if original is None:
        raise Http404
    context = {
        "title_in_other": original.title,
        "other_language": original.language,
        "original_url": original.url,
        "section_url": section.url,
        "section_label": section.label,
        "breadcrumbs": crumbs(section),
    }
    title = _("Not available in English") if get_language() == "en" else _("Not available in Vietnamese")
    return render_page(
        request, "web/other_language.html", context, title=title, twins={original.language: original.url},
        robots="noindex", status=404,
    )  # fmt: skip


def _gone(request: HttpRequest, entry: Entry, section: Section) -> HttpResponse:
    """A retracted piece: the piece that replaces it, or 410 with the public explanation."""
    if entry.successor:
        moved = HttpResponsePermanentRedirect(entry.successor)
        moved.headers["Cache-Control"] = "no-cache"  # it may be reinstated
        return moved
    context = {"explanation": entry.notice, "at": entry.status_since, "breadcrumbs": crumbs(section)}
    return render_page(
        request, "web/gone.html", context, title=_("This text has been retracted"), twins={}, robots="noindex",
        status=410,
    )  # fmt: skip
