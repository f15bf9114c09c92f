"""How long after its hour a release to 2,000 journalists is in the hands of the mail server, with two workers.

    python benchmarks/press.py --journalists 2000 --runs 3

Needs PostgreSQL (DATABASE_URL); starts a Redis, the tests' mail server, two workers and one clock of the production
arrangement. Half of the journalists read Vietnamese, half English; both languages have the same hour. Told is the time
from that hour to the first and to the last letter in the server's book.
"""

import argparse
import os
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.mailing.models import MailingList  # noqa: E402
from pressroom.models import Journalist, JournalistRule  # noqa: E402
from tests import make, servers  # noqa: E402
from tests.journeys.arrangement import Arrangement, wait_until  # noqa: E402
from tests.mailing import sink as sinks  # noqa: E402
from tests.pressroom import releases  # noqa: E402

AHEAD = timedelta(seconds=25)
PATIENCE_SECONDS = 120


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--journalists", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    if connection.vendor != "postgresql":
        sys.exit("Name a PostgreSQL in DATABASE_URL.")
    with tempfile.TemporaryDirectory(prefix="portal-press-") as folder:
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            with (
                servers.redis_server(Path(folder)) as redis_url,
                sinks.running(Path(folder) / "sink") as sink,
            ):
                measure(asked.journalists, asked.runs, arrange(Path(folder), redis_url, sink), sink)
        finally:
            teardown_databases(databases, verbosity=0)


def arrange(folder: Path, redis_url: str, sink: sinks.Sink) -> Arrangement:
    var = folder / "var"
    var.mkdir()
    arrangement = Arrangement(var, redis_url)
    arrangement.environment |= {
        "PORTAL_SMTP_HOST": "127.0.0.1",
        "PORTAL_SMTP_PORT": str(sink.port),
        "PORTAL_MAIL_PER_MINUTE_AND_DOMAIN": "0",
    }
    return arrangement


def measure(journalists: int, runs: int, arrangement: Arrangement, sink: sinks.Sink) -> None:
    make.identity()
    releases.patterns()
    press = list_of(journalists)
    try:
        for number in (1, 2):
            arrangement.start_worker(number)
        arrangement.start_clock(1)
        times = [one(press, journalists, sink) for _ in range(runs)]
    finally:
        arrangement.stop()
    print(f"{journalists} journalists, two workers:")
    print(f"  first letter {median(first for first, _last in times):.1f} s after the hour")
    print(
        f"  last letter {median(last for _first, last in times):.1f} s ({', '.join(f'{last:.1f}' for _f, last in times)})"
    )


def list_of(number: int) -> MailingList:
    """A list filled by a rule over so many journalists, ten to an outlet."""
    outlets = [make.organisation("press") for _ in range(max(1, number // 10))]
    Journalist.objects.bulk_create(
        Journalist(
            full_name=f"Nguyễn Văn {each}", email=f"j{each}@outlet{each % 50}.example", language=("vi", "en")[each % 2],
            outlet=outlets[each // 10 % len(outlets)], state="accredited",
            card_valid_until=date(2035, 1, 1),
        )
        for each in range(number)
    )  # fmt: skip
    press = make.mailing_list("press")
    JournalistRule.objects.create(mailing_list=press)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within a minute
    return press


def one(press: MailingList, journalists: int, sink: sinks.Sink) -> tuple[float, float]:
    """Seconds from the hour to the first and to the last letter."""
    now = timezone.now()
    hour = now + AHEAD
    book = sink.folder / "book"
    book.touch()
    before = len(sink.book())
    make.scheduled(releases.release(press, now=now), "vi", "en", at=hour, now=now)
    size = book.stat().st_size
    wait_until(lambda: book.stat().st_size != size, "no letter came")
    first = time.time()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(sink.book()) - before < journalists and time.monotonic() < deadline:
        time.sleep(0.05)
    missing = journalists - (len(sink.book()) - before)
    assert missing == 0, f"{missing} letters are missing"
    return first - hour.timestamp(), book.stat().st_mtime - hour.timestamp()


if __name__ == "__main__":
    main()
