"""The rights of participants to what is kept of them: to read all of it, to have it, to have it erased.

Law 91/2025/QH15 and Decree 356/2025/ND-CP. A person is whoever reads the address: everything kept under it belongs
together, whichever registration's link was followed.
"""

import contextlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.editorial.timeline import words_for
from portal.history.actions import note
from portal.history.models import Record
from portal.languages.dates import in_ict
from portal.mailing.models import Delivery
from training.actions import retention, seats
from training.audiences import LETTERS
from training.models import Quota, Registration, RightsRequest, Session

PARTICULARS = (
    "full_name", "address", "email", "phone", "job_title", "unit_name", "needs", "language", "consent", "state",
    "asked_at", "confirmed_at", "queued_at", "offer_expires_at", "reason", "purged_at",
)  # fmt: skip


def registrations_of(registration: Registration) -> QuerySet[Registration]:
    """Every registration under the same address; one without an address stands alone."""
    if not registration.email_key:
        return Registration.objects.filter(pk=registration.pk)
    return Registration.objects.filter(email_key=registration.email_key).order_by("asked_at", "pk")


def own_data(registration: Registration) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of a person, in plain values, ready for JSON."""
    mine = list(registrations_of(registration).select_related("event", "unit", "quota"))
    keys = [each.pk for each in mine]
    return {
        "registrations": [_registration(each) for each in mine],
        "attendance": [line for each in mine for line in _attendance(each)],
        "certificates": [
            _told(each, "printed", "full_name", "issued_at", "revoked_at", "replaced_at", "why")
            for registration in mine
            for each in registration.certificates.all()
        ],
        "survey_tickets": [
            {"wave": each.get_wave_display(), "used": each.is_used}
            for registration in mine
            for each in registration.tickets.all()
        ],
        "focal_point": [
            _told(each, "name", "seats", "focal_name", "focal_email")
            for each in Quota.objects.filter(focal_email__iexact=registration.email)
            if registration.email
        ],
        "letters": _letters(registration),
        "requests": [
            _told(each, "kind", "received_at", "answered_at")
            for each in RightsRequest.objects.filter(registration__in=keys)
        ],
        "history": [
            {"at": each.at.isoformat(), "deed": str(words_for(each.verb))}
            for registration in mine
            for each in Record.objects.about(registration)
        ],
    }  # fmt: skip


def _registration(registration: Registration) -> dict[str, Any]:
    return {
        "event": registration.event.title or str(registration.event),
        "unit": str(registration.unit or ""),
        "group": str(registration.quota or ""),
        **_told(registration, *PARTICULARS),
    }


def _attendance(registration: Registration) -> list[dict[str, Any]]:
    said = [
        {
            "event": registration.event.title or str(registration.event),
            "session": _session(each.session),
            **_told(each, "at", "how"),
        }
        for each in registration.presences.select_related("session")
    ]
    said += [
        {
            "event": registration.event.title or str(registration.event),
            "session": _session(each.session),
            **_told(each, "at", "outcome"),
        }
        for each in registration.scans.select_related("session")
    ]
    ruling = getattr(registration, "ruling", None)
    return [*said, *([_told(ruling, "attended", "reason", "at")] if ruling else [])]


def _session(session: Session | None) -> str:
    """Its title; without one the hour it began, in Viet Nam."""
    if session is None:
        return ""
    return session.title or in_ict(session.begins_at).isoformat(timespec="minutes")


def _letters(registration: Registration) -> list[dict[str, Any]]:
    if not registration.email:
        return []
    ours = Q(*[Q(key__startswith=key) for key in LETTERS], _connector=Q.OR) | Q(
        mailing__lists__participant_rule__isnull=False
    )
    sent = (
        Delivery.objects.filter(ours, email=registration.email.lower()).select_related("message").distinct()
    )
    return [
        {
            "subject": each.message.subject,
            "queued_at": each.queued_at.isoformat(),
            "state": each.get_state_display(),
        }
        for each in sent.order_by("pk")
    ]


def _told(thing: Any, *fields: str) -> dict[str, Any]:
    return {field: _plain(thing, field) for field in fields}


def _plain(thing: Any, field: str) -> Any:
    """Choices in their words; moments as programs read them."""
    worded = getattr(thing, f"get_{field}_display", None)
    value = worded() if worded else getattr(thing, field)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, bool | int) or value is None else str(value)


@transaction.atomic
def erase(registration: Registration, *, by: User | None, now: datetime) -> None:
    """Cancel what still stands, erase who it was. Twice is once.

    What was certified stays as it was issued; that somebody of a unit had a seat and came, stays in the figures.
    """
    mine = list(registrations_of(registration))
    for each in mine:
        _give_up(each, by=by, now=now)
    retention.erase_person([each.pk for each in mine], now)
    Quota.objects.filter(focal_email__iexact=registration.email).exclude(focal_email="").update(
        focal_name="", focal_email=""
    )
    for each in mine:
        if each.purged_at is None:
            note(each, "erased", by=by, now=now)


def _give_up(registration: Registration, *, by: User | None, now: datetime) -> None:
    """Its seat is free for whoever waits; once the event has begun there is nothing to give back any more."""
    with contextlib.suppress(Refused), transaction.atomic():
        seats.give_back(registration, by=by, now=now)


@transaction.atomic
def take_in(
    registration: Registration, kind: Any, *, reference: str, received_at: datetime, by: User, now: datetime
) -> RightsRequest:
    """Note a request that came on paper; its clock runs from the day it was received. Raises Refused for tomorrow."""
    if received_at > now:
        raise Refused(_("A request cannot have come in the future."))
    request = RightsRequest.objects.create(
        registration=registration, kind=kind, reference=reference, received_at=received_at
    )
    note(request, "took in a request about data", by=by, now=now, kind=str(kind))
    return request


@transaction.atomic
def answer(request: RightsRequest, *, by: User, now: datetime) -> RightsRequest:
    """It is answered; what asks to be erased is erased with it. A second time changes nothing."""
    request = (
        RightsRequest.objects.select_for_update(of=["self"]).select_related("registration").get(pk=request.pk)
    )
    if request.answered_at is not None:
        return request
    if request.kind == RightsRequest.Kind.ERASE:
        erase(request.registration, by=by, now=now)
    request.answered_at, request.answered_by = now, by
    request.save(update_fields=["answered_at", "answered_by"])
    note(request, "answered a request about data", by=by, now=now)
    return request
