"""Fill the database of the environment with an archive of N articles: the demonstration over and over.

    DATABASE_URL=sqlite:////tmp/archive.sqlite3 python benchmarks/archive.py --articles 100000

The demonstration's articles pass through the real actions; the rest are copies of the rows those actions
left, under numbers, addresses and hours of their own, spread over ten years. Prints, as JSON, pages to ask
for. History and pictures are not copied: no public page reads the one, and the rows of the read side carry
all that pages need of the other.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.translation import override  # noqa: E402

from news.models import Article  # noqa: E402
from portal.editorial.actions import announce_change  # noqa: E402
from portal.editorial.models import Edition  # noqa: E402
from portal.languages import LANGUAGES  # noqa: E402
from portal.search.models import Entry, EntryTopic  # noqa: E402

YEARS = timedelta(days=3652)
BATCH = 500
SAMPLE = 100


@dataclass(frozen=True)
class Pattern:
    """The rows that the actions left for one article of the demonstration."""

    article: Article
    editions: list[Edition]
    entries: list[Entry]
    topics: dict[int, list[int]]  # entry → its topics

    @property
    def hour(self) -> datetime:
        return min(entry.visible_from for entry in self.entries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    wanted = parser.parse_args().articles
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_demo", verbosity=0)
    now = timezone.now()
    fill(wanted - Article.objects.count(), now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what its own upkeep does within minutes
    print(json.dumps(pages(now)))


def fill(copies: int, now: datetime) -> None:
    """Add so many articles, the oldest first."""
    told = patterns(now)
    first = max(Article.objects.values_list("pk", flat=True)) + 1
    begins = min(pattern.hour for pattern in told) - YEARS
    hours = ((number, begins + YEARS * number / copies) for number in range(copies))
    while batch := list(islice(hours, BATCH)):
        with transaction.atomic():
            _write([(told[number % len(told)], first + number, hour) for number, hour in batch])
    announce_change()


def patterns(now: datetime) -> list[Pattern]:
    """What readers have, or had, before them; withdrawn and retracted pieces among it."""
    kind = ContentType.objects.get_for_model(Article)
    found = []
    for article in Article.objects.originals().order_by("pk"):
        entries = list(Entry.objects.about(article).visible(now).order_by("pk"))
        editions = list(Edition.objects.filter(content_type=kind, object_id=article.pk))
        topics = {entry.pk: list(entry.in_topics.values_list("topic_id", flat=True)) for entry in entries}
        if entries:
            found.append(Pattern(article, editions, entries, topics))
    return found


def _write(batch: list[tuple[Pattern, int, datetime]]) -> None:
    Article.objects.bulk_create(
        _moved(pattern.article, {"id": pk}, pattern.hour, hour) for pattern, pk, hour in batch
    )
    Edition.objects.bulk_create(
        _moved(edition, {"id": None, "object_id": pk}, pattern.hour, hour)
        for pattern, pk, hour in batch
        for edition in pattern.editions
    )
    copied = [(pattern, entry, pk, hour) for pattern, pk, hour in batch for entry in pattern.entries]
    entries = Entry.objects.bulk_create(
        _moved(entry, _identity(entry, pk), pattern.hour, hour) for pattern, entry, pk, hour in copied
    )
    EntryTopic.objects.bulk_create(
        EntryTopic(entry=made, topic_id=topic, language=made.language, visible_from=made.visible_from)
        for made, (pattern, entry, _pk, _hour) in zip(entries, copied, strict=True)
        for topic in pattern.topics[entry.pk]
    )


def _identity(entry: Entry, pk: int) -> dict[str, Any]:
    return {"id": None, "object_id": pk, "url": entry.url.replace(f"-{entry.object_id}/", f"-{pk}/")}


def _moved(row: models.Model, changes: dict[str, Any], since: datetime, hour: datetime) -> Any:
    """A copy of the row with every moment of it moved by as much as its first hour."""
    columns = {column.attname: getattr(row, column.attname) for column in row._meta.concrete_fields}
    moved = {name: value + (hour - since) for name, value in columns.items() if isinstance(value, datetime)}
    return type(row)(**(columns | moved | changes))


def pages(now: datetime) -> dict[str, list[str]]:
    """Addresses of each kind of page, the articles spread evenly over the archive."""
    found: dict[str, list[str]] = {"home": [], "list": [], "article": []}
    for language in LANGUAGES:
        with override(language):
            found["home"].append(reverse("home"))
            found["list"].append(reverse("news:all"))
        found["article"] += _spread(Entry.objects.in_language(language).listed(now))
    return found


def _spread(entries: models.QuerySet) -> Iterator[str]:
    addresses = list(entries.order_by("visible_from").values_list("url", flat=True))
    step = max(1, len(addresses) // SAMPLE)
    return islice(addresses, 0, step * SAMPLE, step)


if __name__ == "__main__":
    main()
