"""How long the clock needs for many things due at the same second: first publications, working copies, and a mixture.

    python benchmarks/release.py --items 1000

Runs on the database of the environment (DATABASE_URL) in a test database of its own, which is removed afterwards.
Prints, for each kind, the seconds from the hour to the last item out with its effects done.
"""

import argparse
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.utils import timezone  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=1000)
    items = parser.parse_args().items
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for kind in ("first publications", "working copies"):
            print(f"{items} {kind}: {measure(kind, items):.2f} s")
    finally:
        teardown_databases(databases, verbosity=0)


def measure(kind: str, items: int) -> float:
    """Seconds from the hour until all are out and their effects done; one of them is bad and stays behind."""
    from news.models import Article
    from portal.editorial import clock
    from portal.editorial.actions import open_working_copy
    from portal.editorial.models import Edition, Effect, State
    from tests import make

    hour, shelf, reader, writer = timezone.now(), make.category(), make.approver(), make.reporter()
    before = hour - make.DAY
    for _ in range(items):
        item = make.article(by=writer, now=before, category=shelf)
        if kind == "working copies":
            item = make.published(item, now=before, reader=reader)
            copy = open_working_copy(item, by=writer, now=before)
            item = make.changed(copy, by=writer, title_vi=f"{item.title_vi} (sửa)", change_kind_vi="minor")
        bad = make.scheduled(item, at=hour, now=before, reader=reader)
    Article.objects.filter(pk=bad.pk).update(title_vi="Sửa thẳng trong cơ sở dữ liệu")
    Effect.objects.update(done_at=before)
    started, worked = time.monotonic(), time.process_time()
    released = clock.run(hour)
    elapsed, worked = time.monotonic() - started, time.process_time() - worked
    print(f"  ({worked:.2f} s of it this process's own work)")
    assert released == items - 1, released
    assert not Effect.objects.filter(done_at=None).exists()
    assert Edition.objects.filter(state=State.SCHEDULED).count() == 1
    Edition.objects.filter(state=State.SCHEDULED).update(state=State.APPROVED)
    return elapsed


if __name__ == "__main__":
    main()
