"""Where the portal listens. Standard library only: bin/run asks this file before anything is installed."""

import errno
import os
import socket
import sys
from collections.abc import Mapping

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", "8000"
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  compared with, not bound to
OUTSIDE = ("192.0.2.1", 9)  # RFC 5737: an address for documentation; nothing is sent to it


class Unusable(Exception):
    """The portal cannot listen there; the message says why and what to do, in one line."""


def listen(environment: Mapping[str, str]) -> socket.socket:
    """A listening socket at HOST and PORT; `Unusable` when they are wrong, taken or not allowed."""
    host, port = environment.get("HOST") or DEFAULT_HOST, _port(environment.get("PORT") or DEFAULT_PORT)
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address, family=family, backlog=128, dualstack_ipv6=host == "::")
    except OSError as problem:
        raise Unusable(_explained(problem, host, port)) from problem


def url(listener: socket.socket) -> str:
    """The address to open in a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in EVERYWHERE:
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def names(listener: socket.socket) -> list[str]:
    """The hosts a browser may ask for at this socket, as Django's ALLOWED_HOSTS writes them."""
    host = listener.getsockname()[0]
    if host not in EVERYWHERE:
        return [f"[{host}]" if ":" in host else host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(OUTSIDE)
        except OSError:  # not in any network: the names alone
            return [socket.gethostname()]
        return [socket.gethostname(), asked.getsockname()[0]]


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 <= int(text) < 65536:
        raise Unusable(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _explained(problem: OSError, host: str, port: int) -> str:
    if isinstance(problem, socket.gaierror) or problem.errno == errno.EADDRNOTAVAIL:
        return f"HOST={host} is not an address of this machine."
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program. Choose another: PORT={port + 1} bin/run"
    if problem.errno == errno.EACCES:
        return f"Port {port} is not open to this user. Choose one above 1023: PORT=8000 bin/run"
    return f"The portal cannot listen at {host}, port {port}: {problem.strerror}."


if __name__ == "__main__":
    try:
        listen(os.environ).close()
    except Unusable as problem:
        sys.exit(str(problem))
