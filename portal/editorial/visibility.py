"""Which files readers may fetch: those that something they can see has placed. The library asks here."""

from datetime import datetime

from portal.library import access
from portal.library.models import Asset
from portal.search.models import Entry


def asset_is_public(asset: Asset, now: datetime) -> bool:
    """Some page that readers can open shows it, in either language. Withdrawn text stays readable, so its files do.

    Rows are not asked: what stands in one may not be released yet, and what left one may still be on a page.
    """
    shown = Entry.objects.begun(now).exclude(status=Entry.Status.GONE)
    return shown.filter(shown_assets__asset=asset).exists()


def register() -> None:
    access.register(asset_is_public)
