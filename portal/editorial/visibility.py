"""Which files readers may fetch, and which pages show a file. The library asks here."""

from datetime import datetime

from django.db import models

from portal.library import access, uses
from portal.library.models import Asset
from portal.search.models import Entry, EntryAsset


def shown_on_pages(now: datetime) -> models.QuerySet[EntryAsset]:
    """What pages that readers can open show, in either language. Withdrawn text stays readable, so its files do.

    Rows are not asked: what stands in one may not be released yet, and what left one may still be on a page.
    """
    open_to_readers = (
        Entry.objects.begun(now).exclude(status=Entry.Status.GONE).filter(pk=models.OuterRef("entry"))
    )
    return EntryAsset.objects.filter(models.Exists(open_to_readers))


def things_showing(asset: Asset) -> list[models.Model | None]:
    """The things whose pages show the asset, or will; their rows may have let go of it."""
    shown = Entry.objects.filter(shown_assets__asset=asset).for_cards()
    return [entry.thing for entry in shown.prefetch_related("thing").order_by("pk")]


def register() -> None:
    access.register(shown_on_pages)
    uses.register(things_showing)
