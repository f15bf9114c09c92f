"""What journalists decide about themselves, and their rights to what we keep of them (Law 91/2025/QH15 on personal data)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower

from portal.history.actions import note
from portal.mailing.actions import subscribing
from portal.mailing.models import Delivery, Subscription
from pressroom.actions import forgetting
from pressroom.actions.accreditation import purge_request
from pressroom.actions.journalists import begin_digest, locked
from pressroom.models import (
    ERASED,
    AccreditationRequest,
    Attendance,
    BriefingQuestion,
    Copy,
    Enquiry,
    ForeignPressRequest,
    Journalist,
    JournalistApplication,
)

Frequency = Journalist.Frequency
#: Rows that keep an address of their own.
_WRITTEN: tuple[Any, ...] = (JournalistApplication, AccreditationRequest, ForeignPressRequest, Enquiry)


@transaction.atomic
def choose(journalist: Journalist, *, language: str, frequency: str, beats: Any, now: datetime) -> Journalist:
    """The journalist's own word on language, frequency and beats. A digest begins now: what went out before was sent."""
    journalist = locked(journalist)
    begin_digest(journalist, frequency, now)
    journalist.language, journalist.frequency = language, frequency
    journalist.save(update_fields=["language", "frequency", "digested_until"])
    journalist.beats.set(beats)
    note(journalist, "chose", by=None, now=now, language=language, frequency=frequency)
    return journalist


@transaction.atomic
def leave(journalist: Journalist, *, now: datetime) -> Journalist:
    """No more letters to this journalist. Twice is once."""
    journalist = locked(journalist)
    if journalist.frequency != Frequency.NEVER:
        journalist.frequency = Frequency.NEVER
        journalist.save(update_fields=["frequency"])
        note(journalist, "left", by=None, now=now)
    return journalist


@transaction.atomic
def choose_language(journalist: Journalist, language: str, *, now: datetime) -> Journalist:
    journalist = locked(journalist)
    if journalist.language != language:
        journalist.language = language
        journalist.save(update_fields=["language"])
        note(journalist, "chose", by=None, now=now, language=language)
    return journalist


def own_data(journalist: Journalist) -> dict[str, Any]:
    """Everything we keep of a person, in words and plain values, ready for JSON."""
    addresses = addresses_of(journalist)
    return {
        "record": _told(journalist, "full_name", "email", "phone", "role", "language", "frequency", "card_kind",
                        "card_number", "card_issuer", "card_valid_until", "state", "consent", "consented_at")
        | {"outlet": str(journalist.outlet), "beats": [str(topic) for topic in journalist.beats.all()]},
        "applications": [
            _told(each, "outlet_name", "role", "card_number", "state", "asked_at", "confirmed_at", "decided_at",
                  "reason", "consent")
            for each in JournalistApplication.objects.filter(_theirs(journalist))
        ],
        "accreditations": [
            _told(each, "full_name", "email", "phone", "outlet_name", "role", "card_number", "equipment", "state",
                  "reason", "received_at", "checked_in_at", "consent")
            | {"event": str(each.round), "files": [_told(file, "kind", "size", "purged_at") for file in each.files.all()]}
            for each in AccreditationRequest.objects.filter(_theirs(journalist)).select_related("round")
        ],
        "desk_requests": [
            _told(each, "code", "kind", "full_name", "email", "phone", "outlet_name", "first_day", "last_day",
                  "places", "subject", "state", "received_at", "consent")
            for each in ForeignPressRequest.objects.filter(_theirs(journalist))
        ],
        "enquiries": [
            _told(each, "reference", "subject", "question", "outlet_name", "email", "phone", "terms", "asked_at", "state",
                  "replied_at", "consent")
            for each in Enquiry.objects.filter(_theirs(journalist))
        ],
        "briefings": [
            _told(each, "state", "asked_at", "arrived_at", "consent") | {"briefing": str(each.briefing)}
            for each in Attendance.objects.filter(_record(journalist)).select_related("briefing")
        ],
        "questions_at_briefings": [
            _told(each, "text", "asked_at", "state") | {"briefing": str(each.briefing)}
            for each in BriefingQuestion.objects.filter(_record(journalist)).select_related("briefing")
        ],
        "texts_under_embargo": [
            _told(each, "language", "given_at", "accepted_at", "closed_at")
            | {"openings": [opening.at.isoformat() for opening in each.openings.all()]}
            for each in Copy.objects.filter(_record(journalist)).prefetch_related("openings")
        ],
        "lists": [
            {"list": str(each.list), "state": each.state}
            for each in Subscription.objects.filter(subscriber__email__in=addresses).select_related("list")
        ],
        "letters": [
            {"subject": each.message.subject, "queued_at": each.queued_at.isoformat(), "state": each.state}
            for each in Delivery.objects.filter(email__in=addresses).select_related("message")
        ],
    }  # fmt: skip


def _told(thing: Any, *fields: str) -> dict[str, Any]:
    values = {field: getattr(thing, field) for field in fields}
    return {
        field: value.isoformat() if hasattr(value, "isoformat") else value for field, value in values.items()
    }


def _record(journalist: Journalist) -> Any:
    """Rows that point to the record, or to one merged into it."""
    return Q(journalist=journalist) | Q(journalist__merged_into=journalist)


def _theirs(journalist: Journalist) -> Any:
    """The same, and rows that came from an address of theirs without being anybody's yet."""
    from_them = Q()
    for address in addresses_of(journalist):
        from_them |= Q(email__iexact=address, journalist=None)
    return _record(journalist) | from_them


def addresses_of(journalist: Journalist) -> set[str]:
    """Every address they wrote from or are written to, in small letters: of the record, of those merged into it, of the
    rows that point to them. One by which somebody else is known in the register is not theirs to decide about.
    """
    records = Journalist.objects.filter(Q(pk=journalist.pk) | Q(merged_into=journalist))
    found = {email.lower() for email in records.values_list("email", flat=True)}
    for model in _WRITTEN:
        found |= {
            email.lower()
            for email in model.objects.filter(_record(journalist)).values_list("email", flat=True)
        }
    others = Journalist.objects.active().exclude(pk=journalist.pk).annotate(small=Lower("email"))
    return found - {""} - set(others.filter(small__in=found).values_list("small", flat=True))


@transaction.atomic
def erase(journalist: Journalist, *, now: datetime) -> None:
    """The whole right: our records, what their addresses chose for their mail; and nothing is written to them again."""
    addresses = sorted(addresses_of(journalist))
    _erase_records(journalist, now=now)
    for address in addresses:
        subscribing.erase(address, now=now)


@transaction.atomic
def _erase_records(journalist: Journalist, *, now: datetime) -> None:
    """Names, addresses, cards and scans go; that a decision was made, a seat taken, a letter sent, stays. Twice is once.

    Seats, questions at briefings and copies under embargo hold no name of their own: they point here.
    """
    journalist = locked(journalist)
    if journalist.is_erased:
        return
    theirs = _theirs(journalist)  # before the first row loses its address
    JournalistApplication.objects.filter(theirs).delete()
    for enquiry in Enquiry.objects.filter(theirs).values_list("pk", flat=True):
        forgetting.forget(enquiry, now=now)
    for request in AccreditationRequest.objects.filter(theirs):
        purge_request(request, now=now)
        _blank(request, "full_name", "outlet_name", keep=ERASED)
        _blank(
            request,
            "email",
            "phone",
            "role",
            "card_number",
            "card_issuer",
            "equipment",
            "folded",
            "sorted_by",
        )
    for asked in ForeignPressRequest.objects.filter(theirs):
        _blank(asked, "full_name", keep=ERASED)
        _blank(asked, "email", "phone", "folded")
    for record in [journalist, *Journalist.objects.filter(merged_into=journalist)]:
        _erase_one(record, now)


def _erase_one(journalist: Journalist, now: datetime) -> None:
    journalist.state, journalist.erased_at = Journalist.State.CLOSED, now
    journalist.card_valid_until, journalist.frequency = None, Frequency.NEVER
    journalist.save(update_fields=["state", "erased_at", "card_valid_until", "frequency"])
    _blank(journalist, "full_name", keep=ERASED)
    _blank(journalist, "given_name", "email", "phone", "role", "card_kind", "card_number", "card_issuer", "note",
           "folded", "sorted_by")  # fmt: skip
    journalist.beats.clear()
    note(journalist, "erased", by=None, now=now)


def _blank(thing: Any, *fields: str, keep: str = "") -> None:
    for field in fields:
        setattr(thing, field, keep)
    thing.save(update_fields=fields)
