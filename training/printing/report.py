"""Training in figures on paper."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.languages.dates import short_day, short_moment, vietnamese_day
from portal.languages.numbers import number
from portal.printing import typeset
from portal.web.models import SiteIdentity
from training import reporting

TEMPLATE = Path(__file__).resolve().parent / "report.typ"


def pdf(report: reporting.Report, language: str, now: datetime) -> bytes:
    """The report in the active language. Raises `portal.printing.NotTypeset`."""
    site = SiteIdentity.objects.first()
    today = vietnamese_day(now)
    group = str(reporting.GROUPS[report.by].label)
    days = {"first": short_day(report.span.first, language), "last": short_day(report.span.last, language)}
    return typeset(
        TEMPLATE,
        {
            "language": language,
            "title": _("Training figures"),
            "author": site.ministry_name if site else [],
            "day": [today.year, today.month, today.day],
            "issuer": site.ministry_name if site else "",
            "facts": [
                [_("Period"), f"{report.span.title(language)} ({_('from %(first)s to %(last)s') % days})"],
                [_("Grouped"), group],
                [_("As of"), short_moment(now, language)],
            ],
            "rows": [_row(row, language, in_full=False) for row in report.rows],
            "whole": _row(report.whole, language, in_full=True),
            "words": {
                "columns": [group, _("Events"), *map(str, reporting.COLUMNS.values())],
                "foot": _(
                    "Counted by the portal from its registers; what only a source counted stands with the source’s own word."
                ),
                "nothing": _("No event in this span."),
                "page": _("Page"),
            },
        },
    )


def _row(row: reporting.Row, language: str, *, in_full: bool) -> list[Any]:
    figures = [total.words(language) if in_full else total.short(language) for _column, total in row.totals()]
    return [row.label, number(row.events, language), *figures]
