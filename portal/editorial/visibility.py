"""Which files readers may fetch: those that something they can see has placed. The library asks here."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from portal.library import access
from portal.library.models import Asset, Placement
from portal.search.models import Entry


def asset_is_public(asset: Asset, now: datetime) -> bool:
    """Some published, not retracted thing places this picture or file. Withdrawn text stays readable, so its files do."""
    shown = Entry.objects.visible(now).exclude(status=Entry.Status.GONE)
    placed = Placement.objects.filter(asset=asset).filter(
        Exists(shown.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id")))
    )
    return placed.exists()


def register() -> None:
    access.register(asset_is_public)
