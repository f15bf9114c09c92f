"""Writing history: the only ways a row gets there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max
from django.utils.translation import override

from portal.accounts.models import User
from portal.history.models import Record, Version


def new_record(
    thing: models.Model,
    verb: str,
    *,
    by: User | None,
    now: datetime,
    language: str = "",
    note: str = "",
    **details: Any,
) -> Record:
    """A record not yet written; many are written at once by `write`. `by` None is the clock."""
    return Record(
        at=now,
        by=by,
        verb=verb,
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        title=str(thing)[:300],
        language=language,
        note=note,
        details=details,
    )


def record(
    thing: models.Model,
    verb: str,
    *,
    by: User | None,
    now: datetime,
    language: str = "",
    note: str = "",
    **details: Any,
) -> Record:
    """Write down one deed."""
    deed = new_record(thing, verb, by=by, now=now, language=language, note=note, **details)
    deed.save(force_insert=True)
    return deed


def note(
    thing: models.Model, verb: str, *, by: User | None, now: datetime, why: str = "", **details: Any
) -> Record:
    """Write down one deed about a person's record, by its number: history is never erased, and people may be."""
    deed = new_record(thing, verb, by=by, now=now, note=why, **details)
    with override("vi"):
        deed.title = f"{thing._meta.verbose_name} {thing.pk}"[:300]
    deed.save(force_insert=True)
    return deed


def write(records: Iterable[Record]) -> None:
    """Write down many deeds at once."""
    Record.objects.bulk_create(list(records), batch_size=500)


def last_numbers(content_type: ContentType, object_ids: Iterable[int]) -> dict[int, int]:
    """The highest version number of each thing; things without versions are left out."""
    return _last(Version.objects.filter(content_type=content_type, object_id__in=list(object_ids)))


def last_own_numbers(content_type: ContentType, object_ids: Iterable[int]) -> dict[int, int]:
    """The highest number of a version written in the thing itself, not in a working copy of it."""
    own = Version.objects.filter(content_type=content_type, object_id__in=list(object_ids), copy_id=None)
    return _last(own)


def _last(versions: models.QuerySet) -> dict[int, int]:
    rows = versions.order_by().values("object_id").annotate(last=Max("number"))
    return {row["object_id"]: row["last"] for row in rows}


def keep_versions(versions: Iterable[Version]) -> None:
    """Number and write versions; the things they are about must be locked by the caller."""
    versions = list(versions)
    by_type: dict[int, list[Version]] = {}
    for version in versions:
        by_type.setdefault(version.content_type_id, []).append(version)
    for same_type in by_type.values():
        numbers = last_numbers(same_type[0].content_type, [version.object_id for version in same_type])
        for version in same_type:
            numbers[version.object_id] = version.number = numbers.get(version.object_id, 0) + 1
    Version.objects.bulk_create(versions, batch_size=200)
