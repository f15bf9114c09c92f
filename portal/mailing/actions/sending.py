"""A mailing's way: words and audience approved by a second person, released in stages, closed when the ledger balances."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.mailing import audiences, proofing, reaching
from portal.mailing.actions import addressing
from portal.mailing.destinations import AT_ONCE
from portal.mailing.models import Delivery, Mailing, Message

State = Mailing.State

#: A mailing found later than this after its hour waits for a person: it may be a copy of the past come alive again.
STALE = timedelta(hours=1)


@transaction.atomic
def compose(title: str, message: Message, *, by: User | None, now: datetime) -> Mailing:
    """A draft. Its message may be replaced until it is approved."""
    mailing = Mailing.objects.create(title=title, message=message, state_since=now, created_by=by)
    record(mailing, "composed", by=by, now=now)
    return mailing


@transaction.atomic
def describe(mailing: Mailing, fields: Iterable[str]) -> Mailing:
    """Keep these fields of a draft, and nothing else of what may be an old copy of it. Raises Refused when it is none."""
    if Mailing.objects.select_for_update().get(pk=mailing.pk).state != State.DRAFT:
        raise Refused(_("The words are frozen: this mailing has been approved."))
    mailing.save(update_fields=list(fields))
    return mailing


@transaction.atomic
def rewrite(mailing: Mailing, message: Message, *, by: User, now: datetime) -> Mailing:
    """Put other words into a draft; whoever wrote last is its composer. Raises Refused when it is no draft any more."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state != State.DRAFT:
        raise Refused(_("The words are frozen: this mailing has been approved."))
    mailing.message, mailing.created_by, mailing.state_since = message, by, now
    mailing.save(update_fields=["message", "created_by", "state_since"])
    record(mailing, "rewritten", by=by, now=now)
    return mailing


@transaction.atomic
def readdress(mailing: Mailing, *, by: User, now: datetime) -> Mailing:
    """Somebody chose other lists or first readers for words composed elsewhere: they are its composer now."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state != State.DRAFT:
        raise Refused(_("The words are frozen: this mailing has been approved."))
    mailing.created_by, mailing.state_since = by, now
    mailing.save(update_fields=["created_by", "state_since"])
    record(mailing, "readdressed", by=by, now=now)
    return mailing


@transaction.atomic
def approve(mailing: Mailing, *, by: User, now: datetime) -> Mailing:
    """Freeze the words, and name everybody they are meant for. The first copies are made at once, the others by a worker.

    Raises Refused for its own composer, without recipients, and unless it is a draft.
    """
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state != State.DRAFT:
        raise Refused(_("This mailing has been approved already."))
    if mailing.created_by_id == by.pk:
        raise Refused(_("You have composed this mailing, so another person must approve it."))
    audiences.note(mailing)
    if not _reaches_anybody(mailing):
        raise Refused(_("The list is empty: there is nobody to send this to."))
    mailing.state, mailing.state_since = State.ADDRESSING, now
    mailing.approved_by, mailing.approved_at, mailing.candidates = by, now, mailing.addressees.count()
    mailing.save(update_fields=["state", "state_since", "approved_by", "approved_at", "candidates"])
    record(mailing, "approved", by=by, now=now, words=mailing.message.digest, named=mailing.candidates)
    addressing.address_some(mailing.pk, now)
    return Mailing.objects.get(pk=mailing.pk)


def _reaches_anybody(mailing: Mailing) -> bool:
    named = mailing.addressees.order_by("pk").iterator(chunk_size=AT_ONCE)
    return any(each.email for each in reaching.recipients(named, mailing.message.language))


@transaction.atomic
def release(mailing: Mailing, stage: int, *, by: User | None, now: datetime) -> Mailing:
    """Let a stage go, and those before it. Raises Refused unless it is approved or being sent."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state not in {State.APPROVED, State.SENDING}:
        raise Refused(
            _("This is not possible while the mailing is “%(state)s”.")
            % {"state": mailing.get_state_display()}
        )
    if objections := proofing.objections(mailing):
        raise Refused(" ".join(finding.message for finding in objections))
    if mailing.state == State.APPROVED:
        mailing.state, mailing.state_since = State.SENDING, now
    mailing.released_stage = max(mailing.released_stage, stage)
    mailing.save(update_fields=["state", "state_since", "released_stage"])
    mailing.deliveries.filter(state=Delivery.State.QUEUED, due_at=None, stage__lte=stage).update(due_at=now)
    record(mailing, "released", by=by, now=now, stage=stage)
    return mailing


def send_due(now: datetime) -> int:
    """Start what is scheduled; what is found too late waits for a person. Answers how many were started."""
    started = 0
    for mailing in Mailing.objects.due(now):
        if now - mailing.send_at > STALE:
            _hold_stale(mailing, now)
        else:
            started += _start(mailing, now)
    return started


@transaction.atomic
def _start(mailing: Mailing, now: datetime) -> bool:
    """Let all of it go; what must not go waits for a person, who is told why.

    False too when it is not due any more: another beat was faster, or a person has just taken its hour away.
    """
    if not Mailing.objects.due(now).select_for_update(of=("self",)).filter(pk=mailing.pk).exists():
        return False
    try:
        release(mailing, Delivery.Stage.PUBLIC, by=None, now=now)
    except Refused as refusal:
        Mailing.objects.filter(pk=mailing.pk).update(send_at=None, reason=str(refusal)[:300])
        return False
    return True


@transaction.atomic
def _hold_stale(mailing: Mailing, now: datetime) -> None:
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state == State.APPROVED and mailing.send_at:
        late = mailing.send_at
        mailing.send_at = None
        mailing.reason = _("its hour had passed long ago: release it yourself, or cancel it")
        mailing.save(update_fields=["send_at", "reason"])
        record(mailing, "held as stale", by=None, now=now, send_at=late.isoformat())


def ledger(mailing: Mailing) -> dict[str, int]:
    """How many deliveries stand in each state, every state named."""
    counted = dict(mailing.deliveries.values_list("state").annotate(Count("pk")).order_by())
    return {state: counted.get(state, 0) for state in Delivery.State.values}


@transaction.atomic
def close(mailing: Mailing, *, by: User | None, now: datetime) -> Mailing:
    """The account is settled. Raises Refused while anything is under way, held back or undecided, or does not add up."""
    mailing = Mailing.objects.select_for_update().get(pk=mailing.pk)
    if mailing.state not in {State.SENDING, State.CANCELLED}:
        raise Refused(
            _("This is not possible while the mailing is “%(state)s”.")
            % {"state": mailing.get_state_display()}
        )
    counted = ledger(mailing)
    open_still = sum(count for state, count in counted.items() if state in Delivery.UNDECIDED)
    if open_still:
        raise Refused(_("%(count)d copies are still on their way or held back.") % {"count": open_still})
    if sum(counted.values()) != mailing.candidates:
        raise Refused(_("The ledger does not balance: %(found)d of %(candidates)d copies are accounted for.")
                      % {"found": sum(counted.values()), "candidates": mailing.candidates})  # fmt: skip
    mailing.state, mailing.state_since, mailing.closed_at = State.CLOSED, now, now
    mailing.save(update_fields=["state", "state_since", "closed_at"])
    record(mailing, "closed", by=by, now=now, ledger=counted)
    return mailing


@transaction.atomic
def decide(delivery: Delivery, *, arrived: bool, by: User, now: datetime) -> Delivery:
    """A person says what became of an uncertain copy: it counts as arrived, or it is sent again under the same Message-ID."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state != Delivery.State.UNCERTAIN:
        raise Refused(_("This copy is not uncertain."))
    if delivery.mailing and delivery.mailing.state == State.CLOSED:
        raise Refused(_("The account of this mailing is closed."))
    delivery.state = Delivery.State.ACCEPTED if arrived else Delivery.State.QUEUED
    delivery.decided_by, delivery.claimed_by = by, ""
    delivery.answered_at, delivery.due_at = (now, None) if arrived else (None, now)
    delivery.save(update_fields=["state", "decided_by", "claimed_by", "answered_at", "due_at"])
    record(delivery, "decided", by=by, now=now, arrived=arrived)
    return delivery
