"""Asking for a seat: the form, the confirmed address, one's own particulars."""

import logging
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.history.actions import note
from training.actions import seats
from training.actions.locking import both_locked
from training.mails import seats as mails
from training.models import Event, Registration
from training.rules import window
from training.rules.identity import email_key
from training.rules.seats import group_of

log = logging.getLogger(__name__)
State = Registration.State
#: What somebody may put right without us.
OWN_PARTICULARS = ("full_name", "address", "job_title", "needs", "language")


def register(event: Event, *, email: str, consent: str, now: datetime, **said: Any) -> None:
    """Keep a wish until its address is confirmed. Whether the address is known here, a letter says, never the page.

    `said` are full_name, address, job_title, unit, unit_name, needs, language. Raises Refused when nobody can register.
    """
    if reason := window.closed_because(event, now):
        raise Refused(reason)
    if known := _registered(event, email):
        mails.registered_already(known, now=now)
        return
    try:
        _register(event, email=email, consent=consent, now=now, said=said)
    except IntegrityError:  # the same form twice at the same moment: the first has its letter
        if _registered(event, email) is None:
            raise


def _registered(event: Event, email: str) -> Registration | None:
    return event.registrations.active().filter(email_key=email_key(email)).select_related("event").first()


@transaction.atomic
def _register(event: Event, *, email: str, consent: str, now: datetime, said: dict[str, Any]) -> Registration:
    registration = Registration.objects.create(
        event=event,
        email=email,
        email_key=email_key(email),
        consent=consent,
        asked_at=now,
        state_since=now,
        **said,
    )
    note(registration, "asked for a seat", by=None, now=now)
    mails.confirm(registration, now=now)
    return registration


@transaction.atomic
def confirm(registration: Registration, *, now: datetime) -> Registration:
    """Count the wish, now that the address is known to be theirs: a seat, the queue, or a decision to come.

    A second time changes nothing. Raises Refused when the link is too old or the event has begun.
    """
    event, registration = both_locked(registration)
    if registration.state != State.UNCONFIRMED:
        return registration
    if reason := window.over_because(event, now):
        raise Refused(reason)
    if now >= window.confirm_until(event, registration.asked_at):
        raise Refused(_("The time to confirm this address has gone by. Register once more."))
    registration.confirmed_at, registration.quota = now, group_of(event, registration.unit)
    registration.save(update_fields=["confirmed_at", "quota"])
    note(registration, "confirmed the address", by=None, now=now)
    _take_in(event, registration, now)
    return registration


def _take_in(event: Event, registration: Registration, now: datetime) -> None:
    if event.admission != Event.Admission.AT_ONCE:
        seats.turn(registration, State.APPLIED, now=now)
        mails.applied(registration, now=now)
    elif seats.place(registration, by=None, now=now):
        mails.seated(registration, now=now)
    else:
        mails.waits(registration, now=now)


@transaction.atomic
def correct(registration: Registration, *, now: datetime, **said: Any) -> Registration:
    """Put one's own particulars right; `said` are of OWN_PARTICULARS. The history does not repeat them."""
    _event, registration = both_locked(registration)
    if registration.purged_at or not registration.is_active:
        raise Refused(_("This registration is closed."))
    changed = [name for name in OWN_PARTICULARS if name in said and getattr(registration, name) != said[name]]
    for name in changed:
        setattr(registration, name, said[name])
    if changed:
        registration.save(update_fields=changed)
        note(registration, "corrected their particulars", by=None, now=now, fields=changed)
    return registration


def forget_unconfirmed(now: datetime) -> int:
    """Delete wishes whose address nobody confirmed in time; how many."""
    deleted = 0
    for each in Registration.objects.filter(state=State.UNCONFIRMED).select_related("event"):
        if now >= window.confirm_until(each.event, each.asked_at):
            deleted += _forget(each)
    return deleted


@transaction.atomic
def _forget(registration: Registration) -> int:
    """Unless it was confirmed in this very moment."""
    _event, registration = both_locked(registration)
    if registration.state != State.UNCONFIRMED:
        return 0
    registration.delete()
    return 1
