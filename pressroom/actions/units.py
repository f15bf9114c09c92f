"""Asking units of the ministry, and what becomes of it: answered, reminded, overdue, recalled."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation, Post
from portal.duties.models import limit_on
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from pressroom.mails import enquiries as letters
from pressroom.models import Enquiry, UnitRequest
from pressroom.rules.enquiries import STEPS

State = UnitRequest.State
#: Who heads the press work: the first of these roles that somebody with an address holds.
HEADS = ("spokesperson", "head of the editorial board")


@transaction.atomic
def ask_unit(
    enquiry: Enquiry,
    unit: Organisation,
    words: str,
    *,
    due_at: datetime | None = None,
    by: User | None,
    now: datetime,
) -> UnitRequest:
    """Ask a unit for what the answer needs: its focal point gets a letter with a link, and its own clock starts."""
    enquiry = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    if reason := STEPS["assign"].refusal(enquiry, by):
        raise Refused(reason)
    if unit.kind != Organisation.Kind.UNIT:
        raise Refused(_("Only units of the ministry are asked."))
    if enquiry.unit_requests.waiting().filter(unit=unit).exists():
        raise Refused(_("This unit has been asked already, and has not answered yet."))
    request = UnitRequest.objects.create(
        enquiry=enquiry, unit=unit, words=words, email=focal_email(unit), asked_at=now, asked_by=by,
        due_at=_due(enquiry, due_at, now),
    )  # fmt: skip
    if enquiry.state == Enquiry.State.RECEIVED:
        enquiry.state = Enquiry.State.WITH_UNIT
        enquiry.save(update_fields=["state"])
    record(enquiry, STEPS["assign"].done, by=by, now=now, unit=unit.name_vi)
    letters.unit_asked(request, now)
    return request


def focal_email(unit: Organisation) -> str:
    """Where a unit is written to: its focal point, or else its general mailbox; "" when the directory knows neither."""
    posts = (
        Post.objects.reachable().filter(organisation=unit).order_by("is_general", "pk").with_current_address()
    )
    found = posts.first()
    return found.current_address.email if found else ""


def _due(enquiry: Enquiry, wanted: datetime | None, now: datetime) -> datetime:
    """The hour asked for, else the house's own limit; never after the answer itself is due, unless that is over."""
    limit = limit_on("unit-answered", vietnamese_day(now))
    due = wanted or (limit.after(now) if limit else enquiry.due_at)
    if due <= now:
        raise Refused(_("The unit cannot answer in the past: choose a time to come."))
    return min(due, enquiry.due_at) if enquiry.due_at > now else due


@transaction.atomic
def take_answer(
    request: UnitRequest, answer: Any, *, name: Any, by: User | None, now: datetime
) -> UnitRequest:
    """Keep what the unit says: by its focal point through the link (`by` None), or written down by an officer."""
    request = _locked(request)
    if request.state != State.ASKED:
        raise Refused(_("This request is no longer open: it was answered already, or recalled."))
    if not request.enquiry.is_open:
        raise Refused(_("The journalist has been answered already. Thank you all the same."))
    request.state, request.answer, request.answered_by, request.answered_at = (
        State.ANSWERED,
        answer,
        name,
        now,
    )
    request.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(request.enquiry, "got a unit’s answer", by=by, now=now, unit=request.unit.name_vi)
    return request


@transaction.atomic
def recall(request: UnitRequest, *, by: User | None, now: datetime) -> UnitRequest:
    """The unit need not answer any more."""
    request = _locked(request)
    if request.state != State.ASKED:
        raise Refused(_("This request is no longer open: it was answered already, or recalled."))
    request.state = State.RECALLED
    request.save(update_fields=["state"])
    record(request.enquiry, "recalled a request", by=by, now=now, unit=request.unit.name_vi)
    return request


@transaction.atomic
def remind(request: UnitRequest, *, now: datetime) -> None:
    """One letter, before the unit's time is over."""
    request = _locked(request)
    if request.state != State.ASKED or request.reminded_at or not request.enquiry.is_open:
        return
    request.reminded_at = now
    request.save(update_fields=["reminded_at"])
    record(request.enquiry, "reminded a unit", by=None, now=now, unit=request.unit.name_vi)
    letters.unit_reminded(request, now)


@transaction.atomic
def escalate(request: UnitRequest, *, now: datetime) -> None:
    """One letter to whoever heads the press work: the unit is late."""
    request = _locked(request)
    if not request.is_overdue(now) or request.escalated_at or not request.enquiry.is_open:
        return
    heads = heads_of_press()
    if not heads:  # nobody to tell yet: asked again with the next run
        return
    request.escalated_at = now
    request.save(update_fields=["escalated_at"])
    record(request.enquiry, "told the head of a late unit", by=None, now=now, unit=request.unit.name_vi)
    for head in heads:
        letters.unit_overdue(request, head, now)


def heads_of_press() -> list[User]:
    """Whoever heads the press work and can be written to."""
    for role in HEADS:
        if found := list(User.objects.active().filter(groups__name=role).exclude(email="").order_by("pk")):
            return found
    return []


def _locked(request: UnitRequest) -> UnitRequest:
    """The enquiry's row is locked before its request's, as everywhere: two deeds never wait for each other."""
    enquiry = Enquiry.objects.select_for_update().get(pk=request.enquiry_id)
    fresh = UnitRequest.objects.select_for_update().get(pk=request.pk)
    fresh.enquiry = enquiry
    return fresh
