"""How long the certificates of an event take: given a number, signed, entered, their letters queued; then set as PDFs.

    python benchmarks/certificates.py --certificates 1000 --runs 3

Works in a test database of its own (SQLite, or the PostgreSQL of DATABASE_URL). The PDFs are set by two typesetters side by
side, one file for each person; then once more all in one file for the printer.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.languages.dates import vietnamese_day  # noqa: E402
from tests import make  # noqa: E402
from tests.training import day  # noqa: E402
from training.actions import certificates as actions  # noqa: E402
from training.models import Certificate, Event, Presence, Registration  # noqa: E402
from training.printing import certificates as printing  # noqa: E402
from training.rules.certificates import Terms, qr  # noqa: E402

AT_ONCE = 2
NAMES = ["Nguyễn Thị Quỳnh Anh", "Trần Đình Chung", "Đỗ Văn Án", "Hoàng Thị Thúy Hường", "Lê Văn Ấn"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--certificates", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        make.identity()
        print(f"{connection.vendor}, {asked.certificates} certificates")
        for _run in range(asked.runs):
            measure(asked.certificates)
    finally:
        teardown_databases(databases, verbosity=0)


def measure(many: int) -> None:
    event, now = held(many), timezone.now()
    terms = Terms(day.signer(), Decimal(7), vietnamese_day(now))
    issued, made = timed(lambda: actions.issue_entitled(event, terms, by=None, now=now))
    assert len(made) == many
    each, files = timed(lambda: one_by_one(made))
    together, content = timed(lambda: printing.together(made))
    print(
        f"issued and signed {issued:.1f} s · a PDF for each {each:.1f} s ({sum(map(len, files)) / many / 1024:.0f} KB) · "
        f"both {issued + each:.1f} s · all in one file {together:.1f} s ({len(content) / 1024 / 1024:.1f} MB) · "
        f"square code of {modules(made[0])} modules"
    )


def one_by_one(made: list[Certificate]) -> list[bytes]:
    """As two workers would: each sets every other batch."""
    batches = [made[first : first + printing.AT_ONCE] for first in range(0, len(made), printing.AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as workers:
        return [content for batch in workers.map(printing.each_pdf, batches) for content in batch]


def modules(certificate: Certificate) -> int:
    return int(qr(certificate).split(b'viewBox="0 0 ')[1].split(b" ")[0])


def held(many: int) -> Event:
    """An event of yesterday with so many who were at both sessions."""
    yesterday = timezone.now() - timedelta(days=1)
    event = day.event(now=yesterday, capacity=many)
    people = Registration.objects.bulk_create(
        Registration(
            event=event, full_name=NAMES[number % len(NAMES)], email=f"nguoi{number}@so.example", state="seated",
            email_key=f"nguoi{number}@so.example", state_since=yesterday, asked_at=yesterday, confirmed_at=yesterday,
            language="vi" if number % 2 else "en",
        )
        for number in range(many)
    )  # fmt: skip
    Presence.objects.bulk_create(
        Presence(registration=who, session=session, at=yesterday, how="list")
        for session in event.sessions.all()
        for who in people
    )
    return event


def timed(deed: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = deed()
    return time.perf_counter() - began, done


if __name__ == "__main__":
    main()
