"""Taking a step: lock, read again, check, change, record, queue effects — always in that order, in one transaction."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.editorial import content, effects, leaning
from portal.editorial.actions.locking import editions_of, lock
from portal.editorial.actions.reading import refresh_entries
from portal.editorial.actions.refusal import Refused
from portal.editorial.actions.releasing import release
from portal.editorial.contributors import urgent_publishers, writers
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable, State
from portal.editorial.states import STEPS, Step
from portal.history.actions import last_own_numbers, record
from portal.languages.slugs import slugify


@transaction.atomic
def take_step(
    item: Publishable,
    step: str,
    *,
    language: str,
    by: User | None,
    now: datetime,
    note: str = "",
    lock_version: int | None = None,
    at: datetime | None = None,
    successor: str = "",
) -> Edition:
    """Take one step of the table with one language (both, when they go out together); answers the edition as it now is.

    `by` None is the clock. `at` is the hour of `schedule`; `note` is public for withdraw and retract; `successor` is
    the address a retracted page leads to. Raises Refused with the reason, Conflict when `lock_version` is stale.
    """
    item = lock(item, lock_version=lock_version)
    editions = editions_of(item)
    content.load([item])
    taken = STEPS[step]
    if language not in editions:
        raise Refused(_("This language is not worked on in this copy."))
    attempts = [
        Attempt(item, editions[each], taken, by, now, at, successor)
        for each in _languages(item, taken, language, editions)
    ]
    for attempt in attempts:
        _check(attempt, note)
    _DEEDS[step](attempts, note)
    return Edition.objects.of(item.root if taken.to == State.PUBLISHED else item).get(language=language)


def refusal(
    item: Publishable, step: str, *, language: str, by: User | None, now: datetime, at: datetime | None = None
) -> str | None:
    """Why this step cannot be taken now, in the words that grey the button; None when it can."""
    edition = item.edition(language)
    if edition is None:
        return str(_("This language is not worked on in this copy."))
    return _reason(Attempt(item, edition, STEPS[step], by, now, at))


def _languages(item: Publishable, step: Step, language: str, editions: dict[str, Edition]) -> list[str]:
    """The language asked for, and the one that goes with it when both go out together."""
    if not (step.pairs and item.released_together):
        return [language]
    return [each for each, edition in editions.items() if each == language or edition.state in step.sources]


def _check(attempt: Attempt, note: str) -> None:
    if reason := _reason(attempt):
        raise Refused(reason)
    if attempt.step.note in {"required", "public"} and not note.strip():
        raise Refused(_("Say why: a note is required for this step."))
    if attempt.step.needs_time and attempt.at is None:
        raise Refused(_("Choose the day and the hour."))


def _reason(attempt: Attempt) -> str | None:
    step, edition = attempt.step, attempt.edition
    if attempt.by is not None and not _may(attempt):
        return str(_("Your role does not include this step."))
    if edition.state not in step.sources:
        return str(
            _("This is not possible while the text is “%(state)s”.") % {"state": edition.get_state_display()}
        )
    for guard in step.guards:
        if reason := guard(attempt):
            return reason
    return None


def _may(attempt: Attempt) -> bool:
    kind = attempt.item._meta
    person = attempt.by
    return (
        person.is_active
        and person.has_perm(f"{kind.app_label}.view_{kind.model_name}")
        and person.has_perm(attempt.step.permission_for(attempt.language))
    )


def _move(attempt: Attempt, *changed: str) -> None:
    attempt.edition.state, attempt.edition.state_since = attempt.step.to, attempt.now
    attempt.edition.save(update_fields=["state", "state_since", *changed])


def _tell(attempt: Attempt, note: str) -> None:
    """Write the deed down and queue what follows from it."""
    deed = record(
        attempt.item.root, attempt.step.name, by=attempt.by, now=attempt.now, language=attempt.language, note=note,
        copy=attempt.item.pk if attempt.item.is_working_copy else None,
        at=attempt.at.isoformat() if attempt.at else None,
    )  # fmt: skip
    effects.queue_many(
        effects.following(
            attempt.item.root, attempt.language, attempt.step.name, f"{attempt.step.name}:{deed.pk}",
            {"by": attempt.by.pk if attempt.by else None, "note": note, "at": attempt.now.isoformat()},
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
        _tell(attempt, note)
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


_DEEDS: dict[str, Callable[[list[Attempt], str], None]] = {
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


@transaction.atomic
def review_afterwards(
    item: Publishable, *, language: str, by: User, now: datetime, note: str = ""
) -> Edition:
    """The second pair of eyes after an urgent publication: not the publisher, nobody who wrote the text."""
    item = lock(item)
    edition = editions_of(item)[language]
    if edition.urgent_at is None or edition.reviewed_after_at is not None:
        raise Refused(_("This text is not waiting for a review afterwards."))
    if not by.has_perm(STEPS["approve"].permission_for(language)):
        raise Refused(_("Your role does not include this step."))
    if by.pk in urgent_publishers(item, edition) | writers(item, language):
        raise Refused(_("You wrote or published this text, so another person must review it."))
    edition.reviewed_after_at, edition.reviewed_after_by = now, by
    edition.reviewed_version = edition.published_version
    edition.save(update_fields=["reviewed_after_at", "reviewed_after_by", "reviewed_version"])
    record(item, "reviewed afterwards", by=by, now=now, language=language, note=note)
    return edition
