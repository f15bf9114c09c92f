"""Pins: a published piece as the bulletin prints it, and what has become of it since.

A pin is plain JSON: {"version", "digest", "title", "summary", "body", "byline", "dateline", "published", "url", "cover",
"figures", "outdated"}: what a reader of one language was shown, with the number of that version.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Edition
from portal.search.models import Entry
from publications.composition import PIECE

Pin = dict[str, Any]
Record = dict[str, Any]


class State(models.TextChoices):
    CURRENT = "current", _("as readers see it")
    MINOR = "minor", _("touched up since")
    UPDATED = "updated", _("updated since")
    CORRECTED = "corrected", _("corrected since")
    TAKEN_DOWN = "taken_down", _("taken down")
    MISSING = "missing", _("not published in this language")


#: What a reader of the bulletin must be told of.
WRONG = frozenset({State.CORRECTED, State.TAKEN_DOWN})


@dataclass(frozen=True)
class Standing:
    """What has become of a piece since it was pinned; `notes` are the public notes of its changes."""

    state: Any
    version: int = 0
    notes: tuple[str, ...] = ()

    @property
    def is_wrong(self) -> bool:
        return self.state in WRONG


def references(records: Iterable[Record]) -> list[str]:
    """The pieces of a composition, each once, in their order."""
    return list(dict.fromkeys(record["of"] for record in records if record["is"] == PIECE))


def entries_of(wanted: Iterable[str], language: str) -> dict[str, Entry]:
    """ "news.article:12" → its entry in this language, where it has one. One query."""
    found = Entry.objects.in_language(language).filter(_any_of(wanted)) if wanted else []
    return {f"{entry.kind}:{entry.object_id}": entry for entry in found}


def _any_of(wanted: Iterable[str]) -> Q:
    by_kind: dict[str, list[int]] = {}
    for reference in wanted:
        kind, _colon, pk = reference.partition(":")
        by_kind.setdefault(kind, []).append(int(pk))
    conditions = [Q(kind=kind, object_id__in=pks) for kind, pks in by_kind.items()]
    return Q(*conditions, _connector=Q.OR)


def _editions_of(entries: dict[str, Entry], language: str) -> dict[str, Edition]:
    """The editions behind entries. One query."""
    things = {(entry.content_type_id, entry.object_id): key for key, entry in entries.items()}
    by_kind: dict[int, list[int]] = {}
    for kind, pk in things:
        by_kind.setdefault(kind, []).append(pk)
    conditions = [Q(content_type=kind, object_id__in=pks) for kind, pks in by_kind.items()]
    found = Edition.objects.filter(Q(*conditions, _connector=Q.OR), language=language) if conditions else []
    return {things[edition.content_type_id, edition.object_id]: edition for edition in found}


def pins_of(wanted: Iterable[str], language: str) -> dict[str, Pin]:
    """The pins that would be set now; a piece that is not live in this language has none. Two queries."""
    entries = {
        key: entry for key, entry in entries_of(wanted, language).items() if entry.status == Entry.Status.LIVE
    }
    editions = _editions_of(entries, language)
    return {key: _pin(entry, editions[key]) for key, entry in entries.items() if key in editions}


def _pin(entry: Entry, edition: Edition) -> Pin:
    face = entry.face
    return {
        "version": edition.published_version,
        "digest": edition.published_digest,
        "title": entry.title,
        "summary": entry.summary,
        "body": face.get("body", ""),
        "byline": face.get("byline", ""),
        "dateline": face.get("dateline", ""),
        "published": entry.visible_from.isoformat(),
        "url": entry.url,
        "cover": face.get("cover"),
        "figures": face.get("figures", {}),
        "outdated": bool(entry.translation.get("outdated")),
    }


def standings(pinned: dict[str, int], language: str) -> dict[str, Standing]:
    """What has become of pieces since these versions of them ("news.article:12" → version) were pinned. Two queries."""
    entries = entries_of(pinned, language)
    editions = _editions_of(entries, language)
    return {key: _standing(version, entries.get(key), editions.get(key)) for key, version in pinned.items()}


def _standing(pinned: int, entry: Entry | None, edition: Edition | None) -> Standing:
    if entry is None or edition is None:
        return Standing(State.MISSING)
    if entry.status != Entry.Status.LIVE:
        return Standing(State.TAKEN_DOWN, edition.published_version, (entry.notice,) if entry.notice else ())
    if edition.published_version == pinned:
        return Standing(State.CURRENT, pinned)
    since = [change for change in edition.changes if change.get("replaces", 0) >= pinned]
    kinds = {change["kind"] for change in since}
    state = State.CORRECTED if "correction" in kinds else State.UPDATED if "update" in kinds else State.MINOR
    return Standing(state, edition.published_version, tuple(change["note"] for change in since))


def versions_in(records: Iterable[Record]) -> dict[str, int]:
    """The versions a frozen composition holds."""
    return {
        record["of"]: record["pin"]["version"]
        for record in records
        if record["is"] == PIECE and record.get("pin")
    }
