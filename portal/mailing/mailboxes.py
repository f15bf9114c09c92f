"""Where bounces are fetched from: a Maildir folder, or a mailbox over IMAP or POP. What was entered is taken out of it."""

import imaplib
import logging
import poplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from mailbox import Maildir
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

from portal.mailing import bounces

log = logging.getLogger(__name__)
AT_ONCE = 200


def fetch(now: datetime) -> int:
    """Read what has come into the mailbox of the environment (none: nothing); answers how much of it counted."""
    place = urlsplit(settings.MAIL_BOUNCES)
    if place.scheme == "maildir":
        return _from_maildir(place.path, now)
    if place.scheme == "imaps":
        return _from_imap(place, now)
    return _from_pop(place, now) if place.scheme == "pops" else 0


def _from_maildir(folder: str, now: datetime) -> int:
    box, counted = Maildir(folder, create=True), 0
    for key in list(box.keys())[:AT_ONCE]:
        counted += bounces.take(box.get_bytes(key), now=now) is not None
        box.discard(key)  # after it is entered: read twice, it is one
    return counted


def _from_imap(place: SplitResult, now: datetime) -> int:
    counted = 0
    try:
        with _signed_in(place) as box:
            _status, found = box.search(None, "ALL")
            for number in found[0].split()[:AT_ONCE]:
                _status, parts = box.fetch(number, "(BODY.PEEK[])")
                counted += bounces.take(_letter(parts), now=now) is not None
                box.store(number, "+FLAGS", "\\Deleted")
            box.expunge()
    except (OSError, imaplib.IMAP4.error) as problem:
        log.warning("The mailbox for bounces is not to be read: %s", problem)
    return counted


def _from_pop(place: SplitResult, now: datetime) -> int:
    """What was read is deleted when the server hears the farewell; heard twice, it is one."""
    counted = 0
    try:
        believed = ssl.create_default_context()
        box = poplib.POP3_SSL(place.hostname or "", place.port or 995, context=believed, timeout=30)
        try:
            box.user(unquote(place.username or ""))
            box.pass_(unquote(place.password or ""))
            for number in range(1, min(box.stat()[0], AT_ONCE) + 1):
                _status, lines, _size = box.retr(number)
                counted += bounces.take(b"\r\n".join(lines), now=now) is not None
                box.dele(number)
        finally:
            box.quit()
    except (OSError, poplib.error_proto) as problem:
        log.warning("The mailbox for bounces is not to be read: %s", problem)
    return counted


@contextmanager
def _signed_in(place: SplitResult) -> Iterator[imaplib.IMAP4]:
    believed = ssl.create_default_context()  # without one imaplib gives the password to whoever answers
    box = imaplib.IMAP4_SSL(place.hostname or "", place.port or 993, ssl_context=believed, timeout=30)
    try:
        box.login(unquote(place.username or ""), unquote(place.password or ""))
        box.select(place.path.strip("/") or "INBOX")
        yield box
    finally:
        box.logout()


def _letter(parts: list[Any]) -> bytes:
    """The words of a fetched letter (imaplib gives them beside the line that announces them)."""
    return next((part[1] for part in parts if isinstance(part, tuple)), b"")
