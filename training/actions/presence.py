"""Noting who is there, whichever way it became known. Every way ends in `note`, and the earliest time stands."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from training.models import Event, How, Presence, Registration, Ruling, Session, Sheet

MOST_CODES = 2000


def note(
    registration: Registration, session: Session | None, *, at: datetime, how: Any, by: User | None
) -> bool:
    """Somebody is there; whether that is news. Call with the registration locked."""
    presence, is_new = Presence.objects.get_or_create(
        registration=registration, session=session, defaults={"at": at, "how": how, "by": by}
    )
    if not is_new and at < presence.at:
        presence.at, presence.how, presence.by = at, how, by
        presence.save(update_fields=["at", "how", "by"])
    return is_new


@transaction.atomic
def check_in(
    registration: Registration,
    session: Session | None,
    *,
    how: Any = How.LIST,
    by: User | None,
    now: datetime,
) -> bool:
    """Tick somebody in the list; a second tick changes nothing. Raises Refused for whoever has no seat."""
    registration = _locked(registration)
    _same_event(registration, session)
    if registration.state != Registration.State.SEATED:
        raise Refused(_("Whoever has no seat cannot be checked in: give a seat first."))
    is_new = note(registration, session, at=now, how=how, by=by)
    if is_new:
        _record(registration, "checked in", session, by=by, now=now, how=how)
    return is_new


@transaction.atomic
def undo_check_in(
    registration: Registration, session: Session | None, *, by: User | None, now: datetime
) -> None:
    """Take back a mistake."""
    registration = _locked(registration)
    gone, _each = Presence.objects.filter(registration=registration, session=session).delete()
    if gone:
        _record(registration, "took the check-in back", session, by=by, now=now)


@transaction.atomic
def enter_codes(sheet: Sheet, written: str, *, by: User | None, now: datetime) -> int:
    """Check in whose codes of a printed sheet are typed (“A3 A7, B12”); how many were new.

    All or nothing: codes that are not on the sheet are named, so that a slip of the pen is found at once.
    """
    codes = list(dict.fromkeys(written.upper().replace(",", " ").replace(";", " ").split()))
    if not codes:
        raise Refused(_("Type the codes beside the signatures: A3 A7 B12."))
    if len(codes) > MOST_CODES:
        raise Refused(_("These are more codes than a sheet has."))
    rows = {row.code: row.registration_id for row in sheet.rows.all()}
    if unknown := [code for code in codes if code not in rows]:
        raise Refused(
            ngettext(
                "No row of sheet %(number)d has the code %(codes)s.",
                "No rows of sheet %(number)d have the codes %(codes)s.",
                len(unknown),
            )
            % {"number": sheet.number, "codes": ", ".join(each[:12] for each in unknown[:20])}
        )
    return _enter(sheet, [rows[code] for code in codes], by=by, now=now)


def _enter(sheet: Sheet, numbers: Iterable[int], *, by: User | None, now: datetime) -> int:
    """A signature counts for whoever held a seat then, also when it was given back since: it is on paper."""
    at = min(sheet.session.begins_at, now) if sheet.session else now
    people = Registration.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    new = sum(note(each, sheet.session, at=at, how=How.PAPER, by=by) for each in people)
    record(sheet.event, "typed a sign-in sheet", by=by, now=now, sheet=sheet.number, new=new)
    return new


@transaction.atomic
def rule(
    registration: Registration, *, attended: bool, reason: str, by: User | None, now: datetime
) -> Ruling:
    """Decide whether somebody attended enough, against or without the count."""
    registration = _locked(registration)
    if not reason.strip():
        raise Refused(_("Say why: whoever reads the list later will ask."))
    if registration.state != Registration.State.SEATED:
        raise Refused(_("Only about those with a seat is decided."))
    said = {"attended": attended, "reason": reason, "by": by, "at": now}
    ruling, _made = Ruling.objects.update_or_create(registration=registration, defaults=said)
    record(
        registration.event,
        "ruled on attendance",
        by=by,
        now=now,
        registration=registration.pk,
        attended=attended,
    )
    return ruling


@transaction.atomic
def drop_ruling(registration: Registration, *, by: User | None, now: datetime) -> None:
    """Let the count decide again."""
    gone, _each = Ruling.objects.filter(registration=_locked(registration)).delete()
    if gone:
        record(
            registration.event, "dropped a ruling on attendance", by=by, now=now, registration=registration.pk
        )


def _locked(registration: Registration) -> Registration:
    return Registration.objects.select_for_update(of=["self"]).select_related("event").get(pk=registration.pk)


def _same_event(registration: Registration, session: Session | None) -> None:
    if session and session.event_id != registration.event_id:
        raise Refused(_("This session is of another event."))
    if session is None and registration.event.sessions.exists():
        raise Refused(_("Choose a session: presence is noted for each."))


def _record(
    registration: Registration,
    verb: str,
    session: Session | None,
    *,
    by: User | None,
    now: datetime,
    **details: Any,
) -> None:
    """By number: the history never forgets, people have a right to be forgotten."""
    at: Event = registration.event
    record(
        at,
        verb,
        by=by,
        now=now,
        registration=registration.pk,
        session=session.pk if session else None,
        **details,
    )
