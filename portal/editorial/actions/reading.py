"""Keeping the read side true: the `search.Entry` rows of things whose editions have changed."""

from collections import defaultdict
from collections.abc import Container, Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, prefetch_related_objects
from django.db.models.constants import OnConflict
from django.utils.translation import override

from portal.editorial import content, statements, translations
from portal.editorial.models import Edition, Publishable, State
from portal.languages.folding import fold
from portal.library.models import Asset, Placement
from portal.richtext import plain_text
from portal.search.models import Entry, EntryAsset, EntryTopic, ReadSide

_IDENTITY = ["content_type", "object_id", "language"]

#: What a reader sees of a text: written when that text is released, and at no other time.
_WHOLE = [column.name for column in Entry._meta.concrete_fields if column.name not in {"id", *_IDENTITY}]

#: What is said about a text already released: from when until when, what was changed, that it was taken down.
_ABOUT = [
    "status",
    "status_since",
    "notice",
    "successor",
    "visible_from",
    "visible_until",
    "updated_at",
    "changes",
    "translation",
]

Filing = frozenset[tuple[int, datetime]]  # in which topics an entry stands, with its hour
Shown = frozenset[int]  # which assets its page shows


@dataclass(frozen=True)
class ReadSideChange:
    """What is written to make the entries of things say what their editions say; only what differs is named."""

    new: list[Entry] = field(default_factory=list)
    rewritten: list[Entry] = field(default_factory=list)
    about: list[Entry] = field(default_factory=list)
    filings: list[tuple[Entry, Filing]] = field(default_factory=list)
    shown: list[tuple[Entry, Shown]] = field(default_factory=list)
    forgotten: list[int] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)  # of `rewritten`: what differs
    sql: list[statements.Statement] = field(default_factory=list)


def entry_of(item: Publishable, edition: Edition, source: Edition | None = None) -> Entry:
    """The entry of one edition, not yet written; of a working copy, as its original would read (for previews)."""
    language = edition.language
    with override(language):
        section = item.read_side(language)
        cover = next(
            (placed for placed in item.placements.all() if placed.role == Placement.Role.COVER), None
        )
        entry = Entry(
            content_type=ContentType.objects.get_for_model(item),
            object_id=item.root_pk,
            language=language,
            kind=item._meta.label_lower,
            section=item.section,
            title=item.text("title", language),
            url=item.public_url(),
            image=cover.picture() if cover else None,
            **_about(item, edition, source),
            **section,
        )
    entry.text = plain_text(entry.text)
    entry.title_folded, entry.text_folded = fold(entry.title), fold(f"{entry.summary}\n{entry.text}")
    return entry


def _about(item: Publishable, edition: Edition, source: Edition | None) -> dict[str, Any]:
    return {
        "visible_from": edition.first_published_at or edition.publish_at,
        "visible_until": edition.expire_at,
        "updated_at": edition.updated_publicly_at,
        "changes": edition.changes,
        "status_since": edition.explained_at,
        "notice": edition.explanation,
        "translation": translations.told_to_readers(item, edition, source),
    }


def refresh_entries(items: Iterable[Publishable], *, released: Container[tuple[int, str]] = ()) -> None:
    """Make the entries of these things (originals, in a transaction) say what their editions say; readers see it at once.

    `released` names the (primary key, language) whose text goes out now. Of a text that is already before readers only
    what is said *about* it changes: its page stays as it was approved, whatever stands in the row by now.
    """
    items = list(items)
    if items:
        write(prepare(items, released=released))


def prepare(items: list[Publishable], *, released: Container[tuple[int, str]] = ()) -> ReadSideChange:
    """Compute the entries of originals of one model as they stand in memory; see `refresh_entries`."""
    content.load(items)
    content.load_editions(items)
    prefetch_related_objects(items, *items[0].read_side_needs)
    kind = ContentType.objects.get_for_model(items[0])
    standing = _standing(kind, [item.pk for item in items])
    filed, shown = _filed(standing.values()), _shown(standing.values())
    beside = _shown_beside(items)
    change = ReadSideChange()
    for item in items:
        for edition in item.editions.all():
            before = standing.get((item.pk, edition.language))
            if not _is_told(edition):
                # Of a language that was never public and no longer will be, nothing is kept.
                change.forgotten.extend([before.pk] if before and not edition.was_public else [])
            elif before is None or _is_written_whole(item, edition, released):
                _add_whole(change, item, edition, before, _listed_with(before, filed, shown), beside=beside)
            else:
                _add_about(change, item, edition, before)
    change.sql.extend(
        statements.composed(change.new, on_conflict=OnConflict.UPDATE, unique=_IDENTITY, update=_WHOLE)
    )
    change.sql.extend(statements.updates(change.rewritten, sorted(change.columns)))
    change.sql.extend(statements.updates(change.about, _ABOUT))
    return change


def _standing(kind: ContentType, things: Iterable[int]) -> dict[tuple[int, str], Entry]:
    entries = Entry.objects.filter(content_type=kind, object_id__in=things)
    return {(entry.object_id, entry.language): entry for entry in entries}


def _filed(entries: Iterable[Entry]) -> dict[int, Filing]:
    found: dict[int, set[tuple[int, datetime]]] = defaultdict(set)
    rows = EntryTopic.objects.filter(entry__in=[entry.pk for entry in entries])
    for entry, topic, visible_from in rows.values_list("entry_id", "topic_id", "visible_from"):
        found[entry].add((topic, visible_from))
    return {entry: frozenset(filing) for entry, filing in found.items()}


def _shown(entries: Iterable[Entry]) -> dict[int, Shown]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = EntryAsset.objects.filter(entry__in=[entry.pk for entry in entries])
    for entry, asset in rows.values_list("entry_id", "asset_id"):
        found[entry].add(asset)
    return {entry: frozenset(assets) for entry, assets in found.items()}


def _shown_beside(items: list[Publishable]) -> dict[UUID, int]:
    """The key of each picture the pages show beside their placements; one that has gone missing is left out."""
    named = {
        uuid
        for item in items
        for edition in item.editions.all()
        for uuid in item.also_shown(edition.language)
    }
    return dict(Asset.objects.filter(uuid__in=named).values_list("uuid", "pk")) if named else {}


def _is_told(edition: Edition) -> bool:
    """Whether the entry follows the edition now; one under renewed review keeps the face readers know."""
    if edition.is_dated:
        return not edition.was_public
    return edition.state in {State.PUBLISHED, State.WITHDRAWN, State.RETRACTED}


def _is_written_whole(item: Publishable, edition: Edition, released: Container[tuple[int, str]]) -> bool:
    if edition.is_dated or edition.state == State.RETRACTED:
        return True
    return (item.pk, edition.language) in released


def _listed_with(
    before: Entry | None, filed: dict[int, Filing], shown: dict[int, Shown]
) -> tuple[Filing, Shown]:
    """The topics and assets that stand beside an entry already written; none for a new one."""
    if before is None:
        return frozenset(), frozenset()
    return filed.get(before.pk, frozenset()), shown.get(before.pk, frozenset())


def _add_whole(
    change: ReadSideChange,
    item: Publishable,
    edition: Edition,
    before: Entry | None,
    standing: tuple[Filing, Shown],
    *,
    beside: dict[UUID, int],
) -> None:
    entry = _taken_down(entry_of(item, edition, item.edition(item.source_language)), edition)
    filing = frozenset((topic.pk, entry.visible_from) for topic in item.topics.all())
    if filing != standing[0]:
        change.filings.append((entry, filing))
    assets = (
        frozenset()
        if entry.status == Entry.Status.GONE
        else frozenset(row.asset_id for row in item.placements.all())
        | {beside[uuid] for uuid in item.also_shown(edition.language) if uuid in beside}
    )
    if assets != standing[1]:
        change.shown.append((entry, assets))
    if before is None:
        change.new.append(entry)
    elif columns := _differing(entry, before, _WHOLE):
        entry.pk = before.pk
        change.rewritten.append(entry)
        change.columns.update(columns)


def _add_about(change: ReadSideChange, item: Publishable, edition: Edition, before: Entry) -> None:
    entry = copy(before)
    entry.status, entry.successor = Entry.Status.LIVE, ""
    for column, value in _about(item, edition, item.edition(item.source_language)).items():
        setattr(entry, column, value)
    if _differing(_taken_down(entry, edition), before, _ABOUT):
        change.about.append(entry)


def _taken_down(entry: Entry, edition: Edition) -> Entry:
    if edition.state == State.WITHDRAWN:
        entry.status = Entry.Status.WITHDRAWN
    if edition.state == State.RETRACTED:
        entry.status, entry.successor = Entry.Status.GONE, edition.successor
        entry.summary = entry.text = entry.text_folded = ""
        entry.image, entry.face = None, {}
    return entry


def _differing(entry: Entry, before: Entry, columns: list[str]) -> list[str]:
    return [column for column in columns if getattr(entry, column) != getattr(before, column)]


def write(change: ReadSideChange) -> None:
    """Write the entries; call inside a transaction."""
    if change.forgotten:
        Entry.objects.filter(pk__in=change.forgotten).delete()
    statements.execute(change.sql)
    if change.filings:
        _file_under_topics(change.filings)
    if change.shown:
        _show_assets(change.shown)
    announce_change()


def _file_under_topics(filings: list[tuple[Entry, Filing]]) -> None:
    standing = _standing(filings[0][0].content_type, [entry.object_id for entry, filing in filings])
    written = [(standing[entry.object_id, entry.language], filing) for entry, filing in filings]
    EntryTopic.objects.filter(entry__in=[entry.pk for entry, filing in written]).delete()
    EntryTopic.objects.bulk_create(
        [
            EntryTopic(entry=entry, topic_id=topic, language=entry.language, visible_from=visible_from)
            for entry, filing in written
            for topic, visible_from in sorted(filing)
        ],
        batch_size=500,
    )


def _show_assets(shown: list[tuple[Entry, Shown]]) -> None:
    standing = _standing(shown[0][0].content_type, [entry.object_id for entry, assets in shown])
    written = [(standing[entry.object_id, entry.language], assets) for entry, assets in shown]
    EntryAsset.objects.filter(entry__in=[entry.pk for entry, assets in written]).delete()
    EntryAsset.objects.bulk_create(
        [EntryAsset(entry=entry, asset_id=asset) for entry, assets in written for asset in sorted(assets)],
        batch_size=500,
    )


def announce_change() -> None:
    """Every cached page made before this moment is out of date (when the transaction commits)."""
    if not ReadSide.objects.filter(pk=1).update(version=F("version") + 1):
        ReadSide.objects.get_or_create(pk=1)
