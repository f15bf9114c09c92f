"""The yearly report on paper."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.duties.models import Period, ReportRule
from portal.languages.dates import short_day
from portal.languages.numbers import number, percent
from portal.printing import typeset
from portal.web.models import SiteIdentity
from pressroom.reporting import Row

TEMPLATE = Path(__file__).resolve().parent / "report.typ"


def pdf(rule: ReportRule, period: Period, rows: list[Row], language: str) -> bytes:
    """The report in the active language. Raises `portal.printing.NotTypeset`."""
    site = SiteIdentity.objects.first()
    title = _("%(name)s, %(year)d") % {"name": rule.name, "year": period.year}
    return typeset(
        TEMPLATE,
        {
            "language": language,
            "title": title,
            "author": site.ministry_name if site else [],
            "day": [period.due.year, period.due.month, period.due.day],
            "issuer": site.ministry_name if site else "",
            "facts": [
                [_("Period"), period_in_words(period, language)],
                [_("Due"), short_day(period.due, language)],
                [_("Source"), rule.citation],
            ],
            "rows": [_row(row, language) for row in rows],
            "words": {
                "columns": ["#", _("What is reported"), _("Number"), _("Of"), _("Percentage")],
                "foot": _(
                    "Counted by the portal from its registers; each figure leads to its records there."
                ),
                "signed": _("Spokesperson"),
                "page": _("Page"),
            },
        },
    )


def period_in_words(period: Period, language: str) -> str:
    return _("from %(first)s to %(last)s") % {
        "first": short_day(period.first, language),
        "last": short_day(period.last, language),
    }


def _row(row: Row, language: str) -> list[Any]:
    def said(value: int | None) -> str:
        return "–" if value is None else number(value, language)

    return [
        str(row.label),
        said(row.figure.value),
        said(row.out_of.value) if row.out_of else "",
        percent(row.share, language) if row.share is not None else "",
    ]
