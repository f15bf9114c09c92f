"""Which files readers may fetch, and which pages show a file. The library asks here."""

from datetime import datetime

from django.db import models

from portal.library import access, uses
from portal.library.models import Asset
from portal.search.models import Entry


def asset_is_public(asset: Asset, now: datetime) -> bool:
    """Some page that readers can open shows it, in either language. Withdrawn text stays readable, so its files do.

    Rows are not asked: what stands in one may not be released yet, and what left one may still be on a page.
    """
    shown = Entry.objects.begun(now).exclude(status=Entry.Status.GONE)
    return shown.filter(shown_assets__asset=asset).exists()


def things_showing(asset: Asset) -> list[models.Model | None]:
    """The things whose pages show the asset, or will; their rows may have let go of it."""
    shown = Entry.objects.filter(shown_assets__asset=asset).for_cards()
    return [entry.thing for entry in shown.prefetch_related("thing").order_by("pk")]


def register() -> None:
    access.register(asset_is_public)
    uses.register(things_showing)
