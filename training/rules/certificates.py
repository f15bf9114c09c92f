"""What a certificate says, how it is signed, and how its QR code carries both. See docs/certificates.md.

The facts are canonical JSON (sorted keys, no spaces, UTF-8); Ed25519 signs these bytes. The QR code holds the address of
the public page and, behind “#”, base32 of: the facts, deflated (RFC 1951) · the 64 bytes of the signature. What stands
behind “#” is never sent to a server, and is enough to check the certificate without one.
"""

import json
import zlib
from base64 import b32decode, b32encode, b64decode, b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.history import signatures
from portal.languages import LANGUAGES, other
from portal.languages.dates import vietnamese_day
from portal.people.models import Person
from portal.web.models import SiteIdentity
from training.models import Certificate, Event, Session

SIGNATURE, MOST = 64, 20_000


@dataclass(frozen=True)
class Terms:
    """What is the same on all certificates of one issue."""

    signer: Person
    hours: Decimal
    issued_on: date


def common_facts(event: Event, terms: Terms) -> dict[str, Any]:
    """Everything that is certified about an event, in both languages."""
    return {
        "title": _both(lambda language: event.text("title", language)),
        "form": _both(lambda language: _form(event, language)),
        "from": event.begins_on.isoformat(),
        "to": event.ends_on.isoformat(),
        "hours": hours_written(terms.hours),
        "place": _both(lambda language: event.text("place", language)),
        "signer": {
            "name": terms.signer.full_name,
            **_both(lambda language: terms.signer.title_on(terms.issued_on, language)),
        },
        "issuer": _issuer(),
        "issued": terms.issued_on.isoformat(),
    }


def facts_of(common: dict[str, Any], *, name: str, number: str, replaces: str = "") -> dict[str, Any]:
    """Everything that is certified about one person."""
    said = {**common, "name": name, "number": number}
    return said | ({"replaces": replaces} if replaces else {})


def _both(say: Any) -> dict[str, str]:
    """In both languages; what there is in one alone stands in both."""
    return {language: say(language) or say(other(language)) or "" for language in LANGUAGES}


def _form(event: Event, language: str) -> str:
    with override(language):
        return str(event.get_form_display())


def _issuer() -> dict[str, str]:
    site = SiteIdentity.objects.first()
    return _both(lambda language: getattr(site, f"ministry_name_{language}", "") or "")


def hours_written(hours: Decimal) -> str:
    """18, 6.5"""
    return f"{hours.normalize():f}"


def hours_of(sessions: list[Session]) -> Decimal:
    """The hours of the sessions together, to the quarter."""
    seconds = sum(each.length.total_seconds() for each in sessions)
    return (Decimal(round(seconds / 900)) / 4).normalize()


def canonical(facts: dict[str, Any]) -> bytes:
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def check_code_of(signature: str) -> str:
    """Sixteen letters and figures that nobody can know who has not seen the certificate."""
    return b32encode(sha256(b64decode(signature)).digest()[:10]).decode()


def carried(certificate: Certificate) -> str:
    """What stands behind “#” in the QR code."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    squeezed = squeezer.compress(canonical(certificate.facts)) + squeezer.flush()
    return b32encode(squeezed + b64decode(certificate.signature)).decode().rstrip("=")


def read_carried(text: str) -> dict[str, Any]:
    """The facts a QR code carries, when we have signed them. Raises LookupError."""
    try:
        content = b32decode(text.strip() + "=" * (-len(text.strip()) % 8))
        opener = zlib.decompressobj(-zlib.MAX_WBITS)
        said = opener.decompress(content[:-SIGNATURE], MOST)
    except (Error, ValueError, zlib.error) as problem:
        raise LookupError("no certificate of ours") from problem
    if not signatures.is_ours(said, b64encode(content[-SIGNATURE:]).decode()):
        raise LookupError("not signed by us")
    return json.loads(said)


def public_url(certificate: Certificate, language: str) -> str:
    with override(language):
        return settings.MAIL_ORIGIN + reverse("training:certificate", args=[certificate.address_code])


def qr(certificate: Certificate) -> bytes:
    """The QR code as SVG. What it carries is set in its densest mode; with a fixed mask it is made eight times as fast."""
    address = public_url(certificate, "vi") + "#"
    parts: Any = [(address, None, None), (carried(certificate), None, None)]
    made = segno.make(parts, error="l", boost_error=False, micro=False, mask=4)
    return made.svg_inline(border=0, dark="#000000", omitsize=True).encode()


def ended_on(certificate: Certificate) -> date | None:
    """The Vietnamese day it was revoked or replaced."""
    ended = certificate.revoked_at or certificate.replaced_at
    return vietnamese_day(ended) if ended else None
