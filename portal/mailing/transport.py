"""Handing a letter over: first the envelope, which can be refused without harm, then the words, which cannot be taken back."""

import re
import smtplib
import ssl
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


class Connection(Protocol):
    """One conversation with a mail server."""

    def offer(self, sender: str, recipient: str) -> Answer:
        """Name the envelope, of addresses that `composing.mailbox` has let through. Raises Unreachable."""

    def hand_over(self, letter: bytes) -> Answer:
        """Send the words of the letter offered. Raises Unreachable before they travel, Silence afterwards."""

    def take_back(self) -> None:
        """Forget the envelope offered."""

    def close(self) -> None: ...


class SmtpConnection:
    """Plain SMTP (RFC 5321) to the server named in the environment."""

    def __init__(self) -> None:
        try:
            self._smtp = smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=SECONDS)
            if settings.EMAIL_USE_TLS:
                self._smtp.starttls(context=ssl.create_default_context())
            self._smtp.ehlo_or_helo_if_needed()
            if settings.EMAIL_HOST_USER:
                self._smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        except (OSError, smtplib.SMTPException) as problem:
            raise Unreachable(str(problem)) from problem

    def offer(self, sender: str, recipient: str) -> Answer:
        try:
            answer = _answer(self._smtp.docmd("MAIL", f"FROM:<{sender}>"))
            return _answer(self._smtp.docmd("RCPT", f"TO:<{recipient}>")) if answer.is_yes else answer
        except (OSError, smtplib.SMTPException) as problem:
            raise Unreachable(str(problem)) from problem

    def hand_over(self, letter: bytes) -> Answer:
        try:
            ready = _answer(self._smtp.docmd("DATA"))
        except (OSError, smtplib.SMTPException) as problem:
            raise Unreachable(str(problem)) from problem
        if ready.code != 354:
            return ready
        try:
            self._smtp.send(_dotted(letter))
            return _answer(self._smtp.getreply())
        except (OSError, smtplib.SMTPException) as problem:
            raise Silence(str(problem)) from problem

    def take_back(self) -> None:
        try:
            self._smtp.rset()
        except (OSError, smtplib.SMTPException) as problem:
            raise Unreachable(str(problem)) from problem

    def close(self) -> None:
        try:
            self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            self._smtp.close()


def _answer(reply: tuple[int, bytes]) -> Answer:
    code, words = reply
    return Answer(code, words.decode("utf-8", "replace").replace("\n", " "))


def _dotted(letter: bytes) -> bytes:
    """As RFC 5321 §4.5.2 wants it on the wire: a dot at a line's beginning doubled, a dot alone at the end."""
    return re.sub(rb"(?m)^\.", b"..", letter) + (b"" if letter.endswith(b"\r\n") else b"\r\n") + b".\r\n"


class FolderConnection:
    """Letters as files in a folder, one for each delivery: nothing leaves the machine, and a second try is the same file."""

    def __init__(self) -> None:
        self._folder = Path(settings.EMAIL_FILE_PATH)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._name = ""

    def offer(self, sender: str, recipient: str) -> Answer:
        self._name = re.sub(r"[^\w+@.-]", "_", f"{recipient}--{sender.partition('@')[0]}.eml")
        return Answer(250)

    def hand_over(self, letter: bytes) -> Answer:
        unfinished = self._folder / f".{self._name}"
        unfinished.write_bytes(letter)
        unfinished.replace(self._folder / self._name)
        return Answer(250, f"kept as {self._name}")

    def take_back(self) -> None:
        self._name = ""

    def close(self) -> None:
        pass


def connect() -> Connection:
    """The way out this installation has: the server named in the environment, else a folder. Raises Unreachable."""
    return SmtpConnection() if settings.EMAIL_HOST else FolderConnection()
