"""What a receiver does with a DKIM signature (RFC 6376 §6.1, RFC 8463), written from the standards and not from our code."""

import base64
import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding
from cryptography.hazmat.primitives.serialization import load_der_public_key


def verifies(letter: bytes, record: str, place: int = 0) -> bool:
    """Whether the signature at this place of the head holds, checked with the TXT record of the key."""
    head, body = letter.split(b"\r\n\r\n", 1)
    headers = _headers(head)
    signatures = [each for each in headers if each[0].strip().lower() == "dkim-signature"]
    name, value = signatures[place]
    tags = _tags(value)
    assert tags["v"] == "1"
    assert tags["c"] == "relaxed/relaxed"
    if "".join(tags["bh"].split()) != _body_hash(body):
        return False
    said = _chosen([each for each in headers if each != (name, value)], tags["h"])
    said += _relaxed(name, value[: value.rindex("b=") + 2])
    return _holds(said.encode(), tags, _tags(record))


def _headers(head: bytes) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in head.decode("latin-1").split("\r\n"):
        if line[:1] in (" ", "\t"):
            found[-1] = (found[-1][0], f"{found[-1][1]}\r\n{line}")
        else:
            name, _colon, value = line.partition(":")
            found.append((name, value))
    return found


def _tags(written: str) -> dict[str, str]:
    pairs = [each.partition("=") for each in written.split(";") if each.strip()]
    return {name.strip(): value.strip() for name, _sign, value in pairs}


def _relaxed(name: str, value: str) -> str:
    unfolded = _one_space(value.replace("\r\n", ""))
    return f"{name.strip().lower()}:{unfolded.strip(' ')}"


def _chosen(headers: list[tuple[str, str]], named: str) -> str:
    """From the bottom up, each header once; a name for which none is left says nothing (§5.4.2)."""
    left = list(reversed(headers))
    said = ""
    for name in named.split(":"):
        found = next((each for each in left if each[0].strip().lower() == name.strip().lower()), None)
        if found:
            left.remove(found)
            said += _relaxed(*found) + "\r\n"
    return said


def _body_hash(body: bytes) -> str:
    lines = [_one_space(line).rstrip(" ") for line in body.decode("latin-1").split("\r\n")]
    while lines and not lines[-1]:
        lines.pop()
    content = "".join(f"{line}\r\n" for line in lines).encode("latin-1")
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def _one_space(line: str) -> str:
    line = line.replace("\t", " ")
    while "  " in line:
        line = line.replace("  ", " ")
    return line


def _holds(said: bytes, tags: dict[str, str], record: dict[str, str]) -> bool:
    signature, public = base64.b64decode(tags["b"]), base64.b64decode(record["p"])
    try:
        if tags["a"] == "ed25519-sha256":
            key = ed25519.Ed25519PublicKey.from_public_bytes(public)
            key.verify(signature, hashlib.sha256(said).digest())
        else:
            load_der_public_key(public).verify(signature, said, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True
