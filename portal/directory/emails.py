"""How an e-mail address is kept: as it is sent. See `docs/decisions/0007-addresses-are-kept-as-sent.md`."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused

LONGEST = 254  # RFC 5321 §4.5.3.1.3: a path of 256 octets, its two angle brackets taken off
LONGEST_LOCAL = 64  # RFC 5321 §4.5.3.1.1


def sendable(written: str) -> str:
    """The address as mail servers get it: domain in small ASCII letters (IDNA), no display name. Raises Refused."""
    local, at, domain = written.strip().rpartition("@")
    try:
        address = f"{local}{at}{punycode(domain).lower()}"
        validate_email(address)
    except (UnicodeError, ValidationError) as problem:
        raise Refused(
            _("“%(written)s” is not an e-mail address.") % {"written": _shown(written)}
        ) from problem
    if not local.isascii():
        raise Refused(
            _("“%(written)s” has letters before the @ that not every mail server takes.")
            % {"written": _shown(written)}
        )
    if len(address) > LONGEST or len(local) > LONGEST_LOCAL:
        raise Refused(_("“%(written)s” is too long for an e-mail address.") % {"written": _shown(written)})
    return address


def readable(address: str) -> str:
    """The address for people: the domain in its own letters where they can be told."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{domain.encode('ascii').decode('idna')}"
    except UnicodeError:
        return address


def _shown(written: str) -> str:
    """On one line and not for ever: what is refused may be anything."""
    return " ".join(written.split())[:100]
