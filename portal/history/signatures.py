"""Ed25519 (RFC 8032): what the ministry signs, anybody can check with its public key and without asking us."""

import os
from base64 import b64decode, b64encode
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def sign(content: bytes) -> str:
    """The signature of some bytes, in base64."""
    return b64encode(_private().sign(content)).decode()


def is_ours(content: bytes, signature: str) -> bool:
    """Whether we signed these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(public_key())).verify(b64decode(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """The 32 bytes that check our signatures, in base64."""
    return b64encode(_private().public_key().public_bytes_raw()).decode()


def _private() -> Ed25519PrivateKey:
    return _key(settings.SIGNING_KEY, settings.SIGNING_KEY_FILE)


@cache
def _key(written: str, file: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(b64decode(written) if written else _kept(file))


def _kept(file: Path) -> bytes:
    """The key of an installation of one machine: made once, readable by its owner alone."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own, so that what a killed process has left stands in nobody's way.
        with NamedTemporaryFile(dir=file.parent, prefix=f"{file.stem}.") as made:
            made.write(Ed25519PrivateKey.generate().private_bytes_raw())
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):  # of two processes that make one at once, the first stays
                os.link(made.name, file)
    return file.read_bytes()
