"""Lists as files to take away: no cell is a formula, and who took what is written down."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from portal.accounts.models import User
from portal.directory.columns import guarded
from portal.history.actions import record
from portal.languages.dates import in_ict, vietnamese_day


def answer(
    name: str,
    header: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    by: User,
    now: datetime,
    chosen: str = "",
) -> HttpResponse:
    """A CSV (UTF-8 with a byte-order mark, so that Excel reads Vietnamese) to download; the export is recorded."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([str(cell) for cell in header])
    count = 0
    for row in rows:
        writer.writerow([guarded(_said(cell)) for cell in row])
        count += 1
    record(by, "exported", by=by, now=now, note=name, rows=count, chosen=chosen)
    filename = f"{name}-{vietnamese_day(now)}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers
    )


def _said(cell: Any) -> str:
    """Moments in Viet Nam time, as spreadsheets read them; nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return in_ict(cell).strftime("%Y-%m-%d %H:%M")
    return str(cell)
