"""Seats: had, waited for, offered, given back. The event's row is locked first, so that the last seat is given once.

Whoever frees a seat offers it in the same transaction to who waits first for it; every decision is recorded with its reason.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import note
from training.actions.events import tell_readers
from training.actions.locking import both_locked, locked
from training.mails import seats as mails
from training.models import Event, Registration
from training.rules import window
from training.rules.seats import Hall, ahead_of, next_in_line
from training.rules.told import digest_of

State = Registration.State
#: Whoever leaves so many offers unanswered waits no longer.
OFFERS_AT_MOST = 2
ONE_PLACE = timedelta(microseconds=1)  # between two of the queue
_STATE = [
    "state",
    "state_since",
    "offer_expires_at",
    "offer_number",
    "queued_at",
    "reason",
    "told",
    "comes_at",
]


def turn(
    registration: Registration,
    state: Any,
    *,
    now: datetime,
    until: datetime | None = None,
    reason: Any = "",
) -> None:
    """Write a new state of a locked registration; `until` belongs to an offer, `reason` to an end."""
    held = registration.state in Registration.HOLDING
    registration.state, registration.state_since = state, now
    registration.offer_expires_at, registration.reason = until, reason
    registration.told = digest_of(registration.event)
    registration.comes_at = now if state == State.SEATED else None
    registration.save(update_fields=_STATE)
    if held != (state in Registration.HOLDING):
        _tell_readers_when_it_fills(registration.event, gained=not held)


def _tell_readers_when_it_fills(event: Event, *, gained: bool) -> None:
    """The public page says whether a seat is free: it is written anew by the last seat taken and the first given back."""
    held = event.registrations.holding().count()
    if event.capacity is not None and held == event.capacity - (not gained):
        tell_readers(event)


def seat(registration: Registration, *, by: User | None, now: datetime, why: str) -> None:
    """Give a seat; that one is free has been looked at."""
    turn(registration, State.SEATED, now=now)
    note(registration, "gave a seat", by=by, now=now, why=why)


def place(registration: Registration, *, by: User | None, now: datetime) -> bool:
    """A seat when one is free and nobody waits for it, otherwise the end of the queue. Whether it is a seat."""
    event = registration.event
    hall, waiting = Hall.of(event, now), list(event.registrations.waiting())
    ahead = ahead_of(registration, hall, waiting)
    if hall.free(registration.quota_id) > 0 and not ahead:
        seat(registration, by=by, now=now, why="a seat was free and nobody waited")
        return True
    queue(registration, now=now)
    note(registration, "waits for a seat", by=by, now=now, why="no seat was free", position=ahead + 1)
    return False


def queue(registration: Registration, *, now: datetime) -> None:
    """To the end of the queue; later than the last even when the clock says otherwise."""
    last = registration.event.registrations.waiting().exclude(pk=registration.pk).last()
    after_the_last = last.queued_at + ONE_PLACE if last and last.queued_at else now
    registration.queued_at = max(now, after_the_last)
    turn(registration, State.WAITING, now=now)


def promote(event: Event, *, by: User | None, now: datetime, why: str) -> list[Registration]:
    """Offer what is free to those who wait, in their order. The event is locked; nothing is offered shortly before it."""
    until = window.offer_until(event, now)
    if until is None:
        return []
    waiting = list(event.registrations.waiting().select_for_update())
    chosen = next_in_line(Hall.of(event, now), waiting) if waiting else []
    for each in chosen:
        each.event = event
        offer(each, until, by=by, now=now, why=why)
    return chosen


def offer(registration: Registration, until: datetime, *, by: User | None, now: datetime, why: str) -> None:
    """Hold a seat for one of the waiting until a moment, and tell them."""
    registration.offer_number += 1
    turn(registration, State.OFFERED, now=now, until=until)
    note(registration, "offered a seat", by=by, now=now, why=why, until=until.isoformat())
    mails.offered(registration, now=now)


@transaction.atomic
def promote_waiting(event: Event, *, now: datetime) -> list[Registration]:
    """For the clock: offer what has become free without anybody's deed, as when kept seats are released."""
    return promote(locked(event), by=None, now=now, why="seats that were kept are for everybody now")


@transaction.atomic
def accept(registration: Registration, *, by: User | None, now: datetime) -> Registration:
    """Turn an offer into a seat; a second time changes nothing. Raises Refused when the offer holds no more."""
    event, registration = both_locked(registration)
    if registration.state == State.SEATED:
        return registration
    _refuse_when_over(event, now)
    if registration.state != State.OFFERED or registration.offer_expires_at <= now:
        raise Refused(_("No seat is offered to you at present: the time to answer has gone by."))
    seat(registration, by=by, now=now, why="accepted the offer")
    mails.seated(registration, now=now)
    return registration


@transaction.atomic
def lapse(registration: Registration, *, now: datetime) -> Registration:
    """End an offer nobody answered: to the end of the queue, after a second one out of it. The seat is offered on."""
    event, registration = both_locked(registration)
    if registration.state != State.OFFERED or registration.offer_expires_at > now:
        return registration
    if registration.offer_number < OFFERS_AT_MOST and not window.is_over(event, now):
        queue(registration, now=now)
        note(registration, "let an offer lapse", by=None, now=now, why="no answer: to the end of the queue")
    else:
        turn(registration, State.CANCELLED, now=now, reason="")
        note(registration, "let an offer lapse", by=None, now=now, why="no answer: waits no longer")
    if not window.is_over(event, now):
        mails.lapsed(registration, now=now)
    promote(event, by=None, now=now, why="an offer was not answered")
    return registration


@transaction.atomic
def give_back(registration: Registration, *, by: User | None, now: datetime) -> Registration:
    """Give up a seat, an offer or the wish for one; who waits first is offered it in the same moment.

    A second time changes nothing. Raises Refused once the event has begun.
    """
    event, registration = both_locked(registration)
    if not registration.is_active:
        return registration
    _refuse_when_over(event, now)
    verb = "declined the offer" if registration.state == State.OFFERED else "gave the seat back"
    free(registration, "", by=by, now=now, verb=verb, why="their own wish")
    mails.given_back(registration, now=now)
    return registration


def free(
    registration: Registration, reason: str, *, by: User | None, now: datetime, verb: str, why: str
) -> None:
    """End an active registration, and offer on what it held."""
    held = registration.state in Registration.HOLDING
    turn(registration, State.CANCELLED, now=now, reason=reason)
    note(registration, verb, by=by, now=now, why=why)
    if held:
        promote(registration.event, by=by, now=now, why="a seat was given back")


def _refuse_when_over(event: Event, now: datetime) -> None:
    if reason := window.over_because(event, now):
        raise Refused(reason)
