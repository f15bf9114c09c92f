"""One connection and what is said over it: name the envelope, commit that the words go out, hand them over, commit the answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from portal.mailing import between, paces
from portal.mailing.composing import composed
from portal.mailing.models import Delivery
from portal.mailing.return_path import return_path
from portal.mailing.settling import own, refuse, settle
from portal.mailing.transport import Answer, Connection, Envelope, Silence, Unreachable

State = Delivery.State

#: A turn so near is waited for; for one further off the letter goes back.
PATIENCE = timedelta(seconds=2)

Now = Callable[[], datetime]


@dataclass(frozen=True)
class _Ready:
    """A letter whose turn has come."""

    delivery: Delivery
    envelope: Envelope
    letter: bytes


class Conversation:
    """What is said over one connection.

    The answer to a letter is committed together with the start of the next, while the server looks at the envelope of
    that next one, which has come with the words before.
    """

    def __init__(self, connection: Connection, now: Now, sleep: Callable[[float], object]) -> None:
        self.connection, self.now, self.sleep = connection, now, sleep
        self.answered: tuple[Delivery, Answer] | None = None
        self.ahead: _Ready | None = None
        self.handed_over = 0

    def deliver(self, delivery: Delivery, following: Delivery | None = None) -> None:
        ready = self._prepared(delivery)
        if ready is None:
            return
        self.connection.offer(ready.envelope)
        if self._begin(delivery):
            self._hand_over(ready, following)
        else:
            self.connection.take_back()

    def end(self) -> None:
        """Write down what is still to be written, and say good-bye."""
        with transaction.atomic():
            self._write_answer()
        self.connection.close()

    def _prepared(self, delivery: Delivery) -> _Ready | None:
        ahead, self.ahead = self.ahead, None
        if ahead and ahead.delivery.pk == delivery.pk:
            return ahead
        return self._written(delivery) if self._turn_has_come(delivery) else None

    def _turn_has_come(self, delivery: Delivery) -> bool:
        while turn := paces.take_turn(delivery.domain, self.now()):
            wait = turn - self.now()
            if wait > PATIENCE:
                own(delivery).update(state=State.QUEUED, claimed_by="", lease_until=None, due_at=turn)
                return False
            self.sleep(max(0.01, wait.total_seconds()))
        return True

    def _written(self, delivery: Delivery) -> _Ready | None:
        try:
            letter = composed(delivery, self.now())
        except ValueError as problem:
            refuse(delivery, f"cannot be written: {problem}", self.now())
            return None
        return _Ready(delivery, Envelope(return_path(delivery.token), delivery.email), letter)

    def _look_ahead(self, following: Delivery | None) -> Envelope | None:
        """Write the following letter while the server gets ready for this one; not when it would have to wait."""
        if following is None or paces.take_turn(following.domain, self.now()):
            return None
        self.ahead = self._written(following)
        return self.ahead.envelope if self.ahead else None

    def _begin(self, delivery: Delivery) -> bool:
        """Commit the answer to the last letter, and that the words of this one go out; False when they must not."""
        if self.answered and not self.answered[1].is_yes:
            with transaction.atomic():
                self._write_answer()
        begun = between.accepted_and_begun(self.answered, delivery, self.now())
        self.answered = None
        if not begun:
            self.connection.offered()
            return False
        with _put_back_if_unreachable(delivery):
            envelope = self.connection.offered()
        if not envelope.is_yes:
            with transaction.atomic():
                settle(delivery, envelope, self.now())
        return envelope.is_yes

    def _hand_over(self, ready: _Ready, following: Delivery | None) -> None:
        try:
            with _put_back_if_unreachable(ready.delivery):
                self.connection.announce()
                envelope = self._look_ahead(following)
                self.answered = ready.delivery, self.connection.hand_over(ready.letter, envelope)
        except Silence as problem:
            own(ready.delivery).update(
                state=State.UNCERTAIN, lease_until=None, reason=f"no answer: {problem}"[:300]
            )
            raise
        self.handed_over += 1

    def _write_answer(self) -> None:
        if self.answered:
            settle(*self.answered, self.now())
            self.answered = None


@contextmanager
def _put_back_if_unreachable(delivery: Delivery) -> Iterator[None]:
    """What has begun on paper only waits again."""
    try:
        yield
    except Unreachable:
        own(delivery).update(state=State.QUEUED, claimed_by="", lease_until=None, attempts=F("attempts") + 1)
        raise
