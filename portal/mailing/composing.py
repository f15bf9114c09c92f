"""The bytes of a letter. A message is composed once; a recipient's copy differs in a few headers and one token.

In the words of a message, STAND_IN stands for the recipient's own token: in the address of its page, and nowhere else.
GREETING stands where a letter greets: a post with its own salutation, everybody else in the common words.
"""

import re
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from itertools import pairwise

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.mailing import dkim
from portal.mailing.models import Delivery, Message

#: As long as a token, so that lines of quoted-printable break at the same places.
STAND_IN = "0123456789abcdefTHETOKEN89abcdef"
GREETING = "⟦greeting⟧"
_STAND_IN_QP = re.compile(rb"(?:=\r\n)?".join(re.escape(letter.encode()) for letter in STAND_IN))
#: What may stand between angle brackets, in a header and in an envelope; `directory.emails` is stricter, and earlier.
_ADDRESS = re.compile(r"[^\s<>@,;:\\\"\x00-\x20\x7f-\uffff]{1,64}@[A-Za-z0-9.\-]{1,253}", re.ASCII)
_BREAK = b"=\r\n"
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


@dataclass(frozen=True)
class Body:
    """The MIME headers and parts of a message, cut where the token stands."""

    headers: bytes
    pieces: tuple[bytes, ...]
    breaks: tuple[
        tuple[int, ...], ...
    ]  # between two pieces: where in the token a line of quoted-printable breaks

    def for_token(self, token: str) -> bytes:
        said = [self.pieces[0]]
        for breaks, piece in zip(self.breaks, self.pieces[1:], strict=True):
            said += [_broken(token.encode(), breaks), piece]
        return b"".join(said)


def _broken(token: bytes, breaks: tuple[int, ...]) -> bytes:
    ends = [0, *breaks, len(token)]
    return _BREAK.join(token[start:end] for start, end in pairwise(ends))


@lru_cache(maxsize=64)  # one message to posts of as many salutations
def body_of(text: str, html: str, calendar: str = "", greets: str = "") -> Body:
    """The parts of a message as they travel: text first, HTML and a calendar as its alternatives, all quoted-printable."""
    text, html = greeted(text, greets), greeted(html, escape(greets))
    if html or calendar:
        boundary = "=_portal_alternative"
        headers = f'MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'
        parts = [("plain", text, ""), ("html", html, ""), ("calendar", calendar, _method(calendar))]
        content = b"".join(
            f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8{more}\r\n".encode()
            + b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
            + _quoted(words)
            + b"\r\n"
            for kind, words, more in parts
            if words
        )
        content += f"--{boundary}--\r\n".encode()
    else:
        headers = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        headers += "Content-Transfer-Encoding: quoted-printable\r\n"
        content = _quoted(text)
    pieces, breaks, end = [], [], 0
    for found in _STAND_IN_QP.finditer(content):
        pieces.append(content[end : found.start()])
        breaks.append(_breaks(found.group()))
        end = found.end()
    return Body(headers.encode(), (*pieces, content[end:]), tuple(breaks))


def _method(calendar: str) -> str:
    """What a calendar's own METHOD says, said again where mail programs look for it (RFC 6047 §2.4)."""
    named = _METHOD.search(calendar)
    return f"; method={named[1]}" if named else ""


def _quoted(words: str) -> bytes:
    """Quoted-printable with CRLF; no line is longer than 76 characters, none begins with a dot or “From ”."""
    lines = "\n".join(words.splitlines()) + "\n"
    return b2a_qp(lines.encode(), istext=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _breaks(found: bytes) -> tuple[int, ...]:
    at, breaks = 0, []
    for chunk in found.split(_BREAK)[:-1]:
        at += len(chunk)
        breaks.append(at)
    return tuple(breaks)


def composed(delivery: Delivery, now: datetime) -> bytes:
    """The whole letter for one recipient, signed where there is a key, CRLF at every line's end."""
    message = delivery.message
    body = body_of(message.text, message.html, message.calendar, greeting(delivery))
    letter = _headers(message, delivery, now) + body.headers + b"\r\n" + body.for_token(delivery.token)
    return dkim.signed(letter, now)


def greeting(delivery: Delivery) -> str:
    """How this copy greets; "" where the words have no place for it, so that all copies share their body."""
    message = delivery.message
    if GREETING not in message.text and GREETING not in message.html:
        return ""
    return delivery.salutation or common_greeting(message.language)


def common_greeting(language: str) -> str:
    """For readers whose salutation nobody has written down."""
    with override(language):
        return _("Dear reader,")


def greeted(words: str, greets: str) -> str:
    """The words with the greeting in its place: the first, for what follows may quote anything."""
    return words.replace(GREETING, greets, 1)


def _headers(message: Message, delivery: Delivery, now: datetime) -> bytes:
    said = [
        _same_for_all(message.sender, message.subject, message.reply_to),
        f"To: {mailbox(delivery.name, delivery.email)}\r\n",
        f"Date: {format_datetime(now)}\r\n",
        *_machine_headers(message, delivery),
    ]
    return "".join(said).encode()


@lru_cache(maxsize=8)
def _same_for_all(sender: str, subject: str, reply_to: str) -> str:
    said = {"From": mailbox(*parseaddr(sender)), "Subject": _encoded(one_line(subject), "Subject")}
    if reply_to:
        said["Reply-To"] = mailbox(*parseaddr(reply_to))
    return "".join(f"{name}: {value}\r\n" for name, value in said.items())


def _machine_headers(message: Message, delivery: Delivery) -> list[str]:
    """What programs read, each on one line: not all of them unfold."""
    said = {
        "Message-ID": message_id(delivery),
        "Content-Language": message.language,
        "Auto-Submitted": "auto-generated",
    }
    if message.list_id:
        said |= {
            "List-Id": f"<{message.list_id}.{settings.MAIL_DOMAIN}>",
            # RFC 8058: this address takes a POST without a question; a reader's click opens the page that asks.
            "List-Unsubscribe": f"<{leave_url(delivery.token)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }
    return [f"{name}: {value}\r\n" for name, value in said.items()]


def one_line(words: str) -> str:
    """Without line breaks and other control characters: nobody adds a header through a name or a subject."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())


def mailbox(name: str, email: str) -> str:
    """Name and address as they stand in a header (RFC 5322, RFC 2047). Raises ValueError for what is no address."""
    if not _ADDRESS.fullmatch(email):
        raise ValueError(f"no address: {email!r}")
    name = one_line(name)
    if not name:
        return f"<{email}>"
    return formataddr((name, email)) if name.isascii() else f"{_encoded(name, 'To')}\r\n <{email}>"


def _encoded(words: str, header: str) -> str:
    """In encoded words where it must be, on lines of 76 characters at most."""
    charset = "us-ascii" if words.isascii() else "utf-8"
    return Header(words, charset, header_name=header, maxlinelen=76).encode(linesep="\r\n")


def message_id(delivery: Delivery) -> str:
    """The same for every try, so that a receiver who gets a letter twice can tell."""
    return f"<{delivery.token}@{settings.MAIL_DOMAIN}>"


def own_mail_url() -> str:
    """The recipient's own page, as it is written into a message: in the active language, with the stand-in."""
    return f"{settings.MAIL_ORIGIN}{reverse('mailing:own_mail', args=[STAND_IN])}"


def leave_url(token: str) -> str:
    """Where this recipient's mail client says “no more”."""
    return f"{settings.MAIL_ORIGIN}/mail/{token}/leave/"
