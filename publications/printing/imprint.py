"""What an issue says of itself: its name, its quarter and day, its page, and the imprint.

The law of bulletins (Luật Báo chí, the licence of a bản tin) asks of the first page the words BẢN TIN, name, publisher
and date; of the last one licence, place of printing, print run, period and who is responsible; pages of at most 19 × 27 cm.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from portal.languages.dates import Quarter, short_day
from portal.languages.numbers import number

Issue = dict[str, Any]

WIDEST_MM, HIGHEST_MM = 190, 270
NARROWEST_MM, LOWEST_MM = 140, 190


def name_of(issue: Issue) -> str:
    """The bulletin's name: that of its licence, or the title of the issue."""
    return issue.get("name") or issue.get("title") or _("Bulletin")


def period(issue: Issue, language: str) -> str:
    """ "Quý III/2026" or "Third quarter of 2026"."""
    return Quarter(issue["year"], issue["quarter"]).title(language)


def day_of(issue: Issue) -> date:
    """The day on the first page; without one, the last day of the quarter."""
    return day_in(issue.get("dated")) or Quarter(issue["year"], issue["quarter"]).last_day


def page_of(issue: Issue) -> dict[str, float]:
    """Width and height in millimetres, as licensed, within what the law and the design allow."""
    licence = issue.get("licence") or {}
    width, height = licence.get("width_mm") or WIDEST_MM, licence.get("height_mm") or HIGHEST_MM
    return {
        "width": min(max(width, NARROWEST_MM), WIDEST_MM),
        "height": min(max(height, LOWEST_MM), HIGHEST_MM),
    }


def rows(issue: Issue, language: str, page: dict[str, float]) -> Iterator[tuple[str, str]]:
    """What the last page says, each line with its label."""
    licence, imprint = issue.get("licence") or {}, issue.get("imprint") or {}
    run = imprint.get("print_run")
    yield _("Responsible for publication"), imprint.get("responsible") or ""
    yield _("Publisher"), issue.get("publisher") or ""
    yield _("Editorial office"), imprint.get("office") or ""
    yield _("Licence"), _licence(licence, language) if licence else ""
    yield (
        _("Period of publication"),
        _("Quarterly; this issue: %(period)s") % {"period": period(issue, language)},
    )
    yield _("Number of the issue"), str(issue.get("number") or "")
    yield _("Date of issue"), short_day(day_of(issue), language)
    yield _("Printed at"), imprint.get("printed_at") or ""
    yield _("Print run"), _("%(count)s copies") % {"count": number(run, language)} if run else ""
    yield (
        _("Page size"),
        _("%(width)s × %(height)s cm")
        % {
            side: number(page[side] / 10, language).removesuffix(".0").removesuffix(",0")
            for side in ("width", "height")
        },
    )


def _licence(licence: dict[str, Any], language: str) -> str:
    issued = day_in(licence.get("issued_on"))
    said = {
        "number": licence.get("number") or "",
        "day": short_day(issued, language) if issued else "",
        "issuer": licence.get("issuer") or "",
    }
    if said["day"] and said["issuer"]:
        return _("No. %(number)s, issued on %(day)s by %(issuer)s") % said
    return _("No. %(number)s") % said


def day_in(written: Any) -> date | None:
    """A day or a moment in ISO 8601; the moment as it is."""
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except (TypeError, ValueError):
        return None
