"""Every public change of what the press room has published, newest first: for wires that poll.

Changes are read from the entries: public notes of updates and corrections, and what was withdrawn or retracted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.dateparse import parse_datetime

from portal.search.models import Entry

MOST = 100


@dataclass(frozen=True)
class Change:
    """One change of one text in one language. `kind`: published, update, correction, withdrawn, retracted."""

    entry: Entry
    at: datetime
    kind: str
    note: str

    @property
    def key(self) -> str:
        """Its name for ever (a tag URI is made of it)."""
        return f"{self.entry.kind}:{self.entry.object_id}:{self.entry.language}:{self.kind}:{self.at.isoformat()}"


def newest(language: str, now: datetime) -> list[Change]:
    """The newest changes of a language, of the texts touched last."""
    entries = Entry.objects.in_language(language).filter(section="pressroom").begun(now)
    entries = entries.defer("text", "text_folded", "face")
    touched = {
        entry.pk: entry
        for moment in ("visible_from", "updated_at", "status_since")
        for entry in entries.order_by(F(moment).desc(nulls_last=True), "-pk")[:MOST]
    }
    changes = [change for entry in touched.values() for change in _of(entry)]
    return sorted(changes, key=lambda change: (change.at, change.entry.pk), reverse=True)[:MOST]


def _of(entry: Entry) -> Iterator[Change]:
    yield Change(entry, entry.visible_from, "published", "")
    for change in entry.changes:
        at = parse_datetime(change["at"])
        if at:
            yield Change(entry, at, change["kind"], change["note"])
    if entry.status != Entry.Status.LIVE and entry.status_since:
        kind = "retracted" if entry.status == Entry.Status.GONE else "withdrawn"
        yield Change(entry, entry.status_since, kind, entry.notice)
