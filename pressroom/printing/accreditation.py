"""Badges to be cut out, eight to a sheet, and the list for the gate."""

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from portal.languages.dates import clock, short_day, short_range
from portal.languages.numbers import number
from portal.printing import typeset
from portal.web.models import SiteIdentity
from pressroom.models import AccreditationRequest, AccreditationRound

HERE = Path(__file__).resolve().parent


def badges_pdf(round_: AccreditationRound, language: str) -> bytes:
    """A badge for everybody accepted, by given name. Raises `portal.printing.NotTypeset`."""
    with override(language):
        return _badges(round_, language)


def _badges(round_: AccreditationRound, language: str) -> bytes:
    badges = list(_accepted(round_))
    particulars = _particulars(round_, language, _("Press badges")) | {
        "badges": [_badge(each) for each in badges],
        "press": ["BÁO CHÍ", "PRESS"],
        "nobody": _("Nobody has been accepted yet."),
    }
    codes = {f"qr-{each.pk}.svg": _qr(each) for each in badges}
    return typeset(HERE / "badges.typ", particulars, pictures=codes)


def gate_pdf(round_: AccreditationRound, language: str) -> bytes:
    """Who may come in, by given name, with room for a mark. Raises `portal.printing.NotTypeset`."""
    with override(language):
        return _gate(round_, language)


def _gate(round_: AccreditationRound, language: str) -> bytes:
    people = list(_accepted(round_))
    inside = sum(each.checked_in_at is not None for each in people)
    particulars = _particulars(round_, language, _("Gate list")) | {
        "people": [_line(each) for each in people],
        "columns": [
            "#",
            _("Name"),
            _("Outlet"),
            _("Card or permit"),
            pgettext("badge", "Code"),
            _("Came in"),
        ],
        "counted": ngettext("%(number)s person", "%(number)s people", len(people))
        % {"number": number(len(people), language)},
        "inside": _("%(number)s have come in") % {"number": number(inside, language)},
        "nobody": _("Nobody has been accepted yet."),
        "page": _("Page"),
    }
    return typeset(HERE / "gate.typ", particulars)


def _accepted(round_: AccreditationRound) -> Iterable[AccreditationRequest]:
    return round_.requests.accepted().select_related("outlet").order_by("sorted_by", "pk")


def _particulars(round_: AccreditationRound, language: str, kind: str) -> dict[str, Any]:
    site = SiteIdentity.objects.first()
    first = round_.first_day
    return {
        "language": language,
        "title": f"{kind}: {round_.titled(language)}",
        "kind": kind,
        "event": round_.titled(language),
        "place": getattr(round_, f"place_{language}") or round_.place_vi,
        "days": days_of(round_, language),
        "author": site.ministry_name if site else [],
        "issuer": site.ministry_name if site else "",
        "day": [first.year, first.month, first.day],
    }


def days_of(round_: AccreditationRound, language: str) -> str:
    if round_.first_day == round_.last_day:
        return short_day(round_.first_day, language)
    return short_range(round_.first_day, round_.last_day, language)


def _badge(request: AccreditationRequest) -> dict[str, Any]:
    return {
        "name": request.full_name,
        "outlet": request.outlet_shown,
        "role": request.role,
        "code": request.code,
        "picture": f"/pictures/qr-{request.pk}.svg",
        "alt": _("QR code of badge %(code)s") % {"code": request.code},
    }


def gate_url(code: str) -> str:
    """Where a scan at the gate leads: a page of the staff, worth nothing to anybody else."""
    return f"{settings.MAIL_ORIGIN}{reverse('admin:pressroom_accreditation_badge', args=[code])}"


def _qr(request: AccreditationRequest) -> bytes:
    drawn = io.BytesIO()
    segno.make(gate_url(request.code), error="m", micro=False).save(
        drawn, kind="svg", border=0, dark="#1c1e3c"
    )
    return drawn.getvalue()


def _line(request: AccreditationRequest) -> list[str]:
    came = clock(request.checked_in_at) if request.checked_in_at else ""
    return [request.full_name, request.outlet_shown, request.card_number, request.code, came]
