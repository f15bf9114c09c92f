"""A mail server for tests, in a process of its own: keeps what it accepts, and misbehaves as the address asks.

The local part of a recipient says what happens: "u550", "r451" refuse the envelope, "d451", "d554" refuse the words,
"drop" breaks the connection after the words have come, "late" before they may, when it is named; anything else is accepted.
Like most servers it takes several commands together, unless a file "one-at-a-time" lies in its folder.
"""

import asyncio
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP

WORDS = {"421": "4.7.0 try later", "450": "4.2.1 busy", "451": "4.3.0 local error", "452": "4.2.2 full",
         "550": "5.1.1 no such person", "551": "5.7.1 not from you", "554": "5.6.0 not like this"}  # fmt: skip


class Misbehaving:
    """aiosmtpd's handler: see the module."""

    def __init__(self, folder: Path, seconds: float) -> None:
        self.folder, self.seconds = folder, seconds
        self.one_at_a_time = (folder / "one-at-a-time").exists()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses if self.one_at_a_time else [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.partition("@")[0]
        if found := re.match(r"[ur](\d{3})", local):
            return f"{found.group(1)} {WORDS[found.group(1)]}"
        if local.startswith("late"):
            server.transport.abort()
            return "421 4.3.2 gone"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 here"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].partition("@")[0]
        if found := re.match(r"d(\d{3})", local):
            return f"{found.group(1)} {WORDS[found.group(1)]}"
        if local.startswith("drop"):
            server.transport.abort()
            return "250 never heard"
        await asyncio.sleep(self.seconds)
        # One line, written at once: what the sink has said yes to is in the book before it says so.
        token = re.search(rb"(?mi)^Message-ID: <([^@>]+)", envelope.content).group(1).decode()
        (self.folder / f"{token}.{time.monotonic_ns()}.eml").write_bytes(envelope.content)
        with (self.folder / "book").open("a") as book:
            book.write(f"{envelope.rcpt_tos[0]} {token} {envelope.mail_from}\n")
        return "250 2.0.0 taken"


@dataclass(frozen=True)
class Sink:
    port: int
    folder: Path

    def book(self) -> list[list[str]]:
        """[recipient, token, return path] of every letter accepted, in order."""
        book = self.folder / "book"
        return [line.split() for line in book.read_text().splitlines()] if book.exists() else []

    def recipients(self) -> list[str]:
        return [recipient for recipient, _token, _path in self.book()]

    def letters(self) -> list[EmailMessage]:
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted(self.folder.glob("*.eml"), key=lambda path: int(path.name.split(".")[1]))
        ]


@contextmanager
def running(folder: Path, seconds: float = 0) -> Iterator[Sink]:
    """A sink for the length of the block; it takes so many seconds over the words of each letter."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "tests.mailing.sink", str(port), str(folder), str(seconds)]
    process = subprocess.Popen(command)
    try:
        _wait(port)
        yield Sink(port, folder)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("the sink never listened")


async def _serve(port: int, folder: Path, seconds: float) -> None:
    def session() -> SMTP:
        return SMTP(Misbehaving(folder, seconds), hostname="sink.example", enable_SMTPUTF8=False, timeout=60)

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))
