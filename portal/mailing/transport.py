"""Handing a letter over: first the envelope, which can be refused without harm, then the words, which cannot be taken back."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.conf import settings

SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What the server said: its code, the status of RFC 3463 when it gave one, its words."""

    code: int
    words: str = ""

    @property
    def is_yes(self) -> bool:
        return 200 <= self.code < 300

    @property
    def is_for_now(self) -> bool:
        """A no that may become a yes."""
        return 400 <= self.code < 500

    @property
    def status(self) -> str:
        """Like "5.1.1"; "" when the server gave none."""
        found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})\b", self.words)
        return found.group(1) if found else ""

    def __str__(self) -> str:
        return f"{self.code} {self.words}".strip()[:500]


class Unreachable(Exception):
    """No connection, or one that broke before anything was handed over: nothing is lost, try later."""


class Silence(Exception):
    """The connection broke after the words had begun to travel: nobody knows whether they arrived."""


@dataclass(frozen=True)
class Envelope:
    """From whom and to whom, of addresses that `composing.mailbox` has let through."""

    sender: str
    recipient: str


class Connection(Protocol):
    """One conversation with a mail server: for each letter `offer`, `offered`, `announce`, `hand_over`, in this order."""

    def offer(self, envelope: Envelope) -> None:
        """Begin to name the envelope, unless the words before have brought it along. Raises Unreachable."""

    def offered(self) -> Answer:
        """What the server says to it. Raises Unreachable."""

    def announce(self) -> None:
        """Say that the words come now. Raises Unreachable."""

    def hand_over(self, letter: bytes, following: Envelope | None = None) -> Answer:
        """Send the words of the letter offered. Raises Unreachable before they travel, Silence afterwards.

        A server that takes several commands at once gets the following envelope with them.
        """

    def take_back(self) -> None:
        """Forget the envelope offered. Raises Unreachable."""

    def close(self) -> None: ...


class SmtpConnection:
    """Plain SMTP (RFC 5321) to the server named in the environment, with PIPELINING (RFC 2920) where it is there."""

    def __init__(self) -> None:
        self._named: Envelope | None = None  # named, and the server's answer not read yet
        with _nothing_lost():
            self._smtp = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=SECONDS)
        try:
            with _nothing_lost():
                self._greet()
        except Unreachable:
            self._smtp.close()
            raise
        self._takes_several = self._smtp.has_extn("pipelining")

    def _greet(self) -> None:
        if settings.EMAIL_USE_TLS:
            self._smtp.starttls(context=ssl.create_default_context())
        self._smtp.ehlo_or_helo_if_needed()
        if settings.EMAIL_HOST_USER:
            self._smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)

    def offer(self, envelope: Envelope) -> None:
        if self._named == envelope:
            return
        with _nothing_lost():
            if self._named:
                self.offered()
                self.take_back()
            self._smtp.send(self._naming(envelope))
        self._named = envelope

    def offered(self) -> Answer:
        envelope, self._named = self._named, None
        with _nothing_lost():
            answer = self._answer()
            if envelope is None or not (answer.is_yes or self._takes_several):
                return answer
            if not self._takes_several:
                self._smtp.send(_recipient(envelope))
            second = self._answer()
            return second if answer.is_yes else answer

    def announce(self) -> None:
        with _nothing_lost():
            self._smtp.send(b"DATA\r\n")

    def hand_over(self, letter: bytes, following: Envelope | None = None) -> Answer:
        with _nothing_lost():
            ready = self._answer()
        if ready.code != 354:
            return ready
        self._named = following if self._takes_several else None
        try:
            # RFC 2920 §3.1: the words may stand first among commands sent together.
            self._smtp.send(_dotted(letter) + (self._naming(self._named) if self._named else b""))
            return self._answer()
        except (OSError, smtplib.SMTPException) as problem:
            raise Silence(str(problem)) from problem

    def take_back(self) -> None:
        with _nothing_lost():
            self._smtp.send(b"RSET\r\n")
            self._answer()

    def close(self) -> None:
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()

    def _naming(self, envelope: Envelope) -> bytes:
        sender = f"MAIL FROM:<{envelope.sender}>\r\n".encode("ascii")
        return sender + _recipient(envelope) if self._takes_several else sender

    def _answer(self) -> Answer:
        return _answer(self._smtp.getreply())


def _recipient(envelope: Envelope) -> bytes:
    return f"RCPT TO:<{envelope.recipient}>\r\n".encode("ascii")


@contextmanager
def _nothing_lost() -> Iterator[None]:
    """While no words travel, a connection that breaks is only a connection to be made again."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as problem:
        raise Unreachable(str(problem)) from problem


def _answer(reply: tuple[int, bytes]) -> Answer:
    code, words = reply
    return Answer(code, words.decode("utf-8", "replace").replace("\n", " "))


def _dotted(letter: bytes) -> bytes:
    """As RFC 5321 §4.5.2 wants it on the wire: a dot at a line's beginning doubled, a dot alone at the end."""
    return letter.replace(b"\r\n.", b"\r\n..") + (b".\r\n" if letter.endswith(b"\r\n") else b"\r\n.\r\n")


class FolderConnection:
    """Letters as files in a folder, one for each delivery: nothing leaves the machine, and a second try is the same file."""

    def __init__(self) -> None:
        self._folder = Path(settings.EMAIL_FILE_PATH)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._name = ""

    def offer(self, envelope: Envelope) -> None:
        name = f"{envelope.recipient}--{envelope.sender.partition('@')[0]}.eml"
        self._name = re.sub(r"[^\w+@.-]", "_", name)

    def offered(self) -> Answer:
        return Answer(250)

    def announce(self) -> None:
        pass

    def hand_over(self, letter: bytes, following: Envelope | None = None) -> Answer:
        unfinished = self._folder / f".{self._name}"
        unfinished.write_bytes(letter)
        unfinished.replace(self._folder / self._name)
        return Answer(250, f"kept as {self._name}")

    def take_back(self) -> None:
        self._name = ""

    def close(self) -> None:
        pass
