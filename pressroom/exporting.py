"""Lists as files to take away: no cell is a formula, and who took what is written down."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from portal.accounts.models import User
from portal.directory.exporting import csv_of, xlsx_of
from portal.history.actions import record
from portal.languages.dates import in_ict, vietnamese_day

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def answer(
    name: str,
    header: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    *,
    by: User,
    now: datetime,
    chosen: str = "",
    extension: str = "csv",
) -> HttpResponse:
    """A CSV or XLSX to download; the export is recorded, with what of the list was `chosen`."""
    table = [[_said(cell) for cell in row] for row in (header, *rows)]
    record(by, "exported", by=by, now=now, note=name, rows=len(table) - 1, chosen=chosen)
    content = xlsx_of(table, sheet=name) if extension == "xlsx" else csv_of(table)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{vietnamese_day(now)}.{extension}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=MEDIA_TYPES[extension], headers=headers)


def _said(cell: Any) -> str:
    """Moments in Viet Nam time, as spreadsheets read them; nothing for nothing."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return in_ict(cell).strftime("%Y-%m-%d %H:%M")
    return str(cell)
