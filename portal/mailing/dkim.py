"""Signing what leaves by SMTP with the house's own key: RFC 6376 with RSA, RFC 8463 with Ed25519, relaxed both times.

The lists' headers of RFC 8058 are under the signature, as that standard asks. A header that readers see and that may
stand only once is named once more than it is there, so that none can be added in front of it (RFC 6376 §8.15).
"""

import re
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from textwrap import wrap

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings
from django.utils.translation import gettext as _

#: RFC 8301 §3.2: signers use 2048 bits; what is below 1024 no receiver takes.
SHORTEST = 2048
_ONLY_ONCE = ("from", "to", "subject", "date", "reply-to", "message-id")
_AND = ("mime-version", "content-type", "content-transfer-encoding", "content-language", "auto-submitted",
        "list-id", "list-unsubscribe", "list-unsubscribe-post", "precedence")  # fmt: skip
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:((?:[^\r]|\r\n[ \t])*)\r\n")
_SPACE = re.compile(rb"[ \t\r\n]+")


class NoKey(Exception):
    """The key cannot sign: why, in words for whoever set it up."""


@dataclass(frozen=True)
class Signer:
    """A key that has been read, and under which name its public half stands in the DNS."""

    key: RSAPrivateKey | Ed25519PrivateKey
    selector: str
    domain: str

    @property
    def kind(self) -> str:
        return "rsa" if isinstance(self.key, RSAPrivateKey) else "ed25519"

    def sign(self, said: bytes) -> bytes:
        if isinstance(self.key, RSAPrivateKey):
            return self.key.sign(said, PKCS1v15(), hashes.SHA256())
        return self.key.sign(sha256(said).digest())  # RFC 8463 §3: the digest is what is signed

    @property
    def record(self) -> tuple[str, str]:
        """The name and the text of the TXT record that receivers look up (RFC 6376 §3.6.1, RFC 8463 §4)."""
        public = self.key.public_key()
        if isinstance(self.key, RSAPrivateKey):
            written = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            written = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        name = f"{self.selector}._domainkey.{self.domain}"
        return name, f"v=DKIM1; k={self.kind}; p={b64encode(written).decode()}"


def signed(letter: bytes, now: datetime) -> bytes:
    """The letter with its signature in front; as it is where no key is set. Raises NoKey for one that cannot sign."""
    signer = installed()
    return _signature(letter, signer, now) + letter if signer else letter


def installed() -> Signer | None:
    """The signer the environment names, None where it names no key. Raises NoKey."""
    if not settings.MAIL_DKIM_KEY:
        return None
    return _read(settings.MAIL_DKIM_KEY, settings.MAIL_DKIM_SELECTOR, settings.MAIL_DKIM_DOMAIN)


def aligned(sender_domain: str, domain: str) -> bool:
    """Whether DMARC takes what `domain` vouches for as a letter from the sender's (RFC 7489 §3.1, relaxed)."""
    return sender_domain == domain or sender_domain.endswith(f".{domain}")


@lru_cache(maxsize=2)
def _read(written: str, selector: str, domain: str) -> Signer:
    try:
        key = load_pem_private_key(_pem(written), password=None)
    except OSError as problem:
        raise NoKey(_("The file cannot be read: %(why)s.") % {"why": problem.strerror}) from problem
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise NoKey(_("It is no private key in PEM without a password.")) from problem
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise NoKey(_("It is neither an RSA nor an Ed25519 key."))
    if isinstance(key, RSAPrivateKey) and key.key_size < SHORTEST:
        said = {"bits": key.key_size, "least": SHORTEST}
        raise NoKey(_("The RSA key has %(bits)d bits; it takes at least %(least)d.") % said)
    return Signer(key, selector, domain)


def _pem(written: str) -> bytes:
    """The key itself, its lines perhaps parted by “\\n” as a file of the environment holds them, or the file that holds it."""
    if written.lstrip().startswith("-----BEGIN"):
        return written.replace("\\n", "\n").encode()
    return Path(written).read_bytes()


def _signature(letter: bytes, signer: Signer, now: datetime) -> bytes:
    """The header `DKIM-Signature`, with its line's end (RFC 6376 §3.5, §3.7)."""
    head, _blank, body = letter.partition(b"\r\n\r\n")
    fields = _fields(head + b"\r\n")
    present = [name for name in (*_ONLY_ONCE, *_AND) if name in fields]
    unsigned = _unsigned(signer, [*present, *_ONLY_ONCE], _digest(body), now)
    said = b"".join(_relaxed(name, fields[name]) + b"\r\n" for name in present)
    _name, _colon, value = unsigned.partition(b":")
    signature = signer.sign(said + _relaxed("dkim-signature", value))
    return unsigned + _folded(b64encode(signature).decode()) + b"\r\n"


def _unsigned(signer: Signer, names: list[str], digest: str, now: datetime) -> bytes:
    """All of the header but the signature itself, with which it ends."""
    named = ":\r\n ".join(":".join(some) for some in _by_four(names))
    return (
        f"DKIM-Signature: v=1; a={signer.kind}-sha256; c=relaxed/relaxed;\r\n"
        f" d={signer.domain}; s={signer.selector};\r\n"
        f" t={int(now.timestamp())}; h={named};\r\n"
        f" bh={digest};\r\n b="
    ).encode()


def _by_four(names: list[str]) -> list[list[str]]:
    return [names[first : first + 4] for first in range(0, len(names), 4)]


def _folded(written: str) -> bytes:
    return "\r\n ".join(wrap(written, 72)).encode()


def _fields(head: bytes) -> dict[str, bytes]:
    """The value of each header, unchanged. Ours stand once each."""
    return {name.decode("ascii").lower(): value for name, value in _FIELD.findall(head)}


def _relaxed(name: str, value: bytes) -> bytes:
    """RFC 6376 §3.4.2, without the line's end."""
    return name.encode() + b":" + _SPACE.sub(b" ", value).strip()


def _digest(body: bytes) -> str:
    """Of the body, relaxed (RFC 6376 §3.4.4). Most of ours need no change, and looking for one is cheap."""
    if b"  " in body or b"\t" in body or b" \r\n" in body:
        body = re.sub(rb"[ \t]+(?=\r\n|\Z)", b"", re.sub(rb"[ \t]+", b" ", body))
    end = body.rstrip(b"\r\n")
    return b64encode(sha256(end + b"\r\n" if end else b"").digest()).decode()
