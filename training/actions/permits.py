"""The permit of an event with a foreign element: applied for, agencies consulted, granted or refused, its result reported
(Decision 06/2020/QĐ-TTg). Everything is on record with the event.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.library.models import Asset
from training.actions.events import open_event
from training.models import Consultation, Event, Permit


@transaction.atomic
def declare_foreign(event: Event, authority: str, *, by: User | None, now: datetime) -> Permit:
    """Say that the event has a foreign element, and who must permit it. Raises Refused for a confirmed one: it would stand
    without its permit.
    """
    event = open_event(event)
    if event.progress == Event.Progress.CONFIRMED and not event.has_foreign_element:
        raise Refused(
            _("This event is confirmed already. One with a foreign element needs its permit before that.")
        )
    permit, _new = Permit.objects.select_for_update().get_or_create(event=event)
    if permit.state != Permit.State.PREPARED and permit.authority != authority:
        raise Refused(_("The permit has been applied for: who gives it cannot change any more."))
    permit.authority = authority
    permit.save(update_fields=["authority"])
    event.has_foreign_element = True
    event.save(update_fields=["has_foreign_element"])
    record(event, "declared a foreign element", by=by, now=now, authority=authority)
    return permit


@transaction.atomic
def undeclare_foreign(event: Event, *, by: User | None, now: datetime) -> Event:
    """Say that it has none after all. Raises Refused once the permit has been applied for."""
    event = open_event(event)
    permit = Permit.objects.select_for_update().filter(event=event).first()
    if permit and permit.state != Permit.State.PREPARED:
        raise Refused(_("The permit has been applied for: that stays on record."))
    Permit.objects.filter(event=event).delete()
    event.has_foreign_element = False
    event.save(update_fields=["has_foreign_element"])
    record(event, "took the foreign element back", by=by, now=now)
    return event


@transaction.atomic
def apply_for(permit: Permit, day: date, *, by: User | None, now: datetime) -> Permit:
    """The application was sent on a day."""
    permit = _lock(permit, Permit.State.PREPARED)
    _refuse_future(day, now)
    permit.state, permit.applied_on = Permit.State.APPLIED, day
    permit.save(update_fields=["state", "applied_on"])
    record(permit.event, "applied for the permit", by=by, now=now, day=day.isoformat())
    return permit


@transaction.atomic
def consult(permit: Permit, agency: str, day: date, *, by: User | None, now: datetime) -> Consultation:
    """An agency was asked for its opinion on a day."""
    permit = _lock(permit, Permit.State.PREPARED, Permit.State.APPLIED)
    _refuse_future(day, now)
    name: Any = " ".join(agency.split())
    if not name:
        raise Refused(_("Name the agency."))
    consultation = Consultation.objects.create(permit=permit, agency=name, asked_on=day)
    record(permit.event, "consulted an agency", by=by, now=now, agency=name, day=day.isoformat())
    return consultation


@transaction.atomic
def note_answer(
    consultation: Consultation, opinion: str, day: date, *, by: User | None, now: datetime, note: str = ""
) -> Consultation:
    """What an agency said, on which day. Raises Refused for a day before it was asked."""
    permit = _lock(consultation.permit, Permit.State.PREPARED, Permit.State.APPLIED)
    consultation = Consultation.objects.get(pk=consultation.pk)
    _refuse_future(day, now)
    if day < consultation.asked_on:
        raise Refused(_("The answer cannot be older than the question."))
    said: Any = note.strip()
    consultation.opinion, consultation.answered_on, consultation.note = opinion, day, said
    consultation.save(update_fields=["opinion", "answered_on", "note"])
    record(
        permit.event,
        "noted the answer of an agency",
        by=by,
        now=now,
        agency=consultation.agency,
        opinion=opinion,
    )
    return consultation


@transaction.atomic
def grant(
    permit: Permit, number: str, day: date, *, by: User | None, now: datetime, file: Asset | None = None
) -> Permit:
    """The permit is there: its number, its day, its file. The event may be confirmed from now on."""
    said: Any = " ".join(number.split())
    if not said:
        raise Refused(_("Give the number of the decision."))
    permit = _decide(permit, Permit.State.GRANTED, day, now)
    permit.number, permit.file = said, file
    permit.save(update_fields=["state", "decided_on", "number", "file"])
    record(permit.event, "noted the permit", by=by, now=now, number=said, day=day.isoformat())
    return permit


@transaction.atomic
def refuse(permit: Permit, day: date, note: str, *, by: User | None, now: datetime) -> Permit:
    """The permit was refused, and why. The event stays unconfirmed."""
    said: Any = note.strip()
    if not said:
        raise Refused(_("Say why it was refused."))
    permit = _decide(permit, Permit.State.REFUSED, day, now)
    permit.note = said
    permit.save(update_fields=["state", "decided_on", "note"])
    record(permit.event, "noted the refusal of the permit", by=by, now=now, note=said)
    return permit


def _decide(permit: Permit, state: Any, day: date, now: datetime) -> Permit:
    permit = _lock(permit, Permit.State.APPLIED)
    _refuse_future(day, now)
    if permit.applied_on and day < permit.applied_on:
        raise Refused(_("The decision cannot be older than the application."))
    permit.state, permit.decided_on = state, day
    return permit


@transaction.atomic
def report_result(permit: Permit, day: date, *, by: User | None, now: datetime) -> Permit:
    """The report on the result was sent on a day. Raises Refused before the event has begun."""
    permit = _lock(permit, Permit.State.GRANTED)
    _refuse_future(day, now)
    if permit.event.begins_on > day:
        raise Refused(_("This event has not begun."))
    permit.reported_on = day
    permit.save(update_fields=["reported_on"])
    record(permit.event, "reported the result", by=by, now=now, day=day.isoformat())
    return permit


def _lock(permit: Permit, *states: Any) -> Permit:
    """The permit, locked with its event. Raises Refused when it has come further."""
    Event.objects.select_for_update().get(pk=permit.event_id)
    permit = Permit.objects.select_for_update().select_related("event").get(pk=permit.pk)
    if permit.state not in states:
        raise Refused(_("The permit is “%(state)s”.") % {"state": permit.get_state_display()})
    return permit


def _refuse_future(day: date, now: datetime) -> None:
    if day > vietnamese_day(now):
        raise Refused(_("This day has not come yet."))
