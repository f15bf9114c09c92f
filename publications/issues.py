"""An issue: one bulletin in one language as plain JSON, the single source of its web, mail, PDF and EPUB faces.

{"language", "year", "quarter", "number", "title", "summary", "publisher", "name", "dated", "licence": {…} or None, "imprint": {…},
"foreword": HTML, "foreword_by", "figures": [{"value", "label"}], "cover", "sections": [{"title", "pieces": [{"key", "title",
"summary", "body": HTML, "byline", "dateline", "published", "url", "cover", "figures", "outdated"}]}], "topics", "web_url"}
with addresses as paths; `with_origin` makes them whole.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from portal.library.faces import placed
from portal.web.models import SiteIdentity
from publications import pins
from publications.composition import PHOTO, PIECE, SECTION, TEXT

Issue = dict[str, Any]
Piece = dict[str, Any]


def issue_of(bulletin: Any, language: str) -> Issue:
    """The issue of a bulletin (a `Bulletin`, with its placements), in the active language. What is not pinned yet is looked up."""
    shown = placed(bulletin.placements.all())
    site = SiteIdentity.objects.first()
    licence = bulletin.licence
    return {
        "language": language,
        "year": bulletin.year,
        "quarter": bulletin.quarter,
        "number": bulletin.number,
        "quarter_short": bulletin.of_quarter().short(language),
        "title": bulletin.text("title", language),
        "summary": bulletin.text("standfirst", language),
        "name": licence.name if licence else bulletin.text("title", language),
        "publisher": licence.publisher if licence else site.ministry_name if site else "",
        "dated": bulletin.dated.isoformat(),
        "licence": _licence(licence) if licence else None,
        "imprint": {
            "responsible": bulletin.text("responsible", language),
            "office": site.address if site else "",
            "printed_at": licence.printed_at if licence else "",
            "print_run": licence.print_run if licence else 0,
        },
        "foreword": bulletin.text("foreword", language),
        "foreword_by": bulletin.text("foreword_by", language),
        "figures": figures_of(bulletin.text("figures", language)),
        "sections": _sections(bulletin.records(language), language, _photos(shown)),
        "web_url": bulletin.public_url(),
        "body": bulletin.text("foreword", language),
        "topics": [],
        **{name: shown[name] for name in ("cover", "attachments")},
        "foreword_figures": shown["figures"],
    }


def _licence(licence: Any) -> dict[str, Any]:
    return {
        "number": licence.number,
        "issued_on": licence.issued_on.isoformat(),
        "issuer": licence.issuer,
        "page_cap": licence.page_cap,
        "width_mm": licence.width_mm,
        "height_mm": licence.height_mm,
    }


def figures_of(written: str) -> list[dict[str, str]]:
    """ "63 | missions" on each line → [{"value": "63", "label": "missions"}]; a line without a bar is a label alone."""
    lines = [line.partition("|") for line in written.splitlines() if line.strip()]
    return [
        {"value": value.strip() if bar else "", "label": (label if bar else value).strip()}
        for value, bar, label in lines
    ]


def _photos(shown: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {photo["image"]["asset"]: photo for photo in shown.get("photos", [])}


def _sections(records: list[dict[str, Any]], language: str, photos: dict[str, Any]) -> list[dict[str, Any]]:
    """The records under their headings; what stands before the first heading has none."""
    unpinned = [record["of"] for record in records if record["is"] == PIECE and not record["pin"]]
    live = pins.pins_of(unpinned, language, timezone.now()) if unpinned else {}
    sections: list[dict[str, Any]] = []
    for place, record in enumerate(records):
        if record["is"] == SECTION or not sections:
            sections.append({"title": record["title"] if record["is"] == SECTION else "", "pieces": []})
        if piece := _piece(place, record, live, photos):
            sections[-1]["pieces"].append(piece)
    return [section for section in sections if section["pieces"]]


def _piece(
    place: int, record: dict[str, Any], live: dict[str, pins.Pin], photos: dict[str, Any]
) -> Piece | None:
    if record["is"] == PIECE:
        pin = record["pin"] or live.get(record["of"])
        return {"key": record["of"], **pin} if pin else None
    photo = photos.get(record.get("photo", ""))
    if record["is"] == TEXT:
        return _own(place, title=record["title"], body=_as_html(record["text"]), cover=photo)
    return _own(place, cover=photo) if record["is"] == PHOTO and photo else None


def _own(place: int, *, title: str = "", body: str = "", cover: Any = None) -> Piece:
    """A text or photo the editors made for this issue."""
    return {
        "key": f"own:{place}", "title": title, "summary": "", "body": body, "byline": "", "dateline": "", "published": "",
        "url": "", "cover": cover, "figures": {}, "outdated": False,
    }  # fmt: skip


def _as_html(text: str) -> str:
    """Paragraphs by empty lines."""
    paragraphs = [" ".join(each.split()) for each in text.split("\n\n") if each.strip()]
    return (
        format_html_join("", "<p>{}</p>", ((each,) for each in paragraphs)) if paragraphs else format_html("")
    )


def pictures_of(records: list[dict[str, Any]]) -> set[UUID]:
    """The pictures of the pinned pieces."""
    found: set[UUID] = set()
    for record in records:
        pin = record.get("pin") or {}
        if pin.get("cover"):
            found.add(UUID(pin["cover"]["image"]["asset"]))
        found |= {UUID(uuid) for uuid in pin.get("figures", {})}
    return found


def pieces_of(issue: Issue) -> list[Piece]:
    return [piece for section in issue.get("sections", []) for piece in section["pieces"]]


def with_origin(issue: Issue) -> Issue:
    """The issue with whole addresses, for faces that leave the site."""
    sections = [
        {**section, "pieces": [{**piece, "url": _whole(piece["url"])} for piece in section["pieces"]]}
        for section in issue["sections"]
    ]
    return {**issue, "sections": sections, "web_url": _whole(issue["web_url"])}


def _whole(path: str) -> str:
    return f"{settings.MAIL_ORIGIN}{path}" if path.startswith("/") else path
