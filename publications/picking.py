"""What may go into an issue: the pieces published in its language, by quarter, section, topic and words; and the balance of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from portal.languages.dates import Quarter
from portal.languages.folding import fold
from portal.search.models import Entry, Topic

SHOWN = 60


@dataclass(frozen=True)
class Choice:
    """What the editor asked the picker for; empty values ask for everything."""

    quarter: str = "this"  # or "all"
    shelf: str = ""  # "news:3"
    topic: str = ""
    words: str = ""

    @classmethod
    def asked(cls, sent: Any) -> "Choice":
        return cls(
            quarter="all" if sent.get("quarter") == "all" else "this",
            shelf=sent.get("shelf", ""), topic=sent.get("topic", ""), words=sent.get("words", "")[:100],
        )  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """How many pieces of one shelf were published in the quarter, and how many of them the issue holds."""

    key: str
    title: str
    published: int
    chosen: int


def candidates(language: str, quarter: Quarter, choice: Choice, now: datetime) -> list[Entry]:
    """Pieces readers can see now, the newest first; at most SHOWN."""
    rows = _pickable(language, now)
    if choice.quarter == "this":
        rows = _of_quarter(rows, quarter)
    section, _colon, shelf = choice.shelf.partition(":")
    if section:
        rows = rows.filter(section=section)
    if shelf.isdecimal():
        rows = rows.filter(shelf_id=int(shelf))
    if choice.topic.isdecimal():
        rows = rows.filter(topics=int(choice.topic))
    for word in fold(choice.words).split():
        rows = rows.filter(title_folded__contains=word)
    return list(rows.newest().for_cards()[:SHOWN])


def _pickable(language: str, now: datetime) -> QuerySet:
    return Entry.objects.in_language(language).listed(now).exclude(section="publications")


def _of_quarter(rows: QuerySet, quarter: Quarter) -> QuerySet:
    begins, ends = quarter.bounds()
    return rows.filter(visible_from__gte=begins, visible_from__lt=ends)


def coverage(language: str, quarter: Quarter, chosen: set[str], now: datetime) -> list[Shelf]:
    """The quarter shelf by shelf: what there is, and what the issue holds of it. Two queries."""
    rows = _of_quarter(_pickable(language, now), quarter)
    counted = (
        rows.order_by("section", "shelf_title", "shelf_id")
        .values_list("section", "shelf_id", "shelf_title")
        .annotate(Count("pk"))
    )
    held: Counter[tuple[str, int | None]] = Counter()
    for kind, pk, section, shelf in rows.values_list("kind", "object_id", "section", "shelf_id"):
        held[section, shelf] += f"{kind}:{pk}" in chosen
    return [
        Shelf(f"{section}:{shelf or ''}", title or section, published, held[section, shelf])
        for section, shelf, title, published in counted
    ]


def topics() -> list[tuple[int, str]]:
    return [(topic.pk, str(topic)) for topic in Topic.objects.all()]
