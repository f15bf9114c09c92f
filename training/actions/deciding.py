"""What organisers decide about one registration: approved, refused, cancelled, seated or moved by hand."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import note
from training.actions import seats
from training.actions.locking import both_locked, locked
from training.mails import seats as mails
from training.models import Event, Quota, Registration
from training.rules import window
from training.rules.identity import email_key
from training.rules.seats import Hall, group_of

State = Registration.State


@transaction.atomic
def approve(registration: Registration, *, by: User | None, now: datetime) -> Registration:
    """Say yes to a request: a seat, or the queue while there is none."""
    event, registration = both_locked(registration)
    _refuse_when_over(event, now)
    _refuse_unless(registration, {State.APPLIED})
    note(registration, "approved the request", by=by, now=now)
    if seats.place(registration, by=by, now=now):
        mails.approved(registration, now=now)
    else:
        mails.waits(registration, now=now)
    return registration


def approve_many(
    registrations: Iterable[Registration], *, by: User | None, now: datetime
) -> list[Registration]:
    """Approve in the order in which they asked; whoever is decided on already is left alone. Answers who was approved."""
    waiting = [each for each in registrations if each.state == State.APPLIED]
    approved = []
    for each in sorted(waiting, key=lambda each: (each.confirmed_at, each.pk)):
        try:
            approved.append(approve(each, by=by, now=now))
        except Refused:
            continue
    return approved


@transaction.atomic
def refuse(registration: Registration, reason: str, *, by: User | None, now: datetime) -> Registration:
    """Say no to a request or to one who waits. The reason goes into the letter: Refused without one."""
    _event, registration = both_locked(registration)
    _refuse_unless(registration, {State.APPLIED, State.WAITING})
    seats.turn(registration, State.REFUSED, now=now, reason=_given(reason))
    note(registration, "refused the request", by=by, now=now, why=reason)
    mails.refused(registration, now=now)
    return registration


def refuse_many(
    registrations: Iterable[Registration], reason: str, *, by: User | None, now: datetime
) -> list[Registration]:
    """Refuse each request that still waits for a decision, with one reason. Answers who was refused."""
    chosen = [each for each in registrations if each.state in {State.APPLIED, State.WAITING}]
    return [refuse(each, reason, by=by, now=now) for each in chosen]


@transaction.atomic
def cancel(registration: Registration, reason: str, *, by: User | None, now: datetime) -> Registration:
    """Take a registration out with a reason, which its letter says; what it held is offered on."""
    event, registration = both_locked(registration)
    if not registration.is_active:
        return registration
    _refuse_when_over(event, now)
    seats.free(registration, _given(reason), by=by, now=now, verb="cancelled the registration", why=reason)
    if registration.confirmed_at:
        mails.cancelled(registration, now=now)
    return registration


@transaction.atomic
def seat_by_hand(registration: Registration, reason: str, *, by: User | None, now: datetime) -> Registration:
    """Give one who asked or waits a seat out of turn. The reason is kept. Raises Refused when none is free for the group."""
    event, registration = both_locked(registration)
    _refuse_when_over(event, now)
    if registration.state == State.SEATED:
        return registration
    _refuse_unless(registration, {State.APPLIED, State.WAITING, State.OFFERED})
    if registration.state != State.OFFERED:  # who was offered one, holds it
        _refuse_without_room(event, registration.quota, now)
    seats.seat(registration, by=by, now=now, why=_given(reason))
    mails.seated(registration, now=now)
    return registration


@transaction.atomic
def offer_by_hand(registration: Registration, reason: str, *, by: User | None, now: datetime) -> Registration:
    """Offer one of the waiting a seat out of turn. The reason is kept. Raises Refused when none is free, or it is too late."""
    event, registration = both_locked(registration)
    _refuse_unless(registration, {State.WAITING})
    until = window.offer_until(event, now)
    if until is None:
        raise Refused(_("It is too late for an offer: give the seat instead."))
    _refuse_without_room(event, registration.quota, now)
    seats.offer(registration, until, by=by, now=now, why=_given(reason))
    return registration


@transaction.atomic
def put_first(registration: Registration, reason: str, *, by: User | None, now: datetime) -> Registration:
    """Let one of the waiting be the next who is offered a seat. The reason is kept."""
    event, registration = both_locked(registration)
    _refuse_unless(registration, {State.WAITING})
    first = event.registrations.waiting().first()
    if first is not None and first.pk != registration.pk:
        registration.queued_at = first.queued_at - seats.ONE_PLACE
        registration.save(update_fields=["queued_at"])
        note(registration, "put first among the waiting", by=by, now=now, why=_given(reason))
    seats.promote(event, by=by, now=now, why="the order of the waiting was changed")
    return registration


@transaction.atomic
def move_to_group(
    registration: Registration, quota: Quota | None, reason: str, *, by: User | None, now: datetime
) -> Registration:
    """Count a registration for another group, or for none. Raises Refused when one with a seat would find none there."""
    event, registration = both_locked(registration)
    _refuse_when_over(event, now)
    if quota is not None and quota.event_id != event.pk:
        raise Refused(_("This group belongs to another event."))
    if registration.quota_id == (quota.pk if quota else None):
        return registration
    hall = Hall.of(event, now)
    if registration.state in Registration.HOLDING and hall.pool_of(registration.quota_id) != hall.pool_of(
        quota.pk if quota else None
    ):
        _refuse_without_room(event, quota, now)
    registration.quota = quota
    registration.save(update_fields=["quota"])
    note(registration, "moved to another group", by=by, now=now, why=_given(reason))
    seats.promote(event, by=by, now=now, why="somebody was moved to another group")
    return registration


@transaction.atomic
def seat_somebody(event: Event, *, by: User | None, now: datetime, **said: Any) -> Registration:
    """Register somebody whom the organisers vouch for, with a seat at once; who has asked already gets it for that wish.

    `said` as in `registering.register`, with phone. Raises Refused when no seat is free, or the person has one.
    """
    event = locked(event)
    _refuse_when_over(event, now)
    group = group_of(event, said.get("unit"))
    known = event.registrations.active().filter(email_key=email_key(said["email"])).first()
    if known and known.state in Registration.HOLDING:
        raise Refused(_("%(name)s has a seat, or was offered one.") % {"name": known.full_name})
    _refuse_without_room(event, group, now)
    registration = known or Registration(event=event, asked_at=now, email_key=email_key(said["email"]))
    try:
        return vouch(registration, group, by=by, now=now, why="seated by the organisers", **said)
    except IntegrityError as clash:
        raise Refused(
            _("Somebody with this address has registered at this very moment. Try again.")
        ) from clash


@transaction.atomic
def vouch(
    registration: Registration, quota: Quota | None, *, by: User | None, now: datetime, why: str, **said: Any
) -> Registration:
    """Seat somebody who is vouched for; the event is locked, and that a seat is free has been looked at."""
    for name, value in said.items():
        setattr(registration, name, value)
    registration.quota, registration.confirmed_at = quota, registration.confirmed_at or now
    registration.state_since = now
    registration.save()
    seats.seat(registration, by=by, now=now, why=why)
    mails.seated(registration, now=now)
    return registration


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Say why: the reason is kept."))
    return reason.strip()[:500]


def _refuse_unless(registration: Registration, states: set[Any]) -> None:
    if registration.state not in states:
        raise Refused(
            _("This registration is “%(state)s” now.") % {"state": registration.get_state_display()}
        )


def _refuse_when_over(event: Event, now: datetime) -> None:
    if reason := window.over_because(event, now):
        raise Refused(reason)


def _refuse_without_room(event: Event, quota: Quota | None, now: datetime) -> None:
    if event.capacity is None:
        raise Refused(_("Say first how many seats there are."))
    if Hall.of(event, now).free(quota.pk if quota else None) <= 0:
        raise Refused(
            _("No seat is free for “%(group)s”.") % {"group": quota} if quota else _("No seat is free.")
        )
