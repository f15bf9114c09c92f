"""Pins: a published piece as the bulletin prints it, and what has become of it since.

A pin is plain JSON: {"version", "digest", "title", "summary", "body", "byline", "dateline", "published", "url", "cover",
"figures", "outdated"}: what a reader of one language was shown, with the number of that version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.editorial import clock, registry
from portal.editorial.models import Edition
from portal.editorial.models import State as EditionState
from portal.search.models import Entry
from publications.composition import PIECE

Pin = dict[str, Any]
Record = dict[str, Any]


class Pinned(NamedTuple):
    """Which text of a piece was pinned; JSON keeps it as a list of two."""

    version: int
    digest: str


class State(models.TextChoices):
    CURRENT = "current", _("as readers see it")
    MINOR = "minor", _("touched up since")
    UPDATED = "updated", _("updated since")
    EXPIRED = "expired", _("expired since")
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
    since: datetime | None = None

    @property
    def is_wrong(self) -> bool:
        return self.state in WRONG

    @property
    def named(self) -> str:
        """What distinguishes it from every other change of the same piece."""
        return f"{self.state}:{self.version}:{self.since.isoformat() if self.since else ''}"


def references(records: Iterable[Record]) -> list[str]:
    """The pieces of a composition, each once, in their order."""
    return list(dict.fromkeys(record["of"] for record in records if record["is"] == PIECE))


def entries_of(wanted: Iterable[str], language: str, now: datetime) -> dict[str, Entry]:
    """ "news.article:12" → its entry in this language, where readers have, or had, its page. One query.

    Numbers come from browsers: what is only scheduled, or under embargo, is told to nobody who names it.
    """
    return _found(Entry.objects.in_language(language).begun(now), wanted)


def _found(entries: models.QuerySet, wanted: Iterable[str]) -> dict[str, Entry]:
    conditions = [Q(kind=kind, object_id__in=pks) for kind, pks in _by_kind(wanted).items()]
    if not conditions:
        return {}
    found = entries.filter(Q(*conditions, _connector=Q.OR))
    return {f"{entry.kind}:{entry.object_id}": entry for entry in found}


def _by_kind(wanted: Iterable[str]) -> dict[str, list[int]]:
    by_kind: dict[str, list[int]] = {}
    for reference in wanted:
        kind, _colon, pk = reference.partition(":")
        by_kind.setdefault(kind, []).append(int(pk))
    return by_kind


def _editions_of(wanted: Iterable[str], language: str) -> dict[str, Edition]:
    """The editions of pieces. One query."""
    kinds = {model._meta.label_lower: model for model in registry.models()}
    types = {
        kind: ContentType.objects.get_for_model(kinds[kind]) for kind in _by_kind(wanted) if kind in kinds
    }
    conditions = [
        Q(content_type=types[kind], object_id__in=pks)
        for kind, pks in _by_kind(wanted).items()
        if kind in types
    ]
    if not conditions:
        return {}
    names = {each.pk: kind for kind, each in types.items()}
    found = Edition.objects.filter(Q(*conditions, _connector=Q.OR), language=language)
    return {f"{names[each.content_type_id]}:{each.object_id}": each for each in found}


def pins_of(wanted: Iterable[str], language: str, now: datetime) -> dict[str, Pin]:
    """The pins that would be set now; a piece readers cannot see in this language has none. Two queries.

    Editions first: what is corrected between the two is pinned with its old number, and so found to have changed.
    """
    wanted = list(wanted)
    editions = _editions_of(wanted, language)
    out = {key for key, edition in editions.items() if edition.state == EditionState.PUBLISHED}
    entries = entries_of(out, language, now)
    return {key: _pin(entry, editions[key]) for key, entry in entries.items() if entry.is_listed(now)}


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


def standings(pinned: Mapping[str, Any], language: str) -> dict[str, Standing]:
    """What has become of pieces since these texts of them ("news.article:12" → `Pinned`) were pinned. Two queries."""
    editions = _editions_of(pinned, language)
    entries = _found(Entry.objects.in_language(language), pinned)
    return {
        key: _standing(Pinned(*each), entries.get(key), editions.get(key)) for key, each in pinned.items()
    }


def wrong(pinned: Mapping[str, Any], language: str) -> dict[str, Standing]:
    """Those of the pieces that readers of the bulletin must be told of."""
    return {key: each for key, each in standings(pinned, language).items() if each.is_wrong}


def _standing(pinned: Pinned, entry: Entry | None, edition: Edition | None) -> Standing:
    if entry is None or edition is None:
        return Standing(State.MISSING)
    if entry.status != Entry.Status.LIVE:
        expired = entry.notice == clock.expiry_explanation(entry.language)
        state = State.EXPIRED if expired else State.TAKEN_DOWN
        notes = (entry.notice,) if entry.notice else ()
        return Standing(state, edition.published_version, notes, entry.status_since)
    since = [change for change in edition.changes if change.get("replaces", 0) >= pinned.version]
    if not since and edition.published_digest == pinned.digest:
        return Standing(State.CURRENT, edition.published_version)
    kinds = {change["kind"] for change in since}
    state = State.CORRECTED if "correction" in kinds else State.UPDATED if "update" in kinds else State.MINOR
    return Standing(state, edition.published_version, tuple(change["note"] for change in since))


def pinned_in(records: Iterable[Record]) -> dict[str, Pinned]:
    """The texts a frozen composition holds."""
    return {
        record["of"]: Pinned(record["pin"]["version"], record["pin"]["digest"])
        for record in records
        if record["is"] == PIECE and record.get("pin")
    }
