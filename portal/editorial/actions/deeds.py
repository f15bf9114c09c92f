"""What each step changes, once it has been checked: the edition, what readers see, what is written down and queued."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType

from portal.editorial import effects, leaning
from portal.editorial.actions.reading import refresh_entries
from portal.editorial.actions.releasing import release
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable
from portal.history.actions import last_own_numbers, record
from portal.languages.slugs import slugify


def _move(attempt: Attempt, *changed: str) -> None:
    attempt.edition.state, attempt.edition.state_since = attempt.step.to, attempt.now
    attempt.edition.save(update_fields=["state", "state_since", *changed])


def _tell(attempt: Attempt, note: str, **details: Any) -> None:
    """Write the deed down and queue what follows from it."""
    deed = record(
        attempt.item.root, attempt.step.name, by=attempt.by, now=attempt.now, language=attempt.language, note=note,
        copy=attempt.item.pk if attempt.item.is_working_copy else None,
        at=attempt.at.isoformat() if attempt.at else None, **details,
    )  # fmt: skip
    effects.queue_many(
        effects.following(
            attempt.item.root, attempt.language, attempt.step.name, f"{attempt.step.name}:{deed.pk}",
            {"by": attempt.by.pk if attempt.by else None, "note": note, "at": attempt.now.isoformat(), **details},
        )
    )  # fmt: skip


def _raise_lock_version(attempt: Attempt) -> None:
    """A step changes what others see: their open forms are stale from now on."""
    attempt.item.lock_version += 1
    attempt.item.save(update_fields=["lock_version"])


def _submit(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        attempt.edition.returned_at, attempt.edition.returned_note = None, ""
        _move(attempt, "returned_at", "returned_note")
        _raise_lock_version(attempt)
        _tell(attempt, note)


def _return(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        edition = attempt.edition
        edition.returned_note, edition.returned_by, edition.returned_at = note, attempt.by, attempt.now
        edition.approved_digest, edition.approved_by, edition.approved_at = "", None, None
        _move(
            attempt,
            "returned_note",
            "returned_by",
            "returned_at",
            "approved_digest",
            "approved_by",
            "approved_at",
        )
        _raise_lock_version(attempt)
        _tell(attempt, note)


def _approve(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        edition = attempt.edition
        edition.approved_digest, edition.approved_by, edition.approved_at = (
            attempt.digest(),
            attempt.by,
            attempt.now,
        )
        _move(attempt, "approved_digest", "approved_by", "approved_at")
        _raise_lock_version(attempt)
        _tell(attempt, note)


def _schedule(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        attempt.edition.publish_at = attempt.at
        attempt.edition.failure, attempt.edition.failed_at = "", None
        _move(attempt, "publish_at", "failure", "failed_at")
        _tell(attempt, note)
    _give_address(attempts)
    _give_hour(attempts)
    _raise_lock_version(attempts[0])
    _refresh_original(attempts)


def _unschedule(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        if not attempt.edition.was_public:
            attempt.edition.publish_at = None
        attempt.edition.failure, attempt.edition.failed_at = "", None
        _move(attempt, "publish_at", "failure", "failed_at")
        _tell(attempt, note)
    attempts[0].item.root.lose_hour(attempts[0].now)
    _raise_lock_version(attempts[0])
    _refresh_original(attempts)


def _publish(attempts: list[Attempt], note: str) -> None:
    first = attempts[0]
    _give_address(attempts)
    _give_hour(attempts)
    _raise_lock_version(first)
    release(attempts, by=first.by, now=first.now, note=note)


def _publish_urgently(attempts: list[Attempt], note: str) -> None:
    first = attempts[0]
    _give_address(attempts)
    _give_hour(attempts)
    _raise_lock_version(first)
    release(attempts, by=first.by, now=first.now, verb="published urgently", note=note)


def _withdraw(attempts: list[Attempt], note: str) -> None:
    taken_down = [leaning.Changed.of(each.item, each.language) for each in attempts]
    with leaning.held(taken_down, attempts[0].now):
        _take_down(attempts, note)


def _take_down(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        _explain(attempt, note)
        _move(
            attempt,
            "explanation",
            "explained_at",
            "successor",
            "expire_at",
            "first_published_at",
            "published_digest",
            "published_version",
            "failure",
            "failed_at",
        )
        _tell(attempt, note, **_what_was_shown(attempt.edition))
    _raise_lock_version(attempts[0])
    _refresh_original(attempts)


def _explain(attempt: Attempt, note: str) -> None:
    edition = attempt.edition
    edition.explanation, edition.explained_at, edition.successor = note, attempt.now, attempt.successor
    edition.expire_at = None  # it has left the lists: there is nothing more to expire
    if edition.is_dated:  # before readers since its hour, though the clock has not come by
        edition.first_published_at = edition.first_published_at or edition.publish_at
        edition.published_digest = edition.approved_digest
        edition.published_version = _last_version(attempt.item)
    edition.failure, edition.failed_at = "", None


def _what_was_shown(edition: Edition) -> dict[str, Any]:
    """Which version has been taken down, and since when its text had been before readers."""
    return {
        "version": edition.published_version,
        "since": (edition.publish_at or edition.first_published_at).isoformat(),
    }


def _last_version(item: Publishable) -> int:
    """The number of the version that says what the row says: what was scheduled is locked since it was saved."""
    kind = ContentType.objects.get_for_model(item)
    return last_own_numbers(kind, [item.pk]).get(item.pk, 0)


def _reinstate(attempts: list[Attempt], note: str) -> None:
    for attempt in attempts:
        _move(attempt)
        _raise_lock_version(attempt)
        _tell(attempt, note)


def _refresh_original(attempts: list[Attempt]) -> None:
    """Working copies have no entry: what readers see changes when they are merged."""
    item = attempts[0].item
    if not item.is_working_copy:
        refresh_entries([type(item)._default_manager.get(pk=item.pk)])


def _give_address(attempts: list[Attempt]) -> None:
    """The address is made from the headline when a language first gets a date, and kept ever after."""
    for attempt in attempts:
        item, language = attempt.item, attempt.language
        if not item.text("slug", language):
            setattr(item, f"slug_{language}", slugify(item.text("title", language))[:150].strip("-"))
            item.save(update_fields=[f"slug_{language}"])


def _give_hour(attempts: list[Attempt]) -> None:
    """Tell the thing itself, once, from which hour on readers may see it; what replaces a text has no hour of its own."""
    first = attempts[0]
    if first.item.is_working_copy:
        return
    due = first.edition.publish_at if first.edition.is_dated else None
    first.item.take_hour(first.at or min(due or first.now, first.now), first.now)


DEEDS: dict[str, Callable[[list[Attempt], str], None]] = {
    "submit": _submit,
    "return": _return,
    "approve": _approve,
    "schedule": _schedule,
    "embargo": _schedule,
    "lift_embargo": _unschedule,
    "unschedule": _unschedule,
    "publish": _publish,
    "publish_urgently": _publish_urgently,
    "withdraw": _withdraw,
    "retract": _withdraw,
    "reinstate": _reinstate,
}
