"""Keeping the registers beside the desk: corrections asked for, meetings, contacts, channels. Every change is written down."""

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
    """Save a row of a register."""
    added = row.pk is None
    row.save()
    record(row, "added" if added else "changed", by=by, now=now)
    return row


@transaction.atomic
def keep_public(row: Any, *, by: User | None, now: datetime) -> Any:
    """Save a row that readers see; kept copies of pages are let go."""
    keep(row, by=by, now=now)
    changes.announce()
    return row


def correction_due(sent_on: date) -> date:
    """By which day the outlet's answer to a request sent on this one is due, by the house's rules."""
    limit, sent = limit_on(DUE, sent_on), day_bounds(sent_on)[0]
    return vietnamese_day(limit.after(sent) if limit else sent)
