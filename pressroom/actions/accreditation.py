"""A badge from asking to the gate. Quotas hold because the round is locked while one of its requests is decided."""

import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation
from portal.history.actions import note
from portal.languages.dates import vietnamese_day
from portal.languages.folding import fold
from portal.languages.names import sort_text, split
from portal.library.uploads import Inspected
from pressroom.mails import accreditation as mails
from pressroom.models import (
    AccreditationFile,
    AccreditationRequest,
    AccreditationRound,
    Journalist,
)

log = logging.getLogger(__name__)
State = AccreditationRequest.State
#: What the press office may put right; the rest stands as it was sent.
PUT_RIGHT = (
    "outlet_id", "journalist_id", "role", "phone", "card_kind", "card_number", "card_issuer", "card_valid_until",
    "equipment",
)  # fmt: skip
Scan = tuple[Any, Inspected]  # AccreditationFile.Kind, the file judged by `uploads.inspect`


@transaction.atomic
def save_round(round_: AccreditationRound, *, by: User, now: datetime) -> AccreditationRound:
    added = round_.pk is None
    round_.save()
    note(round_, "added" if added else "changed", by=by, now=now)
    return round_


def ask(
    round_: AccreditationRound, email: str, *, scans: Iterable[Scan], consent: str, now: datetime, **said: Any
) -> None:
    """Ask for a badge. An address that has asked already is told so by a letter, never on the page.

    `said` are full_name, phone, outlet_name, role, card_kind, card_number, card_issuer, card_valid_until, equipment,
    language. Raises Refused once the round is closed.
    """
    if not round_.is_open(now):  # said to everybody alike: who has asked before is nobody else's business
        raise Refused(_("Requests for this event are closed."))
    if before := round_.requests.of_address(email).first():
        mails.asked_again(before, now)
        return
    try:
        _ask(round_, email, scans=scans, consent=consent, now=now, said=said)
    except IntegrityError:  # the same form twice at the same moment: the first has its letter
        return


@transaction.atomic
def _ask(
    round_: AccreditationRound,
    email: str,
    *,
    scans: Iterable[Scan],
    consent: str,
    now: datetime,
    said: dict[str, Any],
) -> None:
    round_ = _locked_round(round_)
    if not round_.is_open(now):
        raise Refused(_("Requests for this event are closed."))
    known = Journalist.objects.active().of_address(email).select_related("outlet").first()
    request = AccreditationRequest(
        round=round_, email=email, consent=consent, received_at=now, state_since=now, journalist=known,
        outlet=known.outlet if known else _outlet_called(said["outlet_name"]), **said,
    )  # fmt: skip
    _describe(request)
    request.save()
    for kind, scan in scans:
        _keep(request, kind, scan)
    note(request, "received", by=None, now=now)
    mails.received(request, now)


def _outlet_called(name: str) -> Organisation | None:
    """The press outlet that is called so, when exactly one is."""
    press = Organisation.objects.active().filter(kind=Organisation.Kind.PRESS)
    wanted = fold(name)
    found = [each for each in press if wanted in {fold(each.name_vi or ""), fold(each.name_en or "")}]
    return found[0] if len(found) == 1 and wanted else None


def _describe(request: AccreditationRequest) -> None:
    request.folded = fold(
        f"{request.full_name} {request.outlet_name} {request.outlet or ''} {request.email} {request.card_number} "
        f"{request.code}"
    )
    request.sorted_by = sort_text(split(request.full_name))


def _keep(request: AccreditationRequest, kind: Any, scan: Inspected) -> None:
    file = AccreditationFile(request=request, kind=kind, media_type=scan.media_type, size=len(scan.content))
    file.content.save(scan.filename, ContentFile(scan.content), save=False)
    file.save()


@transaction.atomic
def describe(request: AccreditationRequest, *, by: User, now: datetime) -> AccreditationRequest:
    """Keep what the press office has put right (the outlet of the directory, the journalist, the card), and nothing else.

    Raises Refused for one erased meanwhile, and where a badge given already could not be given so.
    """
    said = request
    _round, request = _both_locked(said)
    if request.is_erased:
        raise Refused(_("Whoever sent this has been erased meanwhile: it stays as it is."))
    if reason := reason_against(request, said):
        raise Refused(reason)
    for name in PUT_RIGHT:
        setattr(request, name, getattr(said, name))
    _describe(request)
    request.save(update_fields=[*PUT_RIGHT, "folded", "sorted_by"])
    note(request, "changed", by=by, now=now)
    return request


def reason_against(request: AccreditationRequest, said: AccreditationRequest) -> str:
    """Why a request that has its badge may not be put right so; "" when it may. What a badge needs, it needs still."""
    if request.state != State.ACCEPTED:
        return ""
    if said.outlet_id is None:
        return _("A badge is an outlet’s: choose one, or take the badge back first.")
    if said.outlet_id != request.outlet_id and seats_left(request.round, said.outlet_id) <= 0:
        return _all_badges_given(said.outlet)
    return _reason_against_card(request.round, said)


@transaction.atomic
def check(request: AccreditationRequest, *, by: User, now: datetime, why: str = "") -> AccreditationRequest:
    """Papers looked at and in order. Raises Refused while the outlet is not named."""
    _round, request = _both_locked(request)
    _refuse_unless(request, {State.RECEIVED})
    _refuse_without_outlet(request)
    return _turn(request, State.CHECKED, by=by, now=now, why=why)


@transaction.atomic
def accept(request: AccreditationRequest, *, by: User, now: datetime, why: str = "") -> AccreditationRequest:
    """A badge for this person. Raises Refused when the card has run out by the day, or the outlet has its badges."""
    round_, request = _both_locked(request)
    _refuse_unless(request, {State.CHECKED, State.WAITING})
    _refuse_without_outlet(request)
    if reason := _reason_against_card(round_, request):
        raise Refused(reason)
    if seats_left(round_, request.outlet_id) <= 0:
        raise Refused(_all_badges_given(request.outlet))
    return _turn(request, State.ACCEPTED, by=by, now=now, why=why, tell=mails.decided)


def _reason_against_card(round_: AccreditationRound, request: AccreditationRequest) -> str:
    if request.card_valid_until and request.card_valid_until < round_.first_day:
        return _("The card or permit runs out before the event.")
    return ""


def _all_badges_given(outlet: Organisation | None) -> str:
    return _(
        "%(outlet)s has all its badges. Put this request on the waiting list, or give the outlet more."
    ) % {"outlet": outlet}


@transaction.atomic
def put_on_waiting_list(
    request: AccreditationRequest, *, by: User, now: datetime, why: str = ""
) -> AccreditationRequest:
    """In order, but no seat now; a badge given back makes room."""
    _round, request = _both_locked(request)
    _refuse_unless(request, {State.CHECKED})
    return _turn(request, State.WAITING, by=by, now=now, why=why, tell=mails.decided)


@transaction.atomic
def refuse(request: AccreditationRequest, *, by: User, now: datetime, why: str = "") -> AccreditationRequest:
    """No badge, or one taken back before its holder came in; the person reads the reason. Raises Refused without one."""
    _round, request = _both_locked(request)
    _refuse_unless(request, set(State) - {State.REFUSED})
    if request.checked_in_at:
        raise Refused(_("This person has come in already."))
    if not why.strip():
        raise Refused(_("Say why: the person reads the reason."))
    reason: Any = why.strip()[:500]
    request.reason = reason
    return _turn(request, State.REFUSED, by=by, now=now, why=why, tell=mails.decided)


@transaction.atomic
def reopen(request: AccreditationRequest, *, by: User, now: datetime, why: str = "") -> AccreditationRequest:
    """Look at a refused request again, or take a badge back without refusing it."""
    _round, request = _both_locked(request)
    _refuse_unless(request, {State.REFUSED, State.ACCEPTED, State.WAITING})
    if request.checked_in_at:
        raise Refused(_("This person has come in already."))
    none: Any = ""
    request.reason = none
    return _turn(request, State.CHECKED if request.outlet_id else State.RECEIVED, by=by, now=now, why=why)


@transaction.atomic
def check_in(request: AccreditationRequest, *, by: User, now: datetime) -> AccreditationRequest:
    """At the gate; a second scan changes nothing. Raises Refused for who has no badge, and on another day."""
    round_, request = _both_locked(request)
    if request.state != State.ACCEPTED:
        raise Refused(_("No badge: this request is “%(state)s”.") % {"state": request.get_state_display()})
    if not round_.first_day <= vietnamese_day(now) <= round_.last_day:
        raise Refused(_("This badge is not for today."))
    if request.checked_in_at is None:
        request.checked_in_at = now
        request.save(update_fields=["checked_in_at"])
        note(request, "came in", by=by, now=now)
    return request


def seats_left(round_: AccreditationRound, outlet: int | None) -> int:
    """Badges an outlet may still have."""
    own = round_.quotas.filter(outlet=outlet).values_list("seats", flat=True).first()
    seats = round_.seats_per_outlet if own is None else own
    return seats - round_.requests.accepted().filter(outlet=outlet).count()


def _locked_round(round_: AccreditationRound) -> AccreditationRound:
    return AccreditationRound.objects.select_for_update().get(pk=round_.pk)


def _both_locked(request: AccreditationRequest) -> tuple[AccreditationRound, AccreditationRequest]:
    """The round before the request: of two decisions about one outlet, the second counts the first."""
    round_ = AccreditationRound.objects.select_for_update().get(pk=request.round_id)
    found = AccreditationRequest.objects.select_for_update().get(pk=request.pk)
    found.round = round_
    return round_, found


def _refuse_unless(request: AccreditationRequest, states: set[Any]) -> None:
    if request.state not in states:
        raise Refused(
            _("This is not possible while the request is “%(state)s”.")
            % {"state": request.get_state_display()}
        )


def _refuse_without_outlet(request: AccreditationRequest) -> None:
    if request.outlet_id is None:
        raise Refused(_("Choose the outlet of the directory first: its badges are counted together."))


def _turn(
    request: AccreditationRequest, state: Any, *, by: User, now: datetime, why: str, tell: Any = None
) -> AccreditationRequest:
    request.state, request.state_since, request.decided_by = state, now, by
    request.save(update_fields=["state", "state_since", "decided_by", "reason"])
    note(request, str(state), by=by, now=now, why=why)
    if tell and request.email:  # nobody is left to tell of one erased
        tell(request, now)
    return request


def purge_files(now: datetime) -> int:
    """Delete the files of events long enough over. Answers how many."""
    late, purged = list(AccreditationFile.objects.kept_too_long(vietnamese_day(now))), 0
    for file in late:
        try:
            purge(file, now=now)
            purged += 1
        except Exception:  # one bad file stops no other; the next run finds it again
            log.exception("the file %s could not be deleted", file.pk)
    return purged


def purge_request(request: AccreditationRequest, *, now: datetime) -> None:
    for file in request.files.filter(purged_at=None):
        purge(file, now=now)


@transaction.atomic
def purge(file: AccreditationFile, *, now: datetime) -> None:
    """The bytes first: if this breaks off, the next run finds the row again, and deleting twice is deleting once."""
    file = AccreditationFile.objects.select_for_update().get(pk=file.pk)
    if file.purged_at:
        return
    file.content.storage.delete(file.content.name)
    file.content, file.purged_at = "", now
    file.save(update_fields=["content", "purged_at"])
    note(file, "purged", by=None, now=now, request=file.request_id)
