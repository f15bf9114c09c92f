"""The letters of an installation without a mail server: files that staff can look at, instead of mail that nobody gets."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

NEWEST = 100


@dataclass(frozen=True)
class Kept:
    """One letter of the folder."""

    name: str
    at: datetime
    to: str
    subject: str


def is_in_use() -> bool:
    """Only where nothing leaves the machine, and never in production: letters hold what is meant for one person."""
    return not settings.EMAIL_HOST and not settings.PRODUCTION


def newest() -> list[Kept]:
    files = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [_kept(path) for path in files[:NEWEST]]


def letter(name: str) -> EmailMessage | None:
    """A letter by the name of its file; None when there is none of that name."""
    path = _folder() / Path(name).name
    return _read(path) if path.suffix == ".eml" and path.is_file() else None


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _kept(path: Path) -> Kept:
    read = _read(path)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return Kept(path.name, at, str(read.get("To", "")), str(read.get("Subject", "")))


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)  # type: ignore[return-value]
