"""Release: the moment something reaches readers. One path for one item or a thousand, called inside a transaction."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from portal.accounts.models import User
from portal.editorial import content, effects
from portal.editorial.actions import merging
from portal.editorial.actions.reading import refresh_entries
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable, State
from portal.history.actions import keep_versions, last_numbers, new_record, write
from portal.history.models import Version

_CHANGED_BY_RELEASE = [
    "state", "state_since", "publish_at", "expire_at", "first_published_at", "updated_publicly_at", "approved_digest",
    "approved_by", "approved_at", "published_digest", "published_version", "field_digests", "made_from", "changes",
    "explanation", "explained_at", "successor", "returned_at", "failure", "failed_at", "urgent_at", "urgent_by",
    "urgent_reason", "reviewed_after_at", "reviewed_after_by",
]  # fmt: skip


def release(attempts: list[Attempt], *, by: User | None, now: datetime, verb: str = "published", note: str = "") -> None:
    """Publish what has been checked and locked; working copies go onto their originals and are gone."""
    by_model: dict[type[Publishable], list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        by_model[type(attempt.item)].append(attempt)
    for same_model in by_model.values():
        _release_of_one_model(same_model, by=by, now=now, verb=verb, note=note)


def _release_of_one_model(attempts: list[Attempt], *, by: User | None, now: datetime, verb: str, note: str) -> None:
    copies = [attempt for attempt in attempts if attempt.item.is_working_copy]
    merging.onto_originals(copies)
    originals = _originals(attempts)
    said = {pk: content.content_of(item) for pk, item in originals.items()}
    numbers = _version_numbers(originals, said, copies, by=by, now=now)
    live = [
        _live_edition(attempt, originals[attempt.item.root_pk], said[attempt.item.root_pk], by=by, now=now, note=note)
        for attempt in attempts
    ]
    for attempt, edition in zip(attempts, live, strict=True):
        edition.published_version = numbers[attempt.item.root_pk]
    # One INSERT … ON CONFLICT for all: `bulk_update` writes a CASE for each row and column, fifty times slower.
    Edition.objects.bulk_create(
        live, update_conflicts=True, unique_fields=["id"], update_fields=_CHANGED_BY_RELEASE, batch_size=500
    )
    refresh_entries(originals.values())
    merging.dispose(copies)
    write(
        new_record(
            originals[attempt.item.root_pk], verb, by=by, now=now, language=attempt.language, note=note,
            version=edition.published_version, digest=edition.published_digest,
            change=attempt.item.text("change_kind", attempt.language) if attempt.item.is_working_copy else "first",
        )
        for attempt, edition in zip(attempts, live, strict=True)
    )
    effects.queue_many(
        ("tell_contributors", originals[attempt.item.root_pk], attempt.language, f"{verb}:{edition.published_version}",
         {"verb": verb, "by": by.pk if by else None, "note": note})
        for attempt, edition in zip(attempts, live, strict=True)
    )  # fmt: skip


def _originals(attempts: list[Attempt]) -> dict[int, Publishable]:
    """The things themselves, read again after the merge, with children and editions."""
    model = type(attempts[0].item)
    items = list(model._default_manager.filter(pk__in={attempt.item.root_pk for attempt in attempts}).prefetch_related("editions"))
    content.load(items)
    return {item.pk: item for item in items}


def _version_numbers(
    originals: dict[int, Publishable], said: dict[int, content.Content], copies: list[Attempt], *, by: User | None, now: datetime
) -> dict[int, int]:
    """The number of the version that is now public, for each thing; a merge makes a new one."""
    kind = ContentType.objects.get_for_model(next(iter(originals.values())))
    numbers = last_numbers(kind, originals)
    languages: dict[int, set[str]] = defaultdict(set)
    for attempt in copies:
        languages[attempt.item.root_pk].add(attempt.language)
    merged = [
        Version(
            content_type=kind, object_id=pk, at=now, by=by, why="published", content=said[pk],
            digests=content.digests(said[pk]), changed=sorted(changed),
        )
        for pk, changed in languages.items()
    ]  # fmt: skip
    keep_versions(merged)
    return numbers | {version.object_id: version.number for version in merged}


def _live_edition(
    attempt: Attempt, original: Publishable, said: content.Content, *, by: User | None, now: datetime, note: str
) -> Edition:
    """The edition readers see from now on, changed in memory."""
    written, language = attempt.edition, attempt.language
    moment = written.publish_at if written.state == State.SCHEDULED and written.publish_at else now
    live = original.edition(language)
    assert live is not None, "every thing has its editions"
    if attempt.item.is_working_copy:
        _take_over(live, written)
        _note_change(live, attempt, moment)
    else:
        live.publish_at = live.first_published_at or moment
    if not attempt.item.is_working_copy and live.was_public:
        live.updated_publicly_at = moment  # reinstated
    live.first_published_at = live.first_published_at or moment
    live.state, live.state_since = State.PUBLISHED, now
    live.published_digest = content.digest(said, language)
    live.field_digests = content.field_digests(said, original, language)
    live.explanation, live.explained_at, live.successor = "", None, ""
    live.returned_at = live.failed_at = None
    live.failure = ""
    if attempt.step.name == "publish_urgently":
        live.urgent_at, live.urgent_by, live.urgent_reason = now, by, note
        live.reviewed_after_at = live.reviewed_after_by = None
    return live


def _take_over(live: Edition, written: Edition) -> None:
    for column in ("approved_digest", "approved_by_id", "approved_at", "made_from", "expire_at"):
        setattr(live, column, getattr(written, column))


def _note_change(live: Edition, attempt: Attempt, moment: datetime) -> None:
    """A minor fix is recorded, not announced; an update and a correction are told to readers."""
    kind = attempt.item.text("change_kind", attempt.language)
    if kind in {attempt.item.ChangeKind.UPDATE, attempt.item.ChangeKind.CORRECTION}:
        note: dict[str, Any] = {
            "at": moment.isoformat(), "kind": kind, "note": attempt.item.text("change_note", attempt.language),
            "replaces": live.published_version,
        }  # fmt: skip
        live.changes = [*live.changes, note]
        live.updated_publicly_at = moment
