"""The letters of an installation without a mail server: files that staff can look at, instead of mail that nobody gets."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from pathlib import Path

from django.conf import settings

NEWEST = 100
_TOKEN = re.compile(r"--bounce\+([0-9a-f]{32})-")


@dataclass(frozen=True)
class Kept:
    """One letter of the folder."""

    name: str
    at: datetime
    to: str
    subject: str

    @property
    def token(self) -> str:
        return token_in(self.name)


def is_in_use() -> bool:
    """Only where nothing leaves the machine, and never in production: letters hold what is meant for one person."""
    return not settings.EMAIL_HOST and not settings.PRODUCTION


def newest() -> list[Kept]:
    files = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_kept(path) for path in files[:NEWEST]]


def letter(name: str) -> Message | None:
    """A letter by the name of its file; None when there is none of that name."""
    path = _folder() / Path(name).name
    return _read(path) if path.suffix == ".eml" and path.is_file() else None


def token_in(name: str) -> str:
    """Its delivery's token, from the return path that the name of the file ends with; "" for a file of another making."""
    found = _TOKEN.search(name)
    return found.group(1) if found else ""


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _kept(path: Path) -> Kept:
    read = _read(path)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Kept(path.name, at, header(read, "To"), header(read, "Subject"))


def header(letter: Message, name: str) -> str:
    """A header as people read it. (Python's structured headers put spaces between the halves of a long name.)"""
    return str(make_header(decode_header(str(letter.get(name, "")))))


def part(letter: Message, kind: str) -> str:
    """The words of one kind, "plain" or "html"; "" where there are none."""
    found = next((each for each in letter.walk() if each.get_content_type() == f"text/{kind}"), None)
    payload = found.get_payload(decode=True) if found else None
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _read(path: Path) -> Message:
    return message_from_bytes(path.read_bytes())
