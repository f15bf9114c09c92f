"""Certificates on paper: one PDF for each, or all in one for the printer."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from portal import printing
from portal.languages import LANGUAGES
from portal.languages.dates import document_day, short_day, short_range
from portal.languages.numbers import number
from training.models import Certificate
from training.rules.certificates import qr

TEMPLATE = Path(__file__).resolve().parent / "certificates.typ"
#: Raised when the look of a certificate changes, so that none is kept from before.
_LOOK = 1
#: So many are set by one process, one after the other.
AT_ONCE = 50
WORDS = {
    "state": _("SOCIALIST REPUBLIC OF VIET NAM"),
    "motto": _("Independence – Freedom – Happiness"),
    "certificate": _("Certificate"),
    "number": _("Number"),
    "certifies": _("This certifies that"),
    "days": _("Held on"),
    "hours": _("Length"),
    "place": _("Place"),
    "check": _(
        "The code opens the page of this certificate and carries all of it with our signature: it can be checked without a network."
    ),
}  # fmt: skip


def pdf(certificate: Certificate) -> bytes:
    """The certificate as it was issued, kept once made. Raises `portal.printing.NotTypeset`."""
    return printing.kept(
        ["certificate", _LOOK, certificate.facts, certificate.signature],
        "pdf",
        lambda: each_pdf([certificate])[0],
    )


def each_pdf(certificates: Sequence[Certificate]) -> list[bytes]:
    """A PDF for each. Raises `portal.printing.NotTypeset`."""
    made: list[bytes] = []
    for first in range(0, len(certificates), AT_ONCE):
        sheets = [_sheet([each]) for each in certificates[first : first + AT_ONCE]]
        made += printing.typeset_each(TEMPLATE, sheets)
    return made


def together(certificates: Sequence[Certificate]) -> bytes:
    """All in one PDF, a page each."""
    sheet = _sheet(certificates)
    return printing.typeset(TEMPLATE, sheet.particulars, pictures=sheet.pictures)


def _sheet(certificates: Sequence[Certificate]) -> printing.Sheet:
    first = certificates[0].facts
    issued = date.fromisoformat(first["issued"])
    title = in_both(lambda _language: gettext("Certificate"))["vi"]
    particulars = {
        "language": "vi",
        "title": f"{title} {first['number']}"
        if len(certificates) == 1
        else f"{title}: {first['title']['vi']}",
        "author": first["issuer"]["vi"] or [],
        "day": [issued.year, issued.month, issued.day],
        "words": {name: in_both(lambda _language, said=said: str(said)) for name, said in WORDS.items()},
        "certificates": [_certificate(each) for each in certificates],
    }
    return printing.Sheet(
        particulars, {f"qr-{each.pk or each.number}.svg": qr(each) for each in certificates}
    )


def in_both(say: Callable[..., str]) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say(language)
    return said


def _certificate(each: Certificate) -> dict[str, Any]:
    facts = each.facts
    return {
        **{name: facts[name] for name in ("name", "number", "title", "place", "issuer", "signer")},
        "attended": in_both(
            lambda language: gettext("has attended the %(form)s") % {"form": facts["form"][language]}
        ),
        "days": in_both(lambda language: days_of(facts, language)),
        "hours": in_both(lambda language: hours_in_words(facts, language)),
        "issued": in_both(lambda language: issued_in_words(facts, language)),
        "replaces": in_both(
            lambda _language: gettext("Issued in place of %(number)s") % {"number": facts["replaces"]}
        )["vi"]
        if facts.get("replaces")
        else "",
        "code": each.address_code,
        "picture": f"/pictures/qr-{each.pk or each.number}.svg",
        "alt": in_both(
            lambda _language: gettext("QR code of certificate %(number)s") % {"number": facts["number"]}
        )["vi"],
    }


def days_of(facts: dict[str, Any], language: str) -> str:
    first, last = date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])
    return short_day(first, language) if first == last else short_range(first, last, language)


def hours_in_words(facts: dict[str, Any], language: str) -> str:
    """A half counts as many: 1.5 hours."""
    value = Decimal(facts["hours"])
    many = 1 if value == 1 else 2
    return ngettext("%(number)s hour", "%(number)s hours", many) % {"number": number(value, language)}


def issued_in_words(facts: dict[str, Any], language: str) -> str:
    day = date.fromisoformat(facts["issued"])
    said = document_day(day) if language == "vi" else short_day(day, language)
    return gettext("Issued on %(day)s") % {"day": said}
