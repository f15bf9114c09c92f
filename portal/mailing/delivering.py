"""Delivering: claim, name the envelope, commit that the words go out, hand them over, commit the answer.

A letter killed on its way is either safe to send again (its words had not begun to travel) or `uncertain`: one row for
each connection, which a person decides about. Nothing is sent twice by us, nothing disappears.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from portal.mailing import paces
from portal.mailing.actions import pausing, suppressing
from portal.mailing.composing import composed
from portal.mailing.models import Delivery, Message, Pace, Suppression
from portal.mailing.models.deliveries import new_token
from portal.mailing.models.paces import EVERYWHERE
from portal.mailing.return_path import return_path
from portal.mailing.transport import Answer, Connection, Silence, Unreachable

log = logging.getLogger(__name__)

State = Delivery.State

BATCH = 50
#: Longer than anything a conversation may take; a worker not heard of for so long is dead.
LEASE = timedelta(minutes=10)
#: After each temporary refusal, how long to wait; after the last the letter counts as refused (RFC 5321 §4.5.4.1).
RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))
#: A turn so near is waited for; for one further off the letter goes back.
PATIENCE = timedelta(seconds=2)
RESTS = {"asked": timedelta(minutes=5), "policy": timedelta(hours=1)}

Now = Callable[[], datetime]


def deliver_waiting(
    connect: Callable[[], Connection], *, now: Now, sleep: Callable[[float], object], until: datetime
) -> int:
    """Send what is due until nothing is, or the hour `until` has come; answers how many letters were handed over."""
    settle_lapsed(now())
    handed_over = 0
    while now() < until and (claimed := _claim(now())):
        worker = claimed[0].claimed_by
        try:
            conversation = _Conversation(connect(), now, sleep)
            try:
                for delivery in claimed:
                    conversation.deliver(delivery)
            finally:
                conversation.end()
                handed_over += conversation.handed_over
        except Unreachable as problem:
            log.warning("The mail server is not to be reached: %s", problem)
            _put_back(worker, now() + RETRIES[0])
            break
        except Silence as problem:
            log.warning("The mail server fell silent: %s", problem)
        _put_back(worker, now())
    return handed_over


def settle_lapsed(now: datetime) -> None:
    """What a dead worker had taken: not begun, it waits again; begun, nobody knows."""
    lapsed = Delivery.objects.lapsed(now)
    lapsed.filter(state=State.CLAIMED).update(state=State.QUEUED, claimed_by="", lease_until=None)
    lapsed.filter(state=State.INFLIGHT).update(
        state=State.UNCERTAIN,
        lease_until=None,
        reason="the worker ended while the letter was being handed over",
    )


@transaction.atomic
def _claim(now: datetime) -> list[Delivery]:
    """Take some of what is due for this worker alone."""
    worker = new_token()
    resting = Pace.objects.filter(next_at__gt=now + PATIENCE)
    if resting.filter(domain=EVERYWHERE).exists():
        return []
    due = Delivery.objects.due(now).exclude(domain__in=resting.values("domain")).order_by("due_at", "pk")
    pks = list(due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:BATCH])
    Delivery.objects.filter(pk__in=pks, state=State.QUEUED).update(
        state=State.CLAIMED, claimed_by=worker, lease_until=now + LEASE
    )
    claimed = list(Delivery.objects.filter(claimed_by=worker, state=State.CLAIMED).order_by("due_at", "pk"))
    messages = Message.objects.in_bulk({delivery.message_id for delivery in claimed})
    for delivery in claimed:
        delivery.message = messages[delivery.message_id]
    return claimed


def _put_back(worker: str, due_at: datetime) -> None:
    _mine(worker).filter(state=State.CLAIMED).update(
        state=State.QUEUED, claimed_by="", lease_until=None, due_at=due_at
    )


def _mine(worker: str) -> QuerySet:
    return Delivery.objects.filter(claimed_by=worker)


class _Conversation:
    """What is said over one connection. The answer to a letter is committed together with the start of the next."""

    def __init__(self, connection: Connection, now: Now, sleep: Callable[[float], object]) -> None:
        self.connection, self.now, self.sleep = connection, now, sleep
        self.answered: tuple[Delivery, Answer] | None = None
        self.handed_over = 0

    def deliver(self, delivery: Delivery) -> None:
        if not self._turn_has_come(delivery):
            return
        try:
            letter = composed(delivery, self.now())
        except ValueError as problem:
            _refuse(delivery, f"cannot be written: {problem}", self.now())
            return
        envelope = self.connection.offer(return_path(delivery.token), delivery.email)
        if self._begin(delivery, envelope):
            self._hand_over(delivery, letter)
        else:
            self.connection.take_back()

    def end(self) -> None:
        """Write down what is still to be written, and say good-bye."""
        with transaction.atomic():
            self._write_answer()
        self.connection.close()

    def _turn_has_come(self, delivery: Delivery) -> bool:
        while turn := paces.take_turn(delivery.domain, self.now()):
            wait = turn - self.now()
            if wait > PATIENCE:
                _own(delivery).update(state=State.QUEUED, claimed_by="", lease_until=None, due_at=turn)
                return False
            self.sleep(max(0.01, wait.total_seconds()))
        return True

    def _begin(self, delivery: Delivery, envelope: Answer) -> bool:
        """Commit the answer to the last letter, and that the words of this one go out; False when they must not."""
        if envelope.is_yes and (self.answered is None or self.answered[1].is_yes):
            begun = _accepted_and_begun(self.answered, delivery, self.now())
            self.answered = None
            return begun
        with transaction.atomic():
            self._write_answer()
            if not envelope.is_yes:
                _settle(delivery, envelope, self.now())
        return envelope.is_yes and _accepted_and_begun(None, delivery, self.now())

    def _hand_over(self, delivery: Delivery, letter: bytes) -> None:
        try:
            self.answered = delivery, self.connection.hand_over(letter)
        except Unreachable:
            _own(delivery).update(
                state=State.QUEUED, claimed_by="", lease_until=None, attempts=F("attempts") + 1
            )
            raise
        except Silence as problem:
            _own(delivery).update(
                state=State.UNCERTAIN, lease_until=None, reason=f"no answer: {problem}"[:300]
            )
            raise
        self.handed_over += 1

    def _write_answer(self) -> None:
        if self.answered:
            _settle(*self.answered, self.now())
            self.answered = None


#: One statement and one trip to the database between two letters; both rows change together or neither does.
_BETWEEN_TWO = """
    UPDATE mailing_delivery SET
        state = CASE id WHEN %(last)s THEN 'accepted' ELSE 'inflight' END,
        lease_until = CASE id WHEN %(last)s THEN NULL ELSE %(lease)s END,
        answered_at = CASE id WHEN %(last)s THEN %(now)s ELSE answered_at END,
        reply = CASE id WHEN %(last)s THEN %(reply)s ELSE reply END,
        attempts = CASE id WHEN %(last)s THEN attempts + 1 ELSE attempts END
    WHERE claimed_by = %(worker)s AND (
        id = %(last)s
        OR id = %(next)s AND state = 'claimed' AND (mailing_id IS NULL OR EXISTS (
            SELECT 1 FROM mailing_mailing WHERE mailing_mailing.id = mailing_id AND mailing_mailing.state = 'sending'
        ))
    )
    RETURNING id
"""


def _accepted_and_begun(last: tuple[Delivery, Answer] | None, following: Delivery, now: datetime) -> bool:
    """The last letter was accepted, the following one begins; False when that must not go out any more."""
    moment = connection.ops.adapt_datetimefield_value
    said = {
        "last": last[0].pk if last else 0, "reply": str(last[1]) if last else "", "next": following.pk,
        "worker": following.claimed_by, "now": moment(now), "lease": moment(now + LEASE),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN_TWO, said)
        return (following.pk,) in cursor.fetchall()


def _own(delivery: Delivery) -> QuerySet:
    """The row while it is this worker's; an answer that comes late still counts, a person's decision counts more."""
    return Delivery.objects.filter(pk=delivery.pk, claimed_by=delivery.claimed_by)


def _settle(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """Write down what the server said, and what follows from it."""
    if answer.is_yes:
        _answered(delivery, State.ACCEPTED, answer, now)
    elif answer.is_for_now and delivery.attempts < len(RETRIES):
        _put_off(delivery, answer, now)
    else:
        _answered(delivery, State.REFUSED, answer, now)
    if not answer.is_yes:
        _learn(delivery, answer, now)


def _answered(delivery: Delivery, state: Any, answer: Answer, now: datetime) -> None:
    _own(delivery).update(
        state=state, lease_until=None, answered_at=now, reply=str(answer), attempts=F("attempts") + 1
    )


def _put_off(delivery: Delivery, answer: Answer, now: datetime) -> None:
    _own(delivery).update(
        state=State.QUEUED, claimed_by="", lease_until=None, reply=str(answer), answered_at=now,
        attempts=F("attempts") + 1, due_at=now + RETRIES[delivery.attempts],
    )  # fmt: skip


def _refuse(delivery: Delivery, reason: str, now: datetime) -> None:
    _own(delivery).update(state=State.REFUSED, lease_until=None, answered_at=now, reason=reason[:300])


def _learn(delivery: Delivery, answer: Answer, now: datetime) -> None:
    """A no says something about the address, about the domain's patience, or about us (RFC 3463)."""
    if answer.code == 421 or answer.status.startswith("4.7."):
        paces.rest(delivery.domain, now + RESTS["asked"], str(answer))
    elif answer.status.startswith("5.7."):
        paces.rest(delivery.domain, now + RESTS["policy"], str(answer))
    elif answer.status.startswith("5.1."):
        suppressing.suppress(
            delivery.email, cause=Suppression.Cause.UNKNOWN_ADDRESS, reason=str(answer), by=None, now=now
        )
    if delivery.mailing_id:
        pausing.pause_after_errors(delivery.mailing_id, now=now)
