"""Deliveries a second through the whole engine, against a bare smtplib loop that sends the same finished letters; memory.

    python benchmarks/mail.py --recipients 2000 --runs 3
    python benchmarks/mail.py --memory 1000 100000
    python benchmarks/mail.py --compare 1000 100000

Runs on the database of the environment (DATABASE_URL) in a test database of its own, which is removed afterwards (a file
on SQLite), with the tests' mail server and the workers in processes of their own. Runs take turns: bare loop, one worker,
two workers. With --memory it says what the process of the approver, the worker that makes the copies and the worker that
sends them took at their largest, for each number of recipients: half of them posts of the directory, half of the public. With
--compare it says how long the page of a draft takes to compare such an audience with the last one. With PORTAL_DKIM_KEY and
PORTAL_DKIM_SELECTOR letters are signed.
"""

import argparse
import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.directory.models import Address, Organisation, Post  # noqa: E402
from portal.mailing import comparing, delivering, ways  # noqa: E402
from portal.mailing.actions import addressing, sending  # noqa: E402
from portal.mailing.composing import STAND_IN, composed  # noqa: E402
from portal.mailing.models import Delivery, Mailing, MailingList, Subscriber, Subscription  # noqa: E402
from portal.mailing.return_path import return_path  # noqa: E402
from tests import make  # noqa: E402
from tests.journeys.arrangement import database_url  # noqa: E402
from tests.mailing import sink as sinks  # noqa: E402

PARAGRAPH = "Lớp tập huấn diễn ra trong hai ngày tại Hà Nội, với sự tham gia của cán bộ làm công tác thông tin đối ngoại. "
AT_ONCE = 5000
HOUR = timedelta(hours=1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--recipients", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--server-ms", type=float, default=0, help="how long the mail server takes over the words"
    )
    parser.add_argument("--memory", type=int, nargs="+", metavar="RECIPIENTS")
    parser.add_argument("--compare", type=int, nargs="+", metavar="RECIPIENTS")
    parser.add_argument("--approve", type=int, help=argparse.SUPPRESS)  # a mailing; in a process of its own
    parser.add_argument("--address", action="store_true", help=argparse.SUPPRESS)  # likewise
    parser.add_argument("--deliver", action="store_true", help=argparse.SUPPRESS)  # likewise
    asked = parser.parse_args()
    if asked.approve:
        return in_this_process(lambda: approve(asked.approve))
    if asked.address:
        return in_this_process(address)
    if asked.deliver:
        return in_this_process(deliver)
    with tempfile.TemporaryDirectory() as folder:
        setup_test_environment()
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/portal.sqlite3"
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            if asked.compare:
                return compare(asked.compare)
            with sinks.running(Path(folder) / "sink", asked.server_ms / 1000) as sink:
                memory(asked.memory, sink) if asked.memory else speed(asked.recipients, asked.runs, sink)
        finally:
            teardown_databases(databases, verbosity=0)


def speed(count: int, runs: int, sink: sinks.Sink) -> None:
    measured: dict[str, list[float]] = {"bare loop": [], "one worker": [], "two workers": []}
    for _ in range(runs):
        measured["bare loop"].append(bare(count, sink))
        measured["one worker"].append(engine(1, count, sink))
        measured["two workers"].append(engine(2, count, sink))
    for name, rates in measured.items():
        print(f"{name}: {median(rates):.0f} letters/s ({', '.join(f'{rate:.0f}' for rate in rates)})")
    bare_rate, one, two = (median(rates) for rates in measured.values())
    print(f"one worker: {one / bare_rate:.2f} of the bare loop; two workers: {two / one:.2f} times one")


def bare(count: int, sink: sinks.Sink) -> float:
    """The finished letters, over one connection."""
    mailing = mailing_to(count)
    copies = mailing.deliveries.select_related("message")
    letters = [(return_path(copy.token), copy.email, composed(copy, timezone.now())) for copy in copies]
    started = time.monotonic()
    with smtplib.SMTP("127.0.0.1", sink.port) as server:
        for sender, recipient, letter in letters:
            server.sendmail(sender, [recipient], letter)
    return count / (time.monotonic() - started)


def engine(workers: int, count: int, sink: sinks.Sink) -> float:
    """From the first letter in the sink's book to the last. What processor the workers took is said beside it."""
    release(mailing_to(count))
    book = sink.folder / "book"
    before = book.stat().st_size
    running = [start("--deliver", sink=sink) for _ in range(workers)]
    while book.stat().st_size == before:
        time.sleep(0.001)
    started, first = time.time(), len(sink.book())
    busy = sum(finished(process).processor for process in running)
    print(f"  {workers} of the engine: {busy / count * 1000:.2f} ms of processor a letter", flush=True)
    return (len(sink.book()) - first) / (book.stat().st_mtime - started)


def memory(sizes: list[int], sink: sinks.Sink) -> None:
    for size in sizes:
        mailing = draft_for(size)
        approved = finished(start("--approve", str(mailing.pk), sink=sink))
        addressed = finished(start("--address", sink=sink))
        mailing.refresh_from_db()
        release(mailing)
        sent = finished(start("--deliver", sink=sink))
        left = mailing.deliveries.exclude(state=Delivery.State.ACCEPTED).count()
        print(
            f"{mailing.candidates} recipients: approving {approved.megabytes} MB ({approved.seconds:.1f} s), "
            f"making the copies {addressed.megabytes} MB ({addressed.seconds:.0f} s), "
            f"sending to them {sent.megabytes} MB ({sent.seconds:.0f} s), {left} not accepted",
            flush=True,
        )


def compare(sizes: list[int]) -> None:
    """A second draft to a list beside the first, whose copies are made."""
    for size in sizes:
        first = draft_for(size)
        approve(first.pk)
        address()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        second = sending.compose("…", make.message(**words()), by=None, now=timezone.now())
        second.lists.set(first.lists.all())
        for _ in range(3):
            started = time.monotonic()
            told = comparing.difference(second)
            print(f"{told.total} recipients compared in {time.monotonic() - started:.2f} s", flush=True)


def draft_for(size: int) -> Mailing:
    """A draft to a list that reaches so many: written in bulk, five posts to an organisation."""
    now, half = timezone.now(), size // 2
    mailing = sending.compose(f"{size}", make.message(**words()), by=None, now=now)
    wanted = MailingList.objects.create(slug=f"m{size}", title_vi="Danh sách", title_en="List")
    mailing.lists.add(wanted)
    for first in range(0, half, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, half))
        houses = Organisation.objects.bulk_create(
            Organisation(kind="partner", name_vi=f"Cơ quan {size}-{number}", name_en=f"House {size}-{number}")
            for number in numbers[::5]
        )
        posts = Post.objects.bulk_create(
            Post(organisation=houses[place // 5], title_vi=f"Đầu mối {place}", title_en=f"Post {place}")
            for place in range(len(numbers))
        )
        Address.objects.bulk_create(
            Address(post=post, email=f"post-{size}-{post.pk}@m{post.pk % 50}.example", since=now.date())
            for post in posts
        )
        wanted.posts.through.objects.bulk_create(
            wanted.posts.through(mailinglist=wanted, post=post) for post in posts
        )
        readers = Subscriber.objects.bulk_create(
            Subscriber(email=f"reader-{size}-{number}@r{number % 50}.example", created_at=now)
            for number in numbers
        )
        Subscription.objects.bulk_create(
            Subscription(subscriber=reader, list=wanted, state="confirmed", confirmed_at=now, consent="…")
            for reader in readers
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within a minute
    return mailing


def approve(pk: int) -> None:
    """What the button “approve” does."""
    by = make.publisher(username=f"approver-{pk}")
    sending.approve(Mailing.objects.get(pk=pk), by=by, now=timezone.now())


def address() -> None:
    addressing.address_waiting(now=timezone.now, until=timezone.now() + HOUR)


def release(mailing: Mailing) -> None:
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=timezone.now())


def deliver() -> None:
    delivering.deliver_waiting(ways.connect, now=timezone.now, sleep=time.sleep, until=timezone.now() + HOUR)


def in_this_process(work: Callable[[], None]) -> None:
    """Prints the seconds, those of its processor and, in MB, the largest memory it took."""
    started, busy = time.monotonic(), time.process_time()
    work()
    print(time.monotonic() - started, time.process_time() - busy, largest_memory())


def largest_memory() -> int:
    """In MB. (What `getrusage` says includes the process that started this one.)"""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def start(*arguments: str, sink: sinks.Sink) -> subprocess.Popen[str]:
    environment = os.environ | {
        "DATABASE_URL": own_database(),
        "PORTAL_SMTP_HOST": "127.0.0.1",
        "PORTAL_SMTP_PORT": str(sink.port),
        "PORTAL_MAIL_PER_MINUTE_AND_DOMAIN": "0",
    }
    command = [sys.executable, __file__, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def own_database() -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{connection.settings_dict['NAME']}"
    return database_url()


@dataclass(frozen=True)
class Taken:
    """What a process took."""

    seconds: float
    processor: float
    megabytes: int


def finished(process: subprocess.Popen[str]) -> Taken:
    said, _nothing = process.communicate()
    assert process.returncode == 0, said
    seconds, processor, megabytes = said.split()
    return Taken(float(seconds), float(processor), int(megabytes))


def words() -> dict[str, str]:
    html = (
        f'<p>{PARAGRAPH * 4}</p><p><a href="https://portal.example/vi/thu-tin/{STAND_IN}/">Ngừng nhận</a></p>'
    )
    return {"text": PARAGRAPH * 8 + STAND_IN, "html": html * 4, "list_id": "bulletin"}


def mailing_to(count: int) -> Mailing:
    emails = [f"mission-{number}@m{number % 50}.example" for number in range(count)]
    return make.mailing(*emails, now=timezone.now(), **words())


if __name__ == "__main__":
    settings.MAIL_PER_MINUTE_AND_DOMAIN = 0
    main()
