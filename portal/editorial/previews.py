"""Previews: the entry readers would get if this very text were published now, never written anywhere."""

from datetime import datetime

from portal.editorial import content
from portal.editorial.actions import entry_of
from portal.editorial.models import Edition, Publishable
from portal.search.models import Entry


def entry_for_preview(item: Publishable, language: str, now: datetime) -> Entry:
    """The entry of one language as it stands; a copy keeps its original's dates and shows its note."""
    content.load([item])
    edition = item.edition(language) or Edition(language=language)
    original = item.root.edition(language) or edition
    entry = entry_of(item, edition, item.root.edition(item.source_language))
    entry.visible_from = original.first_published_at or edition.publish_at or now
    entry.visible_until = None
    if item.is_working_copy:
        entry.changes, entry.updated_at = list(original.changes), original.updated_publicly_at
        _announce_change(entry, item, language, now)
    return entry


def _announce_change(entry: Entry, item: Publishable, language: str, now: datetime) -> None:
    kind, note = item.text("change_kind", language), item.text("change_note", language)
    if not note or not kind or kind == item.ChangeKind.MINOR:
        return
    entry.changes = [*entry.changes, {"at": now.isoformat(), "kind": kind, "note": note}]
    entry.updated_at = now
