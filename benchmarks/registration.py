"""Confirmed registrations a second: all for one event, whose row they queue up for, and spread over fifty.

    python benchmarks/registration.py --people 1000 --runs 3

Runs on the database of the environment (DATABASE_URL) in a test database of its own, which is removed afterwards (a file on
SQLite). People have registered; what is measured is the confirmation, as the button of the letter's page makes it: the event
locked, seats counted, the seat or the place in the queue written with its record and its letter. Two processes of four threads
each, as the web server has them. Every event has seats for a fifth of its people; the count of those seated is checked.
"""

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.db import connection, connections  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.training import seats as st  # noqa: E402
from training.actions import registering  # noqa: E402
from training.models import Registration  # noqa: E402

PROCESSES, THREADS = 2, 4


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        setup_test_environment()
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/portal.sqlite3"
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            for events in (1, 50):
                rates = [measured(events, asked.people) for _ in range(asked.runs)]
                said = ", ".join(f"{rate:.0f}" for rate in rates)
                print(f"{connection.vendor}, {events} event(s): {median(rates):.0f} confirmed/s ({said})")
        finally:
            teardown_databases(databases, verbosity=0)


def measured(events: int, people: int) -> float:
    now = timezone.now()
    halls = [st.hall(people // events // 5, now=now) for _ in range(events)]
    asked = [st.asked(halls[number % events], now=now).pk for number in range(people)]
    connections.close_all()
    started = time.monotonic()
    with get_context("fork").Pool(PROCESSES) as processes:
        processes.map(confirm_all, [asked[each::PROCESSES] for each in range(PROCESSES)], chunksize=1)
    seconds = time.monotonic() - started
    seated = Registration.objects.filter(pk__in=asked, state="seated").count()
    waiting = Registration.objects.filter(pk__in=asked, state="waiting").count()
    if (seated, seated + waiting) != (events * (people // events // 5), people):
        raise SystemExit(f"{seated} seated, {waiting} waiting of {people}: that is wrong")
    return people / seconds


def confirm_all(pks: list[int]) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(confirm_some, [pks[each::THREADS] for each in range(THREADS)]))


def confirm_some(pks: list[int]) -> None:
    for pk in pks:
        found = Registration.objects.select_related("event").get(pk=pk)
        registering.confirm(found, now=timezone.now() + timedelta(seconds=1))
    connections.close_all()


if __name__ == "__main__":
    main()
