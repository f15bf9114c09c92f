"""A mailbox for tests, in a thread: enough of IMAP (RFC 3501) and POP (RFC 1939), over TLS, to read letters and take them out."""

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

CERTIFICATE = (
    Path(__file__).parent / "localhost.pem"
)  # signed by itself: whoever is to believe it must be told to
PASSWORD = "mat khau/1"


class Mailbox(ThreadingTCPServer):
    daemon_threads = allow_reuse_address = True

    def __init__(self, letters: list[bytes], speaks: type[StreamRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), speaks)
        self.letters = dict(enumerate(letters, start=1))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(CERTIFICATE)
        self.tries = 0  # to sign in

    @property
    def port(self) -> int:
        return self.server_address[1]


class Imap(StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        with suppress(ssl.SSLError):  # the other side does not believe our certificate
            self._talk()

    def _talk(self) -> None:
        wire = self.server.context.wrap_socket(self.request, server_side=True)
        with wire, wire.makefile("rwb") as lines:
            self._say(lines, b"* OK ready")
            deleted: set[int] = set()
            for line in lines:
                tag, command, *rest = line.decode().split(None, 2)
                said, done = self._do(command.upper(), rest[0] if rest else "", deleted)
                self._say(lines, *said, f"{tag} {done} (that is all)".encode())

    def _do(self, command: str, rest: str, deleted: set[int]) -> tuple[list[bytes], str]:
        letters = self.server.letters
        if command == "CAPABILITY":
            return [b"* CAPABILITY IMAP4rev1"], "OK"
        if command == "LOGIN":
            self.server.tries += 1
            return [], "OK" if PASSWORD in rest else "NO wrong password"
        if command == "SELECT":
            return [f"* {len(letters)} EXISTS".encode()], "OK [READ-WRITE]"
        if command == "SEARCH":
            return [" ".join(["* SEARCH", *map(str, letters)]).encode()], "OK"
        if command == "FETCH":
            number = int(re.match(r"\d+", rest).group())
            words = letters[number]
            return [f"* {number} FETCH (BODY[] {{{len(words)}}}\r\n".encode() + words + b")"], "OK"
        if command == "STORE":
            deleted.add(int(re.match(r"\d+", rest).group()))
        if command == "EXPUNGE":
            for number in deleted:
                letters.pop(number)
        return [b"* BYE"] if command == "LOGOUT" else [], "OK"

    def _say(self, lines, *said: bytes) -> None:
        lines.write(b"".join(each + b"\r\n" for each in said))
        lines.flush()


class Pop(StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        with suppress(ssl.SSLError):  # the other side does not believe our certificate
            self._talk()

    def _talk(self) -> None:
        wire = self.server.context.wrap_socket(self.request, server_side=True)
        with wire, wire.makefile("rwb") as lines:
            lines.write(b"+OK ready\r\n")
            lines.flush()
            deleted: set[int] = set()
            for line in lines:
                command, *rest = line.decode().split(None, 1)
                lines.write(self._do(command.upper(), rest[0].strip() if rest else "", deleted))
                lines.flush()

    def _do(self, command: str, rest: str, deleted: set[int]) -> bytes:
        letters = self.server.letters
        if command == "PASS":
            self.server.tries += 1
            return b"+OK\r\n" if rest == PASSWORD else b"-ERR wrong password\r\n"
        if command == "STAT":
            return f"+OK {len(letters)} {sum(map(len, letters.values()))}\r\n".encode()
        if command == "RETR":
            stuffed = re.sub(rb"(?m)^\.", b"..", letters[int(rest)])
            return b"+OK\r\n" + stuffed + b"\r\n.\r\n"
        if command == "DELE":
            deleted.add(int(rest))
        if command == "QUIT":
            for number in deleted:
                letters.pop(number)
        return b"+OK\r\n"


@contextmanager
def running(*letters: bytes, speaks: type[StreamRequestHandler] = Imap) -> Iterator[Mailbox]:
    with Mailbox(list(letters), speaks) as box:
        Thread(target=box.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield box
        box.shutdown()
