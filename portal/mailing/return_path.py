"""The envelope sender of each copy: opaque, signed, so that only answers to what we sent are believed (VERP)."""

import hmac
import re
from hashlib import sha256

from django.conf import settings

_PATTERN = re.compile(r"bounce\+([0-9a-f]{32})-([0-9a-f]{16})@", re.IGNORECASE)


def return_path(token: str) -> str:
    return f"bounce+{token}-{_signature(token)}@{settings.MAIL_DOMAIN}"


def token_of(address: str) -> str | None:
    """The delivery's token in an address that came back; None for a forged or foreign one."""
    found = _PATTERN.match(address.strip().strip("<>"))
    if found is None:
        return None
    token, signature = found.group(1).lower(), found.group(2).lower()
    return token if hmac.compare_digest(signature, _signature(token)) else None


def _signature(token: str) -> str:
    key = f"return path {settings.SECRET_KEY}".encode()
    return hmac.new(key, token.encode(), sha256).hexdigest()[:16]
