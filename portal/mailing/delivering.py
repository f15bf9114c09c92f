"""Delivering: a worker claims some of what is due, hands it over in one conversation, and puts back what it did not begin.

A letter killed on its way is either safe to send again (its words had not begun to travel) or `uncertain`: one row for
each connection, which a person decides about. Nothing is sent twice by us, nothing disappears.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest

from django.db import connection, transaction

from portal.mailing.between import LEASE
from portal.mailing.conversation import PATIENCE, Conversation, Now
from portal.mailing.models import Delivery, Message, Pace
from portal.mailing.models.deliveries import new_token
from portal.mailing.models.paces import EVERYWHERE
from portal.mailing.settling import RETRIES
from portal.mailing.transport import Connection, Silence, Unreachable

log = logging.getLogger(__name__)

State = Delivery.State

BATCH = 50


def deliver_waiting(
    connect: Callable[[], Connection], *, now: Now, sleep: Callable[[float], object], until: datetime
) -> int:
    """Send what is due until nothing is, or the hour `until` has come; answers how many letters were handed over."""
    settle_lapsed(now())
    handed_over = 0
    while now() < until and (claimed := _claim(now())):
        try:
            conversation = Conversation(connect(), now, sleep)
            try:
                for delivery, following in zip_longest(claimed, claimed[1:]):
                    conversation.deliver(delivery, following)
            finally:
                conversation.end()
                handed_over += conversation.handed_over
        except Unreachable as problem:
            log.warning("The mail server is not to be reached: %s", problem)
            _put_back(claimed, now() + RETRIES[0])
            break
        except Silence as problem:
            log.warning("The mail server fell silent: %s", problem)
        _put_back(claimed, now())
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
    with _walking_the_index():
        claimed = list(due.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    messages = Message.objects.in_bulk({delivery.message_id for delivery in claimed})
    for delivery in claimed:
        delivery.message, delivery.state, delivery.claimed_by = (
            messages[delivery.message_id],
            State.CLAIMED,
            worker,
        )
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in claimed]).update(
        state=State.CLAIMED, claimed_by=worker, lease_until=now + LEASE
    )
    return claimed


@contextmanager
def _walking_the_index() -> Iterator[None]:
    """What is due stands in its index in order; PostgreSQL, before it knows a new mailing, would sort all of it."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL enable_sort TO DEFAULT")  # what follows in this transaction may sort


def _put_back(claimed: list[Delivery], due_at: datetime) -> None:
    """What of these has not begun waits again."""
    mine = Delivery.objects.filter(pk__in=[each.pk for each in claimed], claimed_by=claimed[0].claimed_by)
    mine.filter(state=State.CLAIMED).update(
        state=State.QUEUED, claimed_by="", lease_until=None, due_at=due_at
    )
