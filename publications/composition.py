"""The contents of a bulletin in one language: headings, published pieces, own short texts and photos, in their order.

A record is one of
    {"is": "section", "title": …}
    {"is": "piece", "of": "news.article:12", "title": …, "pin": {…} or {}}
        the title is the one it had when it was chosen; the pin is what readers of the bulletin get: see `pins`
    {"is": "text", "title": …, "text": paragraphs, "photo": uuid or ""}
    {"is": "photo", "photo": uuid}                                 one of the bulletin's own photos
"""

from typing import Any
from uuid import UUID

from portal.languages.fields import Record, Records
from portal.languages.folding import normalise
from portal.richtext import plain_text

SECTION, PIECE, TEXT, PHOTO = "section", "piece", "text", "photo"
LONGEST_TITLE, LONGEST_TEXT = 200, 6000


class Composition(Records):
    """The column; see the module for what a record says."""

    def cleaned(self, record: Record) -> Record:
        if record["is"] == SECTION:
            return {"is": SECTION, "title": _line(record["title"])}
        if record["is"] == PIECE:
            return {
                "is": PIECE, "of": _reference(record["of"]), "title": _line(record.get("title") or ""),
                "pin": dict(record.get("pin") or {}),
            }  # fmt: skip
        if record["is"] == TEXT:
            text = normalise(str(record["text"])).strip()[:LONGEST_TEXT]
            return {
                "is": TEXT,
                "title": _line(record["title"]),
                "text": text,
                "photo": _photo(record.get("photo")),
            }
        if record["is"] == PHOTO:
            return {"is": PHOTO, "photo": _photo(record["photo"])}
        raise ValueError(f"no such record: {record['is']!r}")

    def lines(self, record: Record) -> list[str]:
        pin = record.get("pin") or {}
        said = [record.get("title", ""), record.get("text", "")]
        if record["is"] == PIECE:
            said = [
                pin.get("title") or record["title"] or record["of"],
                pin.get("summary", ""),
                plain_text(pin.get("body", "")),
            ]
        return [line for line in said if line]


def _line(value: Any) -> str:
    return " ".join(normalise(str(value)).split())[:LONGEST_TITLE]


def _reference(value: Any) -> str:
    """ "news.article:12": the kind of a thing, and its number."""
    kind, _colon, pk = str(value).partition(":")
    if kind.count(".") != 1 or not pk.isdecimal() or len(pk) > 18:
        raise ValueError(f"not a piece: {value!r}")
    return f"{kind}:{int(pk)}"


def _photo(value: Any) -> str:
    return str(UUID(str(value))) if value else ""
