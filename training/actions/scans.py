"""What the phones at the door send, maybe hours later, maybe twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from training.actions import presence
from training.models import Event, How, Presence, Registration, Scan, Session
from training.rules.badges import short_code_of
from training.rules.clocks import Clock
from training.rules.codes import read_code


@dataclass(frozen=True)
class Read:
    """One reading of a code by a phone: its times are the phone's own."""

    nonce: UUID
    code: str
    session: int | None
    said_at: datetime
    known_behind: timedelta | None  # how wrong the phone knew its clock to be

    @property
    def digest(self) -> str:
        return sha256(self.code.encode()).hexdigest()


def take(event: Event, read: Read, *, device: UUID, clock: Clock, by: User | None) -> Scan:
    """Enter one scan, once however often it is sent; what it came to."""
    if known := _known(event, read):
        return known
    try:
        return _enter(event, read, device=device, clock=clock, by=by)
    except IntegrityError:  # the same scan came twice at once: the other one stands
        if known := _known(event, read):
            return known
        raise


def _known(event: Event, read: Read) -> Scan | None:
    """The scan of this nonce. Sent again with another code it keeps what it was, and somebody is to look at it."""
    scan = Scan.objects.select_related("registration").filter(nonce=read.nonce).first()
    if scan and (scan.digest != read.digest or scan.event_id != event.pk):
        Scan.objects.filter(pk=scan.pk).update(doubt=Scan.Doubt.REUSED)
        scan.doubt = Scan.Doubt.REUSED
    return scan


@transaction.atomic
def _enter(event: Event, read: Read, *, device: UUID, clock: Clock, by: User | None) -> Scan:
    session = event.sessions.filter(pk=read.session).first() if read.session else None
    found = _whose(event, read.code)
    scan = Scan(
        nonce=read.nonce, event=event, session=session, registration=found.registration, digest=read.digest,
        device=device, said_at=read.said_at, at=clock.true_time(read.said_at), received_at=clock.now,
        outcome=found.outcome, doubt=clock.doubt(read.said_at, read.known_behind, session), by=by,
    )  # fmt: skip
    if found.outcome == Scan.Outcome.IN and (session or not event.sessions.exists()):
        _let_in(scan)
    elif found.outcome == Scan.Outcome.IN:
        scan.outcome = Scan.Outcome.OTHER  # of a session that is none of this event's (any more)
    scan.save(force_insert=True)
    return scan


def _let_in(scan: Scan) -> None:
    registration: Registration = Registration.objects.select_for_update().get(pk=scan.registration_id)
    if not presence.note(registration, scan.session, at=scan.at, how=How.QR, by=scan.by):
        scan.outcome = Scan.Outcome.ALREADY
        if _read_elsewhere(scan):
            scan.doubt = Scan.Doubt.TWICE


def _read_elsewhere(scan: Scan) -> bool:
    """Another phone has let the same code in: one of the two may have been a copy."""
    same = Scan.objects.filter(
        registration=scan.registration_id, session=scan.session, outcome=Scan.Outcome.IN
    )
    return same.exclude(device=scan.device).exists()


@dataclass(frozen=True)
class _Found:
    outcome: Any
    registration: Registration | None = None


def _whose(event: Event, code: str) -> _Found:
    """Whose code it is, or why it opens nothing. A short code is one of this event's badges."""
    registration = _by_short_code(event, code) or _by_signature(code)
    if registration is None:
        return _Found(Scan.Outcome.FORGED)
    if registration.event_id != event.pk:
        return _Found(Scan.Outcome.OTHER)
    if registration.state != Registration.State.SEATED:
        return _Found(Scan.Outcome.BLOCKED, registration)
    return _Found(Scan.Outcome.IN, registration)


def _by_signature(code: str) -> Registration | None:
    try:
        said = read_code(code)
    except LookupError:
        return None
    return Registration.objects.filter(key=said.key, event_id=said.event).first()


def _by_short_code(event: Event, code: str) -> Registration | None:
    typed = code.strip().upper().replace("-", "").replace(" ", "")
    if len(typed) != 8:
        return None
    alike = [
        each
        for each in event.registrations.only("pk", "key", "event", "state")
        if short_code_of(each).replace("-", "") == typed
    ]
    return alike[0] if len(alike) == 1 else None


def present_at(event: Event) -> set[tuple[int, int | None]]:
    """(registration, session) of all who are known to be there."""
    rows = Presence.objects.filter(registration__event=event)
    return set(rows.values_list("registration_id", "session_id"))


def sessions_of(event: Event) -> list[Session]:
    return list(event.sessions.all())
