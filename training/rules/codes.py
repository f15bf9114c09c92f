"""What the QR code of a seat says: which event, whose seat, and our signature (Ed25519, RFC 8032).

base64url without "=" of 87 bytes: "T", 1, the event's number (4 bytes, big-endian), the key of the registration
(16 bytes), "." and the signature of these 23 (64 bytes). Whoever has our public key checks it without asking us.
"""

from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

from portal.history import signatures
from training.models import Registration

_HEAD = b"T\x01"
_SIGNED, _WHOLE = 23, 87


@dataclass(frozen=True)
class Code:
    """What a genuine code names; whether the seat is still held is another question."""

    event: int
    key: UUID


def code_of(registration: Registration) -> str:
    said = _HEAD + registration.event_id.to_bytes(4, "big") + registration.key.bytes + b"."
    return urlsafe_b64encode(said + b64decode(signatures.sign(said))).decode().rstrip("=")


def read_code(text: str) -> Code:
    """Raises LookupError for what we have not signed."""
    try:
        whole = urlsafe_b64decode(text.strip().encode("ascii") + b"==")
    except (Error, ValueError) as problem:
        raise LookupError("no code of ours") from problem
    said, signature = whole[:_SIGNED], whole[_SIGNED:]
    if len(whole) != _WHOLE or not said.startswith(_HEAD):
        raise LookupError("no code of ours")
    if not signatures.is_ours(said, b64encode(signature).decode()):
        raise LookupError("a forged code")
    return Code(int.from_bytes(said[2:6], "big"), UUID(bytes=said[6:22]))
