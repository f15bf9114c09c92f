"""What can be done to the library: take in, describe, remove."""

from datetime import datetime
from typing import Any

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.history.actions import record
from portal.languages.folding import fold
from portal.library import renditions
from portal.library.models import Asset
from portal.library.refusal import Refused, StillUsed
from portal.library.uploads import Inspected, inspect
from portal.library.uses import users_of

WORDS = tuple(
    f"{field}_{language}" for field in ("title", "alt", "caption", "credit") for language in ("vi", "en")
)


def add_asset(file: File, *, by: User | None, now: datetime, **words: Any) -> Asset:
    """Inspect a file and keep it; bytes kept before give the asset they are. Raises `Refused`.

    `words` are title_vi, alt_en, … and focal_x, focal_y; an asset kept before keeps those it has.
    """
    return keep(inspect(file), by=by, now=now, **words)


def keep(inspected: Inspected, *, by: User | None, now: datetime, **words: Any) -> Asset:
    """Keep a file that has been inspected; bytes kept before give the asset they are, unchanged. Raises `Refused`."""
    if kept := kept_before(inspected, by, now):
        return kept
    try:
        return _keep_new(inspected, by=by, now=now, **words)
    except IntegrityError:
        # Somebody uploaded the same file at the same moment.
        if kept := kept_before(inspected, by, now):
            return kept
        raise


def kept_before(inspected: Inspected, by: User | None, now: datetime) -> Asset | None:
    """The asset of these bytes, if there is one. One that `by` may not see is not handed to them for having its bytes."""
    same = Asset.objects.filter(sha256=inspected.sha256)
    if by is not None and same.kept_from(by, now).exists():
        raise Refused(
            _(
                "This very file is kept for something your role does not show you. Ask whoever keeps the library."
            )
        )
    return same.first()


@transaction.atomic
def _keep_new(inspected: Inspected, *, by: User | None, now: datetime, **words: Any) -> Asset:
    asset = Asset(
        kind=inspected.kind,
        filename=inspected.filename,
        original_name=inspected.original_name,
        media_type=inspected.media_type,
        size=len(inspected.content),
        sha256=inspected.sha256,
        width=inspected.width,
        height=inspected.height,
        uploaded_at=now,
        uploaded_by=by,
        **words,
    )
    asset.folded = search_key(asset)
    asset.original.save(inspected.filename, ContentFile(inspected.content), save=False)
    try:
        with transaction.atomic():
            asset.save(force_insert=True)
    except IntegrityError:
        asset.original.storage.delete(asset.original.name)
        raise
    record(asset, "upload", by=by, now=now)
    return asset


@transaction.atomic
def describe(asset: Asset, *, by: User | None, now: datetime, **words: Any) -> Asset:
    """Change the words about an asset or its focal point; nothing different changes nothing."""
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    changed = [field for field, value in words.items() if (getattr(asset, field) or "") != (value or "")]
    if not changed:
        return asset
    for field in changed:
        setattr(asset, field, words[field])
    asset.folded = search_key(asset)
    if {"focal_x", "focal_y"} & set(changed):
        _ask_for_renditions(asset)
    asset.save()
    record(asset, "describe", by=by, now=now, fields=changed)
    return asset


@transaction.atomic
def make_renditions_again(asset: Asset) -> None:
    """Forget the renditions and the failures, so that the next run of the task tries anew."""
    _ask_for_renditions(asset)
    asset.save(
        update_fields=[
            "renditions_made_at",
            "renditions_failed",
            "renditions_claimed_at",
            "renditions_attempts",
        ]
    )


@transaction.atomic
def remove_asset(asset: Asset, *, by: User | None, now: datetime) -> None:
    """Remove an asset that nothing places or shows, its file and its renditions. Raises `StillUsed`."""
    asset = Asset.objects.select_for_update().get(pk=asset.pk)
    refuse_if_used(asset)
    record(asset, "remove", by=by, now=now)
    original, storage = asset.original.name, asset.original.storage
    asset_folder = renditions.folder(asset)
    asset.delete()
    transaction.on_commit(lambda: storage.delete(original))
    transaction.on_commit(lambda: renditions.forget(asset_folder))


def refuse_if_used(asset: Asset) -> None:
    """Raise `StillUsed` where something places or shows the asset."""
    if users := users_of(asset):
        raise StillUsed(users)


def search_key(asset: Asset) -> str:
    """What `AssetQuerySet.matching` looks in: every word about the asset in both languages, folded."""
    words = [getattr(asset, field) or "" for field in WORDS]
    return fold(" ".join([*words, asset.original_name, asset.filename]))


def _ask_for_renditions(asset: Asset) -> None:
    asset.renditions_made_at = asset.renditions_claimed_at = None
    asset.renditions_failed, asset.renditions_attempts = "", 0
    renditions.forget_card(asset)
