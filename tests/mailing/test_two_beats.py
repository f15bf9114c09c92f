"""Two clocks at the same second: what is due starts once, its copies go out once. On PostgreSQL only."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.history.models import Record
from portal.mailing.actions import sending
from portal.mailing.models import Delivery, Mailing
from tests import make
from tests.make import HOUR, NOON

pytestmark = [pytest.mark.production, pytest.mark.django_db(transaction=True)]

BEATS, ROUNDS = 2, 8
EMAILS = [f"mission-{number}@m{number}.example" for number in range(20)]


def at_once(work: Callable[[], int]) -> list[int]:
    """What each beat answers, all of them let go at the same moment, each on a connection of its own."""
    gate = Barrier(BEATS)

    def beat(_number: int) -> int:
        try:
            connection.ensure_connection()
            gate.wait()
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(BEATS) as pool:
        return list(pool.map(beat, range(BEATS)))


def due() -> Mailing:
    mailing = make.mailing(*EMAILS)
    Mailing.objects.filter(pk=mailing.pk).update(send_at=NOON)
    return mailing


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_beats_that_find_it_due_at_once_start_it_once(_round):
    mailing = due()

    started = at_once(lambda: sending.send_due(NOON))

    assert sorted(started) == [0, 1]
    assert Record.objects.filter(verb="released").count() == 1
    assert mailing.deliveries.filter(due_at=NOON).count() == len(EMAILS)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_beats_and_workers_together_send_each_copy_once(_round, sink, deliver):
    mailing = due()

    def beat_and_deliver() -> int:
        sending.send_due(NOON)
        return deliver()

    handed_over = at_once(beat_and_deliver)
    deliver()

    assert sum(handed_over) <= len(EMAILS)
    assert sorted(sink.recipients()) == sorted(EMAILS)
    assert set(mailing.deliveries.values_list("state", flat=True)) == {Delivery.State.ACCEPTED}


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_beats_that_find_it_too_late_hold_it_once(_round):
    mailing = due()

    started = at_once(lambda: sending.send_due(NOON + 2 * HOUR))

    mailing.refresh_from_db()
    assert started == [0, 0]
    assert (mailing.state, mailing.send_at) == (Mailing.State.APPROVED, None)
    assert Record.objects.filter(verb="held as stale").count() == 1
