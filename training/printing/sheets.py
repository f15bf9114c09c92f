"""Sign-in sheets, as they were laid out when they were printed first."""

from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from portal.printing import typeset
from training.models import Sheet
from training.printing.badges import about, days_of, session_in_words
from training.rules.badges import unit_of

TEMPLATE = Path(__file__).resolve().parent / "sheets.typ"


def pdf(sheet: Sheet, language: str) -> bytes:
    """Raises `portal.printing.NotTypeset`."""
    with override(language):
        rows = list(sheet.rows.select_related("registration__unit"))
        when = session_in_words(sheet.session, language) if sheet.session else days_of(sheet.event, language)
        particulars = about(sheet.event, language, _("Sign-in sheet")) | {
            "number": _("Sheet %(number)d") % {"number": sheet.number},
            "when": when,
            "how": _(
                "Please sign beside your name. The codes are typed into the portal afterwards, sheet by sheet."
            ),
            "columns": [
                pgettext("of a row", "Code"),
                _("Name"),
                _("Position"),
                pgettext("by hand", "Signature"),
            ],
            "units": [
                {"name": unit or _("Without a unit"), "people": [_person(each) for each in people]}
                for unit, people in groupby(rows, key=lambda row: unit_of(row.registration))
            ],
            "page": _("Page"),
        }
        return typeset(TEMPLATE, particulars)


def _person(row: Any) -> list[str]:
    return [row.code, row.registration.full_name, row.registration.job_title]
