"""What the press room writes into the history about people: by number, because history is never erased and people may be."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import override

from portal.accounts.models import User
from portal.history.actions import new_record
from portal.history.models import Record


def note(
    thing: models.Model, verb: str, *, by: User | None, now: datetime, why: str = "", **details: Any
) -> Record:
    """Write down one deed without the person's name."""
    deed = new_record(thing, verb, by=by, now=now, note=why, **details)
    with override("vi"):
        deed.title = f"{thing._meta.verbose_name} {thing.pk}"[:300]
    deed.save(force_insert=True)
    return deed
