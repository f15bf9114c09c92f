"""Keeping the registers beside the desk: corrections asked for, meetings, contacts, channels. Every change is written down."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.duties.models import limit_on
from portal.history.actions import record
from portal.languages.dates import day_bounds, vietnamese_day
from portal.web import changes

DUE = "correction-answered"


@transaction.atomic
def keep(row: Any, *, by: User | None, now: datetime) -> Any:
    """Add a row to a register."""
    row.save(force_insert=True)
    record(row, "added", by=by, now=now)
    return row


@transaction.atomic
def change(row: Any, fields: Iterable[str], *, by: User | None, now: datetime) -> Any:
    """Save these fields of a row and nothing else of what may be an old copy of it; none of them changes nothing."""
    fields = list(fields)
    if not fields:
        return row
    type(row)._base_manager.select_for_update().get(pk=row.pk)
    row.save(update_fields=[name for name in fields if not row._meta.get_field(name).many_to_many])
    record(row, "changed", by=by, now=now, fields=fields)
    return row


@transaction.atomic
def keep_public(row: Any, *, by: User | None, now: datetime) -> Any:
    """Add a row that readers see; kept copies of pages are let go."""
    keep(row, by=by, now=now)
    changes.announce()
    return row


@transaction.atomic
def change_public(row: Any, fields: Iterable[str], *, by: User | None, now: datetime) -> Any:
    """The same for a row that is there already."""
    change(row, fields, by=by, now=now)
    changes.announce()
    return row


def correction_due(sent_on: date) -> date:
    """By which day the outlet's answer to a request sent on this one is due, by the house's rules."""
    limit, sent = limit_on(DUE, sent_on), day_bounds(sent_on)[0]
    return vietnamese_day(limit.after(sent) if limit else sent)
