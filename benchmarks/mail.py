"""Deliveries a second through the whole engine, against a bare smtplib loop that sends the same finished letters.

    python benchmarks/mail.py --recipients 2000

Runs on the database of the environment (DATABASE_URL) in a test database of its own, which is removed afterwards, with
the tests' mail server in a process of its own. Two workers are asked for on PostgreSQL only: SQLite's tests have one
connection. Prints letters a second for each, their ratio, and the worker's memory at its largest.
"""

import argparse
import os
import resource
import smtplib
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.mailing import delivering, transport  # noqa: E402
from portal.mailing.actions import sending  # noqa: E402
from portal.mailing.composing import STAND_IN, composed  # noqa: E402
from portal.mailing.models import Delivery, Mailing  # noqa: E402
from portal.mailing.return_path import return_path  # noqa: E402
from tests import make  # noqa: E402
from tests.journeys.arrangement import database_url  # noqa: E402
from tests.mailing import sink as sinks  # noqa: E402

PARAGRAPH = "Lớp tập huấn diễn ra trong hai ngày tại Hà Nội, với sự tham gia của cán bộ làm công tác thông tin đối ngoại. "


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, default=2000)
    count = parser.parse_args().recipients
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder, sinks.running(Path(folder)) as sink:
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
            settings.MAIL_PER_MINUTE_AND_DOMAIN = 0
            bare = rate(count, lambda: send_bare(count))
            print(f"bare loop: {bare:.0f} letters/s")
            one = rate(count, lambda: deliver(mailing_to(count)))
            print(f"engine, one worker: {one:.0f} letters/s, {one / bare:.2f} of the bare loop")
            if connection.vendor == "postgresql":
                two = with_workers(2, count, sink)
                single = with_workers(1, count, sink)
                print(f"processes: one {single:.0f}, two {two:.0f} letters/s, {two / single:.2f} times")
            print(f"memory at its largest: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    finally:
        teardown_databases(databases, verbosity=0)


def rate(count: int, work) -> float:  # noqa: ANN001
    """Letters a second; what is prepared before the first letter is counted too, but for the making of the mailing."""
    seconds = work()
    return count / seconds


def message() -> dict[str, str]:
    html = (
        f'<p>{PARAGRAPH * 4}</p><p><a href="https://portal.example/vi/thu-tin/{STAND_IN}/">Ngừng nhận</a></p>'
    )
    return {"text": PARAGRAPH * 8 + STAND_IN, "html": html * 4, "list_id": "bulletin"}


def mailing_to(count: int) -> Mailing:
    emails = [f"mission-{number}@m{number % 50}.example" for number in range(count)]
    return make.mailing(*emails, now=timezone.now(), **message())


def deliver(mailing: Mailing) -> float:
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=timezone.now())
    started = time.monotonic()
    sent = delivering.deliver_waiting(
        transport.connect, now=timezone.now, sleep=time.sleep, until=timezone.now() + timedelta(hours=1)
    )
    seconds = time.monotonic() - started
    assert sent == mailing.candidates, sent
    return seconds


def send_bare(count: int) -> float:
    """The finished letters, over one connection."""
    mailing = mailing_to(count)
    copies = mailing.deliveries.select_related("message")
    letters = [(return_path(copy.token), copy.email, composed(copy, timezone.now())) for copy in copies]
    started = time.monotonic()
    with smtplib.SMTP("127.0.0.1", settings.EMAIL_PORT) as server:
        for sender, recipient, letter in letters:
            server.sendmail(sender, [recipient], letter)
    return time.monotonic() - started


def with_workers(workers: int, count: int, sink: sinks.Sink) -> float:
    """Processes of their own, from the first letter in the sink's book to the last."""
    before = len(sink.book())
    mailing = mailing_to(count)
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=timezone.now())
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "PORTAL_SMTP_HOST": "127.0.0.1",
        "PORTAL_SMTP_PORT": str(sink.port),
        "PORTAL_MAIL_PER_MINUTE_AND_DOMAIN": "0",
    }
    running = [
        subprocess.Popen([sys.executable, "-m", "tests.mailing.worker"], cwd=ROOT, env=environment)
        for _ in range(workers)
    ]
    while len(sink.book()) == before:
        time.sleep(0.005)
    started, first = time.monotonic(), len(sink.book())
    for process in running:
        process.wait()
    return (count + before - first) / (time.monotonic() - started)


if __name__ == "__main__":
    main()
