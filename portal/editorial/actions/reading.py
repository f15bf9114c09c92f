"""Keeping the read side true: the `search.Entry` rows of things whose editions have changed."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, prefetch_related_objects
from django.utils.translation import override

from portal.editorial import content, translations
from portal.editorial.models import Edition, Publishable, State
from portal.languages.folding import fold
from portal.library.models import Placement
from portal.richtext import plain_text
from portal.search.models import Entry, EntryTopic, ReadSide

#: The columns an entry of the same thing and language takes over from a newer one.
_TAKEN_OVER = [
    column.name
    for column in Entry._meta.concrete_fields
    if column.name not in {"id", "content_type", "object_id", "language"}
]


def entry_of(item: Publishable, edition: Edition, source: Edition | None = None) -> Entry:
    """The entry of one edition, not yet written; of a working copy, as its original would read (for previews)."""
    language = edition.language
    with override(language):
        section = item.read_side(language)
        cover = next((placed for placed in item.placements.all() if placed.role == Placement.Role.COVER), None)
        entry = Entry(
            content_type=ContentType.objects.get_for_model(item),
            object_id=item.root_pk,
            language=language,
            kind=item._meta.label_lower,
            section=item.section,
            title=item.text("title", language),
            url=item.public_url(),
            image=cover.picture() if cover else None,
            visible_from=edition.first_published_at or edition.publish_at,
            visible_until=edition.expire_at,
            updated_at=edition.updated_publicly_at,
            changes=edition.changes,
            status_since=edition.explained_at,
            notice=edition.explanation,
            translation=translations.told_to_readers(item, edition, source),
            **section,
        )
    entry.text = plain_text(entry.text)
    entry.title_folded, entry.text_folded = fold(entry.title), fold(f"{entry.summary}\n{entry.text}")
    return entry


def refresh_entries(items: Iterable[Publishable]) -> None:
    """Make the entries of these things (originals, in a transaction) say what their editions say; readers see it at once."""
    items = list(items)
    if not items:
        return
    content.load(items)
    prefetch_related_objects(items, "editions", *items[0].read_side_needs)
    kind = ContentType.objects.get_for_model(items[0])
    _forget(kind, items)
    wanted = [
        (item, _shown(item, edition)) for item in items for edition in item.editions.all() if _is_told(edition)
    ]
    entries = Entry.objects.bulk_create(
        [entry for item, entry in wanted],
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "language"],
        update_fields=_TAKEN_OVER,
        batch_size=500,
    )
    _file_under_topics(entries, [item for item, entry in wanted])
    announce_change()


def announce_change() -> None:
    """Every cached page made before this moment is out of date (when the transaction commits)."""
    if not ReadSide.objects.filter(pk=1).update(version=F("version") + 1):
        ReadSide.objects.get_or_create(pk=1)


def _is_told(edition: Edition) -> bool:
    """Whether the entry follows the edition now; one under renewed review keeps the face readers know."""
    if edition.state == State.SCHEDULED:
        return not edition.was_public
    return edition.state in {State.PUBLISHED, State.WITHDRAWN, State.RETRACTED}


def _shown(item: Publishable, edition: Edition) -> Entry:
    source = item.edition(item.source_language)
    entry = entry_of(item, edition, source)
    if edition.state == State.WITHDRAWN:
        entry.status = Entry.Status.WITHDRAWN
    if edition.state == State.RETRACTED:
        entry.status, entry.successor = Entry.Status.GONE, edition.successor
        entry.summary = entry.text = entry.text_folded = ""
        entry.image = None
    return entry


def _forget(kind: ContentType, items: list[Publishable]) -> None:
    """Entries of languages that were never public and no longer will be."""
    for language in {edition.language for item in items for edition in item.editions.all()}:
        unseen = [
            item.pk for item in items if (edition := item.edition(language)) and not edition.was_public and not _is_told(edition)
        ]
        if unseen:
            Entry.objects.filter(content_type=kind, language=language, object_id__in=unseen).delete()


def _file_under_topics(entries: list[Entry], items: list[Publishable]) -> None:
    EntryTopic.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
    EntryTopic.objects.bulk_create(
        [
            EntryTopic(entry=entry, topic=topic, language=entry.language, visible_from=entry.visible_from)
            for entry, item in zip(entries, items, strict=True)
            for topic in item.topics.all()
        ],
        batch_size=500,
    )
