"""The news on the home page: the newest of each category. Two queries, whatever the archive."""

from datetime import datetime

from django.db.models import OuterRef, Subquery

from news.models import Article, Category
from portal.search.home import Shelf
from portal.search.models import Entry

IN_A_ROW = 4


def latest_by_category(language: str, now: datetime) -> list[Shelf]:
    """Each category with its newest entries, in the editors' order."""
    listed = Entry.objects.in_language(language).filter(section=Article.section).listed(now).newest()
    of_category = listed.filter(shelf_id=OuterRef("pk")).values("pk")
    places = {f"entry_{place}": Subquery(of_category[place : place + 1]) for place in range(IN_A_ROW)}
    categories = list(Category.objects.filter(on_home_page=True).annotate(**places))
    wanted = {category.pk: [getattr(category, place) for place in places] for category in categories}
    entries = Entry.objects.for_cards().in_bulk([pk for pks in wanted.values() for pk in pks if pk])
    return [
        Shelf(
            category.name,
            category.get_absolute_url(),
            [entries[pk] for pk in wanted[category.pk] if pk in entries],
        )
        for category in categories
        if category.name and category.slug
    ]
