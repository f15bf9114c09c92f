"""What the clock needs for many things due at one second: first publications, and working copies.

    python benchmarks/release.py --items 1000

Runs on the database of the environment (DATABASE_URL) in a test database of its own, which is removed afterwards.
The clock ticks as in production, ten seconds ahead, with a held clock that jumps to the hour. Prints for each kind
the seconds spent before the hour, preparing, and from the hour to the last item out with its effects done; beside
each the seconds of work of this process, which another's load does not lengthen. One item is bad and stays behind.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402

from news.models import Article  # noqa: E402
from portal.editorial import clock  # noqa: E402
from portal.editorial.actions import open_working_copy  # noqa: E402
from portal.editorial.models import Edition, Effect, State  # noqa: E402
from tests import make  # noqa: E402

KINDS = ("first publications", "working copies")
LOOK_AHEAD = timedelta(seconds=10)
PARAGRAPH = (
    "<p>Lớp tập huấn diễn ra trong <strong>hai ngày</strong> tại Hà Nội, với sự tham gia của cán bộ làm công tác "
    'thông tin đối ngoại đến từ <a href="https://example.vn/">các bộ, ngành</a> và địa phương.</p>'
)


@dataclass(frozen=True)
class Moment:
    """Seconds on the wall, and seconds of this process's own work."""

    wall: float
    work: float

    def __sub__(self, earlier: "Moment") -> "Moment":
        return Moment(self.wall - earlier.wall, self.work - earlier.work)

    def __str__(self) -> str:
        return f"{self.wall:.2f} s (own work {self.work:.2f} s)"


def this_moment() -> Moment:
    return Moment(time.monotonic(), time.process_time())


class HeldClock:
    """A clock that stands still until somebody sleeps, and remembers when that was."""

    def __init__(self, start: datetime) -> None:
        self.time = start
        self.slept = this_moment()

    def now(self) -> datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)
        self.slept = this_moment()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=1000)
    items = parser.parse_args().items
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for kind in KINDS:
            before, after = measure(kind, items)
            print(f"{items} {kind}: before the hour {before}, after the hour {after}")
    finally:
        teardown_databases(databases, verbosity=0)


def measure(kind: str, items: int) -> tuple[Moment, Moment]:
    """How long the clock works before the hour and after it."""
    hour = timezone.now().replace(microsecond=0)
    schedule(kind, items, hour=hour)
    held = HeldClock(hour - LOOK_AHEAD)
    started = this_moment()
    released = clock.tick(look_ahead=LOOK_AHEAD, now=held.now, sleep=held.sleep)
    ended = this_moment()
    scheduled = Edition.objects.filter(state=State.SCHEDULED)
    assert released == items - 1, released
    assert not Effect.objects.filter(done_at=None).exists()
    assert scheduled.get().failure
    scheduled.update(state=State.APPROVED)
    return held.slept - started, ended - held.slept


def schedule(kind: str, items: int, *, hour: datetime) -> None:
    """Make the items, by the steps people take, scheduled for the hour; somebody tampers with the last."""
    before = hour - make.DAY
    shelf, reader, writer, topic = make.category(), make.approver(), make.reporter(), make.topic()
    texts = {f"body_{language}": PARAGRAPH * 10 for language in ("vi", "en")}
    with transaction.atomic():
        for _ in range(items):
            item = make.article(by=writer, now=before, category=shelf, **texts)
            item.topics.add(topic)
            item = make.changed(item, by=writer, now=before, byline="Minh Anh")
            if kind == "working copies":
                item = make.published(item, now=before, reader=reader)
                copy = open_working_copy(item, by=writer, now=before)
                title = f"{item.title_vi} (sửa)"
                item = make.changed(copy, by=writer, now=before, title_vi=title, change_kind_vi="minor")
            bad = make.scheduled(item, at=hour, now=before, reader=reader)
        Article.objects.filter(pk=bad.pk).update(title_vi="Sửa thẳng trong cơ sở dữ liệu")
        Effect.objects.update(done_at=before)


if __name__ == "__main__":
    main()
