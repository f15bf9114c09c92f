"""A release on paper, as Decree 30/2020/ND-CP has a document of state laid out."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from portal import printing
from portal.languages.dates import document_day, short_day
from portal.search.models import Entry
from portal.web.models import SiteIdentity

TEMPLATE = Path(__file__).resolve().parent / "printing" / "release.typ"
#: Raised when the look of a printed release changes, so that none is kept from before.
_LOOK = 2


def release(entry: Entry, number: str) -> bytes:
    """The sheet of an entry; raises `portal.printing.NotTypeset`."""
    with override(entry.language):
        particulars = _particulars(entry, number)
    return printing.kept(
        ["release", _LOOK, particulars], "pdf", lambda: printing.typeset(TEMPLATE, particulars)
    )


def _particulars(entry: Entry, number: str) -> dict[str, Any]:
    face, site = entry.face, SiteIdentity.objects.first()
    day = parse_date(face["dated_on"])
    return {
        "language": entry.language,
        "title": entry.title,
        "author": (site.ministry_name if site else "") or [],
        "agency": site.ministry_name if site else "",
        "day": [day.year, day.month, day.day],
        "number": pgettext("of a document", "No. %(number)s") % {"number": number} if number else "",
        "placed": _placed(face.get("place", ""), day, entry.language),
        "standfirst": entry.summary,
        "body": printing.nodes(face.get("body", ""), home=settings.MAIL_ORIGIN),
        "quotes": face.get("quotes", []),
        "background": printing.nodes(face.get("background", ""), home=settings.MAIL_ORIGIN),
        "about": face.get("about", ""),
        "contacts": [
            [part for part in (each["name"], each["office"], each["phone"], each["email"]) if part]
            for each in face.get("contacts", [])
        ],
        "signer": face.get("signer") or None,
        "address": f"{settings.MAIL_ORIGIN}{entry.url}",
        "words": {
            "state": _("SOCIALIST REPUBLIC OF VIET NAM"),
            "motto": _("Independence – Freedom – Happiness"),
            "kind": _("Press release"),
            "background": _("Background for editors"),
            "about": _("About the ministry"),
            "contacts": _("Contacts for the press:"),
        },
    }


def _placed(place: str, day: Any, language: str) -> str:
    said = document_day(day) if language == "vi" else short_day(day, language)
    return f"{place}, {said}" if place else said
