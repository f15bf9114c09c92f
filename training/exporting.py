"""Lists of training as files: text cells no program takes for formulas, stamped with who took them, when, for what."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.directory.exporting import csv_of, xlsx_of
from portal.languages.dates import short_day, short_moment
from portal.languages.names import person_key, split
from portal.languages.numbers import number
from portal.languages.sorting import vietnamese_key
from training import reporting
from training.models import Event, Registration

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table(name: str, rows: Iterable[Sequence[str]], form: str) -> HttpResponse:
    """As "csv" or "xlsx"."""
    if form == "xlsx":
        return file_answer(xlsx_of(rows, sheet=_("Training")), XLSX, f"{name}.xlsx")
    return file_answer(csv_of(rows), "text/csv; charset=utf-8", f"{name}.csv")


def file_answer(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def report_rows(report: reporting.Report, language: str) -> list[list[str]]:
    """A line for each group, the whole last; figures with their words."""
    header = [
        str(reporting.GROUPS[report.by].label),
        _("Events"),
        _("Held"),
        *map(str, reporting.COLUMNS.values()),
    ]
    lines = [
        [row.label, number(row.events, language), number(row.held, language)]
        + [total.words(language) for _column, total in row.totals()]
        for row in (*report.rows, report.whole)
    ]
    return [[_("Training figures"), report.span.title(language)], [], header, *lines]


def participants(
    event: Event,
    people: Iterable[Registration],
    *,
    by: User,
    purpose: str,
    kept_until: date | None,
    language: str,
    now: datetime,
) -> list[list[str]]:
    """Grouped by unit in the order of the Vietnamese alphabet, people by given name; the stamp stands above."""
    header = [
        _("Unit"), _("Row"), _("Full name"), _("Form of address"), _("Position"), _("E-mail address"), _("Telephone"),
        _("Language"), _("Needs"), _("State"), _("Sessions attended"),
    ]  # fmt: skip
    rows = [
        *stamp(event, by=by, purpose=purpose, kept_until=kept_until, language=language, now=now),
        [],
        header,
    ]
    before, place = "", 0
    for each in sorted(people, key=lambda one: _order(one, language)):
        unit = unit_of(each, language)
        place = place + 1 if unit == before else 1
        before = unit
        rows.append([
            unit, str(place), each.full_name, str(each.get_address_display()), each.job_title, each.email, each.phone,
            str(each.get_language_display()), each.needs, capfirst(each.get_state_display()), str(len(each.presences.all())),
        ])  # fmt: skip
    return rows


def stamp(
    event: Event, *, by: User, purpose: str, kept_until: date | None, language: str, now: datetime
) -> list[list[str]]:
    """What a copy of personal data says of itself wherever it goes."""
    said = {
        "who": by.get_full_name() or by.get_username(),
        "moment": short_moment(now, language),
        "purpose": purpose,
    }
    lines = [
        [_("Participants of %(event)s") % {"event": event.text("title", language) or event}],
        [_("Exported by %(who)s, %(moment)s, for: %(purpose)s") % said],
    ]
    if kept_until:
        words = _("Keep until %(day)s, then delete this file: personal data (Law 91/2025/QH15).")
        lines.append([words % {"day": short_day(kept_until, language)}])
    return lines


def unit_of(registration: Registration, language: str) -> str:
    """As the list names it; what is in no list, as it was written."""
    if registration.unit is None:
        return registration.unit_name or _("Other organisations and individuals")
    return getattr(registration.unit, f"name_{language}") or str(registration.unit)


def _order(registration: Registration, language: str) -> Any:
    """Units of the list before others; then by name."""
    unit = vietnamese_key(unit_of(registration, language))
    return registration.unit_id is None, unit, person_key(split(registration.full_name)), registration.pk
