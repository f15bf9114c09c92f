"""Name badges to be cut out, eight to a sheet."""

from pathlib import Path
from typing import Any

import segno
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.languages.dates import clock, short_day, short_range
from portal.printing import typeset
from portal.web.models import SiteIdentity
from training.models import Event, Registration, Session
from training.rules.badges import by_given_name, short_code_of, unit_of
from training.rules.codes import code_of

TEMPLATE = Path(__file__).resolve().parent / "badges.typ"


def pdf(event: Event, language: str) -> bytes:
    """A badge for everybody with a seat, by given name. Raises `portal.printing.NotTypeset`."""
    with override(language):
        people = sorted(event.registrations.seated().select_related("unit"), key=by_given_name)
        particulars = about(event, language, _("Name badges")) | {
            "when": " · ".join(
                part for part in (days_of(event, language), event.text("place", language)) if part
            ),
            "badges": [_badge(each) for each in people],
            "nobody": _("Nobody has a seat yet."),
        }
        codes = {f"qr-{each.pk}.svg": _qr(each) for each in people}
        return typeset(TEMPLATE, particulars, pictures=codes)


def about(event: Event, language: str, kind: str) -> dict[str, Any]:
    """What every printed sheet of an event says of it. In the active language."""
    site, first = SiteIdentity.objects.first(), event.begins_on
    name = event.text("title", language) or str(event)
    return {
        "language": language,
        "title": f"{kind}: {name}",
        "kind": kind,
        "event": name,
        "author": site.ministry_name if site else [],
        "issuer": site.ministry_name if site else "",
        "day": [first.year, first.month, first.day],
    }


def days_of(event: Event, language: str) -> str:
    if event.begins_on == event.ends_on:
        return short_day(event.begins_on, language)
    return short_range(event.begins_on, event.ends_on, language)


def session_in_words(session: Session, language: str) -> str:
    hours = f"{clock(session.begins_at)}–{clock(session.ends_at)}"
    return " · ".join(
        part
        for part in (f"{short_day(session.begins_at, language)}, {hours}", session.title, session.room)
        if part
    )


def _badge(each: Registration) -> dict[str, str]:
    code = short_code_of(each)
    return {
        "name": each.full_name,
        "unit": unit_of(each),
        "position": each.job_title,
        "code": code,
        "picture": f"/pictures/qr-{each.pk}.svg",
        "alt": _("QR code of badge %(code)s") % {"code": code},
    }


def _qr(each: Registration) -> bytes:
    made = segno.make(code_of(each), error="m", micro=False, boost_error=False, mask=4)
    return made.svg_inline(border=0, dark="#000000", omitsize=True).encode()
