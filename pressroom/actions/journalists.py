"""What becomes of a journalist's record: kept, accredited, lapsed and renewed, closed. History names it by number."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.emails import sendable
from portal.history.actions import note
from portal.languages.dates import vietnamese_day
from portal.languages.folding import fold
from portal.languages.names import Name, sort_text, split
from pressroom.mails import journalists as mails
from pressroom.models import CardReminder, Journalist, JournalistApplication

State, Frequency = Journalist.State, Journalist.Frequency
#: What is said of a journalist; all else follows from it, or is moved by the other actions.
PARTICULARS = (
    "full_name", "given_name", "email", "phone", "outlet_id", "role", "language", "frequency", "card_kind",
    "card_number", "card_issuer", "card_valid_until", "note",
)  # fmt: skip

#: How many days before a card runs out its holder and the press office are told. A choice of the house, not of law.
REMINDERS = (30, 7)


@transaction.atomic
def save(journalist: Journalist, *, by: User | None, now: datetime) -> Journalist:
    """Keep a new journalist, or the particulars of a known one as they stand in this copy, and nothing else of it.

    Raises Refused for what is no e-mail address, and for a record merged or erased meanwhile.
    """
    if journalist.pk is not None:
        return _change(journalist, by=by, now=now)
    describe(journalist)
    journalist.save(force_insert=True)
    note(journalist, "added", by=by, now=now)
    return journalist


def _change(said: Journalist, *, by: User | None, now: datetime) -> Journalist:
    """A card renewed brings a lapsed accreditation back."""
    journalist = locked(said)
    if journalist.is_erased or journalist.merged_into_id:
        raise Refused(_("This record has been merged or erased meanwhile, and stays as it is."))
    begin_digest(journalist, said.frequency, now)
    for name in PARTICULARS:
        setattr(journalist, name, getattr(said, name))
    describe(journalist)
    renewed = journalist.state == State.LAPSED and journalist.has_valid_card(vietnamese_day(now))
    if renewed:
        journalist.state = State.ACCREDITED
    journalist.save(update_fields=[*PARTICULARS, "state", "digested_until", "folded", "sorted_by"])
    note(journalist, "changed", by=by, now=now)
    if renewed:
        note(journalist, "renewed", by=by, now=now, until=str(journalist.card_valid_until or ""))
    return journalist


def begin_digest(journalist: Journalist, frequency: str, now: datetime) -> None:
    """Call it before another frequency is set: a digest chosen anew begins now, what went out before was sent."""
    if journalist.frequency != frequency and journalist.frequency in {Frequency.AT_ONCE, Frequency.NEVER}:
        journalist.digested_until = now


def describe(journalist: Journalist) -> None:
    """Put right what follows from the particulars: address, given name, what searching and sorting look at."""
    journalist.email = sendable(journalist.email)
    name = _parts(journalist)
    proposed: Any = name.given
    journalist.given_name = proposed
    journalist.folded = fold(
        f"{journalist.full_name} {journalist.email} {journalist.card_number} {journalist.role}"
    )
    journalist.sorted_by = sort_text(name)


def _parts(journalist: Journalist) -> Name:
    """The name in its parts; a given name the full name does not end in stands as it is."""
    try:
        return split(journalist.full_name, given=journalist.given_name or None)
    except ValueError:
        return Name("", journalist.full_name, journalist.given_name)


@transaction.atomic
def accredit(journalist: Journalist, *, by: User, now: datetime, why: str = "") -> Journalist:
    """From now on the ministry knows this journalist as accredited. Raises Refused without a valid card."""
    journalist = locked(journalist)
    if journalist.state not in {State.KNOWN, State.LAPSED}:
        raise _impossible(journalist)
    if not journalist.card_number:
        raise Refused(_("Enter the number of the press card or permit first."))
    if not journalist.has_valid_card(vietnamese_day(now)):
        raise Refused(_("The card or permit has run out: enter the new one first."))
    return _turn(journalist, State.ACCREDITED, "accredited", by=by, now=now, why=why)


@transaction.atomic
def end_accreditation(journalist: Journalist, *, by: User, now: datetime, why: str = "") -> Journalist:
    """Accredited no longer, though the card may be valid. Raises Refused without a reason."""
    journalist = locked(journalist)
    if journalist.state not in {State.ACCREDITED, State.LAPSED}:
        raise _impossible(journalist)
    _refuse_without(why)
    return _turn(journalist, State.KNOWN, "ended the accreditation", by=by, now=now, why=why)


@transaction.atomic
def close(journalist: Journalist, *, by: User, now: datetime, why: str = "") -> Journalist:
    """Nothing more goes to this journalist. Raises Refused without a reason."""
    journalist = locked(journalist)
    if journalist.state == State.CLOSED:
        raise _impossible(journalist)
    _refuse_without(why)
    return _turn(journalist, State.CLOSED, "closed", by=by, now=now, why=why)


@transaction.atomic
def reopen(journalist: Journalist, *, by: User, now: datetime, why: str = "") -> Journalist:
    """Known again. Raises Refused for who was merged, erased, or has another record by now."""
    journalist = locked(journalist)
    if journalist.state != State.CLOSED or journalist.merged_into_id or journalist.is_erased:
        raise _impossible(journalist)
    if Journalist.objects.active().of_address(journalist.email).exists():
        raise Refused(_("There is a journalist of this e-mail address already."))
    return _turn(journalist, State.KNOWN, "reopened", by=by, now=now, why=why)


def locked(journalist: Journalist) -> Journalist:
    return Journalist.objects.select_for_update().get(pk=journalist.pk)


def _turn(
    journalist: Journalist, state: Any, verb: str, *, by: User | None, now: datetime, why: str = ""
) -> Journalist:
    journalist.state = state
    journalist.save(update_fields=["state"])
    note(journalist, verb, by=by, now=now, why=why)
    return journalist


def _refuse_without(why: str) -> None:
    if not why.strip():
        raise Refused(_("Say why: the reason is kept."))


def _impossible(journalist: Journalist) -> Refused:
    return Refused(
        _("This is not possible while the journalist is “%(state)s”.")
        % {"state": journalist.get_state_display()}
    )


@transaction.atomic
def lapse(journalist: Journalist, *, now: datetime) -> bool:
    """The card was valid until yesterday or before: the accreditation rests, and its holder is told. Twice is once."""
    journalist = locked(journalist)
    if not Journalist.objects.lapsing(vietnamese_day(now)).filter(pk=journalist.pk).exists():
        return False
    _turn(journalist, State.LAPSED, "lapsed", by=None, now=now)
    mails.card_has_lapsed(journalist, now)
    return True


def to_remind(now: datetime) -> list[tuple[Journalist, int]]:
    """Whose card runs out and who has not been told so at this distance or a shorter one; with the distance in days."""
    today = vietnamese_day(now)
    soon = Journalist.objects.running_out(today, within=timedelta(days=max(REMINDERS)))
    due = []
    for journalist in soon.prefetch_related("card_reminders"):
        days = min(each for each in REMINDERS if (journalist.card_valid_until - today).days <= each)
        told = [
            each.days_before
            for each in journalist.card_reminders.all()
            if each.valid_until == journalist.card_valid_until
        ]
        if not told or min(told) > days:
            due.append((journalist, days))
    return due


@transaction.atomic
def remind(journalist: Journalist, days: int, *, now: datetime) -> None:
    """A letter to the holder and a line for the press office, once for each card and distance."""
    reminder, made = CardReminder.objects.get_or_create(
        journalist=journalist, valid_until=journalist.card_valid_until, days_before=days, defaults={"at": now}
    )
    if made:
        mails.card_runs_out(reminder, now)


def mark_seen(reminders: Iterable[CardReminder], *, now: datetime) -> None:
    """The press office has seen these lines."""
    CardReminder.objects.unseen().filter(pk__in=[each.pk for each in reminders]).update(seen_at=now)


def forget_unconfirmed(now: datetime) -> int:
    """Applications nobody confirmed, and those refused long ago, are erased. Answers how many."""
    refused = JournalistApplication.objects.refused_before(now - JournalistApplication.REFUSED_KEPT)
    _all, counted = (refused | JournalistApplication.objects.forgotten(now)).delete()
    return counted.get(JournalistApplication._meta.label, 0)
