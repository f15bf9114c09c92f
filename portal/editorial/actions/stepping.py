"""Taking a step: lock, read again, check, change, record, queue effects — always in that order, in one transaction."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.editorial import content
from portal.editorial.actions.deeds import DEEDS
from portal.editorial.actions.locking import editions_of, lock
from portal.editorial.actions.refusal import Refused
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable, State
from portal.editorial.states import STEPS, Step


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
    DEEDS[step](attempts, note)
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
