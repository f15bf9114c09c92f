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
    "approved_by", "approved_at", "published_digest", "published_version",
    "reviewed_version", "field_digests", "made_from", "changes",
    "explanation", "explained_at", "successor", "returned_at", "failure", "failed_at", "urgent_at", "urgent_by",
    "urgent_reason", "reviewed_after_at", "reviewed_after_by",
]  # fmt: skip


@dataclass
class Release:
    """All that a release of things of one model writes, computed in memory from rows that must not change until then."""

    originals: list[Publishable]
    merge: merging.Merge
    versions: list[Version]
    editions: list[Edition]
    read_side: reading.ReadSideChange
    records: list[Record]
    effects: list[effects.Wanted]


def release(attempts: list[Attempt], *, by: User | None, now: datetime, verb: str = "published", note: str = "") -> None:
    """Publish what has been checked and locked; working copies go onto their originals and are gone."""
    write(prepare(attempts, by=by, now=now, verb=verb, note=note))


def prepare(
    attempts: list[Attempt], *, by: User | None, now: datetime, verb: str = "published", note: str = ""
) -> Release:
    """Compute what `write` will write. The things in memory become what they will be; the database stays as it is.

    `attempts` are of one model and checked; with a language of a pair stands the other.
    """
    items = {attempt.item.pk: attempt.item for attempt in attempts}
    originals = {item.root_pk: item.root for item in items.values()}
    content.load([*items.values(), *(item.root for item in items.values() if item.is_working_copy)])
    content.load_editions([*items.values(), *(item.root for item in items.values() if item.is_working_copy)])
    merge = merging.lay_on_originals(attempts)
    said = {pk: content.content_of(item) for pk, item in originals.items()}
    versions, numbers = _versions(attempts, originals, said, by=by, now=now)
    live = [_live_edition(attempt, said[attempt.item.root_pk], numbers, by=by, now=now, note=note) for attempt in attempts]
    pairs = list(zip(attempts, live, strict=True))
    return Release(
        originals=list(originals.values()),
        merge=merge,
        versions=versions,
        editions=live,
        read_side=reading.prepare(
            list(originals.values()), released={(edition.object_id, edition.language) for edition in live}
        ),
        records=[_record(attempt, edition, verb, by=by, now=now, note=note) for attempt, edition in pairs],
        effects=[_telling(attempt, edition, verb, by=by, now=now, note=note) for attempt, edition in pairs],
    )
def _live_edition(
    attempt: Attempt, original: Publishable, said: content.Content, *, by: User | None, now: datetime, note: str
) -> Edition:
    """The edition readers see from now on, changed in memory."""
    written, language = attempt.edition, attempt.language
    was_due = written.state == State.SCHEDULED and written.publish_at is not None and written.publish_at <= now
    moment = written.publish_at if was_due else now  # what is late is dated with the hour that was promised
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
    for column in ("approved_digest", "approved_by_id", "approved_at", "made_from"):
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
