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


#: What one copy is made of: the article it repeats, its own number, its first hour.
Copy = tuple[int, int, datetime]


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
    told = list(_before_readers(now).order_by("pk").values_list("pk", flat=True))
    first = max(Article.objects.values_list("pk", flat=True)) + 1
    begins = now - YEARS
    for start in range(0, copies, BATCH):
        numbers = range(start, min(start + BATCH, copies))
        _write(
            [
                (told[number % len(told)], first + number, begins + YEARS * number / copies)
                for number in numbers
            ]
        )
    announce_change()


def _before_readers(now: datetime) -> models.QuerySet:
    """What readers have, or had, before them; withdrawn and retracted pieces among it."""
    kind = ContentType.objects.get_for_model(Article)
    entries = Entry.objects.begun(now).filter(content_type=kind, object_id=models.OuterRef("pk"))
    return Article.objects.originals().filter(models.Exists(entries))


@transaction.atomic
def _write(copies: list[Copy]) -> None:
    """Copy rows within the database: what they say need not pass through here."""
    kind = ContentType.objects.get_for_model(Article).pk
    of_pattern = f"told.content_type_id = {kind} AND told.object_id = copy.pattern"
    hours = {"visible_from": "copy.hour"}
    address = "replace(told.url, '-' || told.object_id || '/', '-' || copy.pk || '/')"
    _insert(copies, Article, "told.id = copy.pattern", {"id": "copy.pk", "created_at": "copy.hour"})
    _insert(
        copies,
        Edition,
        of_pattern,
        {
            "object_id": "copy.pk",
            "publish_at": "CASE WHEN told.publish_at IS NOT NULL THEN copy.hour END",
            "first_published_at": "CASE WHEN told.first_published_at IS NOT NULL THEN copy.hour END",
        },
    )
    _insert(copies, Entry, of_pattern, hours | {"object_id": "copy.pk", "url": address})
    _insert(
        copies,
        EntryTopic,
        "told.entry_id = pattern.id",
        hours | {"entry_id": "made.id"},
        between="JOIN search_entry pattern "
        f"ON pattern.content_type_id = {kind} AND pattern.object_id = copy.pattern "
        f"JOIN search_entry made ON made.content_type_id = {kind} AND made.object_id = copy.pk "
        "AND made.language = pattern.language",
    )


def _insert(
    copies: list[Copy], model: type[models.Model], where: str, changed: dict[str, str], between: str = ""
) -> None:
    """INSERT … SELECT of a model's rows, with other values in some columns."""
    columns = [
        field.column for field in model._meta.concrete_fields if field.column != "id" or "id" in changed
    ]
    values = ", ".join(changed.get(column, f"told.{column}") for column in columns)
    rows = ", ".join(["(%s, %s, %s)"] * len(copies))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH copy (pattern, pk, hour) AS (VALUES {rows}) "
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "
            f"SELECT {values} FROM copy {between} JOIN {model._meta.db_table} told ON {where}",
            [value for pattern, pk, hour in copies for value in (pattern, pk, _adapted(hour))],
        )


def _adapted(hour: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(hour)


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
