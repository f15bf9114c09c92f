"""What can be done to the shelves of the news."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import override

from news.models import Article, Category, FormerSlug
from portal.accounts.models import User
from portal.editorial.actions import announce_change
from portal.history.actions import record
from portal.languages import LANGUAGES
from portal.search.models import Entry


@transaction.atomic
def add_category(category: Category, *, by: User | None, now: datetime) -> Category:
    """Put up a new shelf; an address it takes over leads to it from now on."""
    category.save(force_insert=True)
    for language in LANGUAGES:
        _take_address(category, language)
    record(category, "created", by=by, now=now)
    announce_change()
    return category


@transaction.atomic
def rename_category(category: Category, *, by: User | None, now: datetime) -> Category:
    """Save a shelf whose words may have changed: old addresses lead on, its entries say the new name."""
    before = Category.objects.select_for_update().get(pk=category.pk)
    category.save()
    for language in LANGUAGES:
        _keep_old_address(before, category, language)
        _take_address(category, language)
        _refresh_shelf(category, language)
    record(category, "renamed", by=by, now=now, before=str(before))
    announce_change()
    return category


def _keep_old_address(before: Category, category: Category, language: str) -> None:
    old = getattr(before, f"slug_{language}")
    if old and old != getattr(category, f"slug_{language}"):
        FormerSlug.objects.update_or_create(language=language, slug=old, defaults={"category": category})


def _take_address(category: Category, language: str) -> None:
    """An address in use leads nowhere else."""
    FormerSlug.objects.filter(language=language, slug=getattr(category, f"slug_{language}") or "").delete()


def _refresh_shelf(category: Category, language: str) -> None:
    with override(language):
        url = category.get_absolute_url() if category.slug else ""
        Entry.objects.filter(section=Article.section, language=language, shelf_id=category.pk).update(
            shelf_title=category.name or "", shelf_url=url
        )
