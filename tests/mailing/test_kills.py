"""Workers killed at any moment: nothing lost, nothing sent twice, and what nobody can know is said. On PostgreSQL only."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.mailing import between, delivering
from portal.mailing.actions import pausing, sending
from portal.mailing.destinations import AT_ONCE
from portal.mailing.models import Delivery, Mailing, Subscriber
from tests import make
from tests.journeys.arrangement import ROOT, database_url

pytestmark = [pytest.mark.production, pytest.mark.django_db(transaction=True)]

RECIPIENTS, KILLS = 2000, 24
TO_ADDRESS, KILLS_OF_ADDRESSING = 20_000, 10
PATIENCE_SECONDS = 240
State = Delivery.State


@pytest.fixture
def start(sink) -> Callable[..., subprocess.Popen[bytes]]:
    """Start a worker in a process of its own, on the tests' database and sink."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "PORTAL_SMTP_HOST": "127.0.0.1",
        "PORTAL_SMTP_PORT": str(sink.port),
        "PORTAL_MAIL_PER_MINUTE_AND_DOMAIN": "0",
        "PORTAL_MAIL_DOMAIN": "portal.example",
    }
    started: list[subprocess.Popen[bytes]] = []

    def run(work: str = "deliver") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.mailing.worker", work]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()


def mailing_to_many(count: int) -> Mailing:
    now = timezone.now()
    mailing = make.mailing(*[f"mission-{number}@m{number % 40}.example" for number in range(count)], now=now)
    return sending.release(mailing, Delivery.Stage.ALL, by=None, now=now)


def wait_until(reached: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_workers_killed_at_random_lose_nothing_and_send_nothing_twice(sink, start):
    chance = random.Random(20261122)
    mailing = mailing_to_many(RECIPIENTS)
    for kill in range(KILLS):
        before, worker = len(sink.book()), start()
        goal = before + chance.randint(1, RECIPIENTS // (KILLS + 6))
        wait_until(lambda goal=goal: len(sink.book()) >= goal)
        time.sleep(chance.random() / 50)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        # A dead worker's lease runs out; here the clock is moved instead of waiting.
        delivering.settle_lapsed(timezone.now() + between.LEASE + timedelta(seconds=1))
        assert mailing.deliveries.filter(state=State.UNCERTAIN).count() <= kill + 1
    start().wait(timeout=PATIENCE_SECONDS)

    arrived = Counter(sink.recipients())
    states = Counter(mailing.deliveries.values_list("state", flat=True))
    uncertain = set(mailing.deliveries.filter(state=State.UNCERTAIN).values_list("email", flat=True))
    everybody = set(mailing.deliveries.values_list("email", flat=True))
    assert max(arrived.values()) == 1
    assert everybody - set(arrived) <= uncertain
    assert set(states) <= {State.ACCEPTED, State.UNCERTAIN}
    assert sending.close(mailing, by=None, now=timezone.now()).state == Mailing.State.CLOSED


def test_two_workers_at_once_send_each_copy_once(sink, start):
    mailing = mailing_to_many(300)

    workers = [start(), start()]
    for worker in workers:
        worker.wait(timeout=PATIENCE_SECONDS)

    assert set(Counter(sink.recipients()).values()) == {1}
    assert len(sink.recipients()) == mailing.candidates


def test_a_server_that_answers_at_random_leaves_each_copy_in_its_right_state(sink, start):
    now = timezone.now()
    wanted = {"ok": State.ACCEPTED, "r421": State.QUEUED, "d451": State.QUEUED, "u550": State.REFUSED,
              "d554": State.REFUSED, "drop": State.UNCERTAIN}  # fmt: skip
    emails = [f"{kind}-{number}@{kind}{number}.example" for number in range(8) for kind in wanted]
    random.Random(7).shuffle(emails)
    mailing = sending.release(make.mailing(*emails, now=now), Delivery.Stage.ALL, by=None, now=now)

    start().wait(timeout=PATIENCE_SECONDS)

    ended = {row.email: row.state for row in mailing.deliveries.all()}
    assert ended == {email: wanted[email.partition("-")[0]] for email in emails}


def approved_to_many(count: int) -> Mailing:
    """Named by its approval; hardly any copy is made yet."""
    chosen = make.mailing_list()
    make.readers(chosen, count)
    mailing = sending.compose("Bản tin", make.message(), by=None, now=timezone.now())
    mailing.lists.add(chosen)
    return sending.approve(mailing, by=make.publisher(), now=timezone.now())


def everybody_once(mailing: Mailing) -> list[str]:
    """In the order the approval named them."""
    return sorted(Subscriber.objects.values_list("email", flat=True))


def test_a_worker_killed_among_the_copies_makes_them_all_and_none_twice(start):
    chance = random.Random(20261122)
    mailing = approved_to_many(TO_ADDRESS)
    for _kill in range(KILLS_OF_ADDRESSING):
        before, worker = mailing.deliveries.count(), start("address")
        wait_until(lambda before=before: mailing.deliveries.count() > before)
        time.sleep(chance.random() / 5)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        made, named = mailing.deliveries.count(), mailing.addressees.count()
        assert made + named == TO_ADDRESS
    start("address").wait(timeout=PATIENCE_SECONDS)

    mailing.refresh_from_db()
    copies = list(mailing.deliveries.order_by("pk").values_list("email", flat=True))
    assert (mailing.state, mailing.candidates) == (Mailing.State.APPROVED, TO_ADDRESS)
    assert copies == everybody_once(mailing)


def test_two_workers_at_once_make_each_copy_once(start):
    mailing = approved_to_many(TO_ADDRESS)

    workers = [start("address"), start("address"), start("deliver")]
    for worker in workers:
        worker.wait(timeout=PATIENCE_SECONDS)
    start("address").wait(timeout=PATIENCE_SECONDS)

    mailing.refresh_from_db()
    copies = list(mailing.deliveries.order_by("pk").values_list("email", flat=True))
    assert (mailing.state, copies) == (Mailing.State.APPROVED, everybody_once(mailing))
    assert not mailing.deliveries.exclude(state=State.QUEUED, due_at=None).exists()


def test_a_recall_among_the_copies_leaves_none_that_could_go(start, sink):
    mailing = approved_to_many(TO_ADDRESS)
    worker = start("address")
    wait_until(lambda: mailing.deliveries.count() > AT_ONCE)

    pausing.cancel(mailing, by=make.publisher(username="second"), now=timezone.now(), why="sai số liệu")
    worker.wait(timeout=PATIENCE_SECONDS)

    assert AT_ONCE < mailing.deliveries.count() < TO_ADDRESS
    assert set(mailing.deliveries.values_list("state", flat=True)) == {State.EXCLUDED}
    assert sending.close(mailing, by=None, now=timezone.now()).state == Mailing.State.CLOSED
