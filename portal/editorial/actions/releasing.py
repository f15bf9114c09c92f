"""Release: the moment something reaches readers. Prepared in memory, then written; one path for one item or a thousand."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models.constants import OnConflict

from portal.accounts.models import User
from portal.editorial import content, effects, leaning, statements
from portal.editorial.actions import merging, reading
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable, State
from portal.history import actions as history
from portal.history.models import Record, Version

_CHANGED_BY_RELEASE = [
    "state", "state_since", "publish_at", "expire_at", "first_published_at", "updated_publicly_at", "approved_digest",
    "approved_by", "approved_at", "published_digest", "published_version",
    "reviewed_version", "field_digests", "made_from", "changes",
    "explanation", "explained_at", "successor", "returned_at", "failure", "failed_at", "urgent_at", "urgent_by",
    "urgent_reason", "reviewed_after_at", "reviewed_after_by",
]  # fmt: skip


@dataclass(frozen=True)
class Release:
    """All that a release of things of one model writes, computed from rows that must not change until then."""

    originals: dict[int, Publishable]
    editions: list[Edition]
    merge: merging.Merge
    read_side: reading.ReadSideChange
    rows: list[statements.Statement]
    changed: list[leaning.Changed]
    now: datetime


def release(
    attempts: list[Attempt], *, by: User | None, now: datetime, verb: str = "published", note: str = ""
) -> None:
    """Publish what has been checked and locked; working copies go onto their originals and are gone."""
    write(prepare(attempts, by=by, now=now, verb=verb, note=note))


def prepare(
    attempts: list[Attempt], *, by: User | None, now: datetime, verb: str = "published", note: str = ""
) -> Release:
    """Compute what `write` will write: the things in memory become what they will be, the database stays as it is.

    `attempts` are checked, of one model, and at least one.
    """
    originals = load(attempt.item for attempt in attempts)
    merge = merging.lay_on_originals(attempts)
    for original in originals.values():
        original.lock_version += 1
    said = {pk: content.content_of(item) for pk, item in originals.items()}
    versions, numbers = _versions(attempts, said, by=by, now=now)
    live = [
        _live_edition(
            attempt, said[attempt.item.root_pk], numbers[attempt.item.root_pk], by=by, now=now, note=note
        )
        for attempt in attempts
    ]
    pairs = list(zip(attempts, live, strict=True))
    records = [_record(attempt, edition, verb, by=by, now=now, note=note) for attempt, edition in pairs]
    following = [
        wanted
        for attempt, edition in pairs
        for wanted in _following(attempt, edition, verb, by=by, now=now, note=note)
    ]
    released = {(edition.object_id, edition.language) for edition in live}
    return Release(
        originals=originals,
        editions=live,
        merge=merge,
        read_side=reading.prepare(list(originals.values()), released=released),
        rows=[
            *statements.updates(list(originals.values()), ["lock_version", *sorted(merge.columns)]),
            *statements.composed(versions),
            *statements.updates(live, _CHANGED_BY_RELEASE),
            *statements.composed(records),
            *statements.composed(effects.rows(following, now), on_conflict=OnConflict.IGNORE),
        ],
        changed=[
            leaning.Changed.of(each.item, each.language) for each in attempts if each.item.is_working_copy
        ],
        now=now,
    )


def handed_over(release: Release) -> Release:
    """The same release, with its long statements at the database already."""
    read_side = replace(release.read_side, sql=statements.handed_over(release.read_side.sql))
    return replace(release, rows=statements.handed_over(release.rows), read_side=read_side)


def load(items: Iterable[Publishable]) -> dict[int, Publishable]:
    """Fetch all that guards and `prepare` look at, a few queries for all; answers the things themselves by key."""
    rows = {row.pk: row for item in items for row in (item, item.root)}
    content.load(rows.values())
    content.load_editions(rows.values())
    return {row.root_pk: row.root for row in rows.values()}


def _versions(
    attempts: list[Attempt], said: dict[int, content.Content], *, by: User | None, now: datetime
) -> tuple[list[Version], dict[int, int]]:
    """The versions that merges make, and for each thing the number of the version that is public from now on."""
    kind = ContentType.objects.get_for_model(attempts[0].item)
    last = history.last_numbers(kind, said)
    languages: dict[int, set[str]] = defaultdict(set)
    for attempt in attempts:
        if attempt.item.is_working_copy:
            languages[attempt.item.root_pk].add(attempt.language)
    numbers = history.last_own_numbers(kind, said) | {pk: last.get(pk, 0) + 1 for pk in languages}
    merged = [
        Version(
            content_type=kind, object_id=pk, number=numbers[pk], at=now, by=by, why="published", content=said[pk],
            digests=content.digests(said[pk]), changed=sorted(changed),
        )
        for pk, changed in languages.items()
    ]  # fmt: skip
    return merged, numbers


def _live_edition(
    attempt: Attempt, said: content.Content, version: int, *, by: User | None, now: datetime, note: str
) -> Edition:
    """The edition readers see from now on, changed in memory."""
    written, language, original = attempt.edition, attempt.language, attempt.item.root
    was_due = written.is_dated and written.publish_at is not None and written.publish_at <= now
    moment = written.publish_at if was_due else now  # what is late is dated with the hour that was promised
    live = original.edition(language)
    if live is None:
        raise LookupError(f"{original!r} has no edition in {language}")
    if attempt.item.is_working_copy:
        _take_over(live, written)
        _note_change(live, attempt, moment)
    else:
        live.publish_at = live.first_published_at or moment
    if not attempt.item.is_working_copy and live.was_public:
        live.updated_publicly_at = moment  # reinstated
    live.first_published_at = live.first_published_at or moment
    live.state, live.state_since = State.PUBLISHED, now
    live.published_digest, live.published_version = content.digest(said, language), version
    live.field_digests = content.field_digests(said, original, language)
    live.explanation, live.explained_at, live.successor = "", None, ""
    live.returned_at = live.failed_at = None
    live.failure = ""
    if attempt.step.name == "publish_urgently":
        live.urgent_at, live.urgent_by, live.urgent_reason = now, by, note
        live.reviewed_after_at = live.reviewed_after_by = None
    else:
        live.reviewed_version = version
    return live


def _take_over(live: Edition, written: Edition) -> None:
    for column in ("approved_digest", "approved_by_id", "approved_at", "made_from"):
        setattr(live, column, getattr(written, column))


def _note_change(live: Edition, attempt: Attempt, moment: Any) -> None:
    """A minor fix is recorded, not announced; an update and a correction are told to readers."""
    kind = attempt.item.text("change_kind", attempt.language)
    if kind in attempt.item.ANNOUNCED:
        note: dict[str, Any] = {
            "at": moment.isoformat(), "kind": kind, "note": attempt.item.text("change_note", attempt.language),
            "replaces": live.published_version,
        }  # fmt: skip
        live.changes = [*live.changes, note]
        live.updated_publicly_at = moment


def _record(
    attempt: Attempt, edition: Edition, verb: str, *, by: User | None, now: datetime, note: str
) -> Record:
    change = attempt.item.text("change_kind", attempt.language) if attempt.item.is_working_copy else "first"
    return history.new_record(
        attempt.item.root, verb, by=by, now=now, language=attempt.language, note=note,
        version=edition.published_version, digest=edition.published_digest, change=change,
    )  # fmt: skip


def _following(
    attempt: Attempt, edition: Edition, verb: str, *, by: User | None, now: datetime, note: str
) -> list[effects.Wanted]:
    change = attempt.item.text("change_kind", attempt.language) if attempt.item.is_working_copy else "first"
    return effects.following(
        attempt.item.root, attempt.language, verb, f"{verb}:{edition.published_version}:{now.isoformat()}",
        {"by": by.pk if by else None, "note": note, "at": now.isoformat(), "change": change,
         "version": edition.published_version},
    )  # fmt: skip


def write(release: Release) -> None:
    """Write what was prepared; call inside a transaction that has locked the things and seen that they are the same."""
    with leaning.held(release.changed, release.now):
        merging.write(release.merge)
        statements.execute(release.rows)
        reading.write(release.read_side)
