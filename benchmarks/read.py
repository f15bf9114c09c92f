"""How fast readers are answered, whatever the size of the archive.

    python benchmarks/read.py --articles 1000 10000 100000                 SQLite
    python benchmarks/read.py --articles 1000 100000 --postgresql          a private PostgreSQL, as the tests'
    python benchmarks/read.py --articles 1000 --database-url postgres://…  databases of its own on that server

Makes one database for each size (see archive.py) and serves each by gunicorn with two workers, all at once.
One connection, asking each size in turn so that all suffer alike from whatever else the machine does,
measures how long an answer takes; several together measure how many a second are given.

"uncached" adds a parameter: an address with one is never kept (portal.search.page_cache).
"""

import argparse
import http.client
import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import servers  # noqa: E402

WORKERS, THREADS = 2, 4
GUNICORN = (
    f"gunicorn portal.wsgi --workers {WORKERS} --worker-class gthread --threads {THREADS}"
    " --keep-alive 60 --log-level warning --no-control-socket"
)
WARMING = 4 * WORKERS  # requests not counted: they fill what each worker keeps
DEEP = 50
PATIENCE_SECONDS = 60
UNCACHED = "fresh=1"
KINDS = [(page, "uncached") for page in ("home", "list", "deep page", "article")]
KINDS += [(page, "cached") for page in ("home", "list", "article")]

Kind = tuple[str, str]


@dataclass
class Portal:
    """One archive being served, and how long its answers took (seconds) and how many a second there were."""

    articles: int
    port: int
    addresses: dict[str, list[str]]
    latencies: dict[Kind, list[float]] = field(default_factory=lambda: defaultdict(list))
    rates: dict[Kind, list[float]] = field(default_factory=lambda: defaultdict(list))

    def connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port)

    def in_turn(self, kind: Kind) -> Iterator[str]:
        """The addresses of a kind of page, for ever; of a cached page always the same one."""
        page, kept = kind
        addresses = self.addresses[page]
        if kept == "cached":
            return cycle(addresses[:1])
        return cycle(f"{address}{'&' if '?' in address else '?'}{UNCACHED}" for address in addresses)

    def summary(self, kind: Kind) -> tuple[float, float, float]:
        """Answers a second, and the median and the 99th percentile of one answer in milliseconds."""
        hundredths = statistics.quantiles(self.latencies[kind], n=100)
        return statistics.median(self.rates[kind]), hundredths[49] * 1000, hundredths[98] * 1000


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-read-")))
        scratch.chmod(0o711)  # PostgreSQL runs as another user when we are root
        server = options.database_url
        if options.postgresql:
            server = stack.enter_context(servers.postgresql(scratch))
        portals = [stack.enter_context(_portal(articles, scratch, server)) for articles in options.articles]
        for _ in range(options.rounds):
            for kind in KINDS:
                measure(portals, kind, options)
        report("PostgreSQL" if server else "SQLite", portals)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL started for the purpose")
    parser.add_argument("--database-url", default="", help="on this PostgreSQL server")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=60, help="of each kind in each round, one by one")
    parser.add_argument("--clients", type=int, default=4, help="together, for the answers a second")
    parser.add_argument("--seconds", type=float, default=1.0, help="of asking together in each round")
    return parser.parse_args()


@contextmanager
def _portal(articles: int, scratch: Path, server: str) -> Iterator[Portal]:
    """Fill a database with so many articles and serve it for the length of the block."""
    var = scratch / f"var-{articles}"
    with ExitStack() as stack:
        url = stack.enter_context(_database(server)) if server else f"sqlite:///{var / 'portal.sqlite3'}"
        environment = os.environ | {
            "PORTAL_VAR": str(var),
            "DATABASE_URL": url,
            "PORTAL_LOG_LEVEL": "WARNING",
        }
        addresses = _filled(articles, environment)
        port = stack.enter_context(_serving(environment))
        addresses["deep page"] = [_deep_page(port, first) for first in addresses["list"]]
        yield Portal(articles, port, addresses)


@contextmanager
def _database(server: str) -> Iterator[str]:
    """The URL of a new database on that server; dropped afterwards."""
    name = f"portal_read_{secrets.token_hex(4)}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def _filled(articles: int, environment: dict[str, str]) -> dict[str, list[str]]:
    began = time.monotonic()
    command = [sys.executable, ROOT / "benchmarks" / "archive.py", "--articles", str(articles)]
    printed = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(f"{articles:,} articles filled in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    return json.loads(printed)


@contextmanager
def _serving(environment: dict[str, str]) -> Iterator[int]:
    """Gunicorn at a free port of the loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", *GUNICORN.split(), "--bind", f"127.0.0.1:{port}"]
    gunicorn = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(port)
        yield port
    finally:
        gunicorn.terminate()
        gunicorn.wait()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port), "/healthz")
        except ConnectionError:
            time.sleep(0.1)
        else:
            return
    sys.exit("gunicorn does not answer")


def _deep_page(port: int, address: str) -> str:
    """Page 50 of a list, or its last full one, found as a reader finds it: from page to page."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    pages = [address]
    while len(pages) < DEEP and (
        older := re.search(r'rel="next" href="([^"]+)"', ask(connection, pages[-1]))
    ):
        pages.append(older[1])
    connection.close()
    return pages[-1] if len(pages) == DEEP else pages[-2]


def ask(connection: http.client.HTTPConnection, address: str) -> str:
    """The page at an address; anything but 200 ends the measurement."""
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read().decode()
    if response.status != http.HTTPStatus.OK:
        sys.exit(f"{address} answered {response.status}")
    return body


def measure(portals: list[Portal], kind: Kind, options: argparse.Namespace) -> None:
    """One round of one kind of page: requests one after another, then clients together."""
    with ExitStack() as stack:
        asked = [
            (portal, stack.enter_context(closing(portal.connection())), portal.in_turn(kind))
            for portal in portals
        ]
        for number in range(WARMING + options.requests):
            for portal, connection, addresses in asked:
                began = time.perf_counter()
                ask(connection, next(addresses))
                if number >= WARMING:
                    portal.latencies[kind].append(time.perf_counter() - began)
    for portal in portals:
        portal.rates[kind].append(_together(portal, kind, options.clients, options.seconds))


def _together(portal: Portal, kind: Kind, clients: int, seconds: float) -> float:
    """Answers a second to so many clients, each of which asks again as soon as it is answered."""
    began = time.monotonic()

    def client(number: int) -> int:
        connection = portal.connection()
        addresses = portal.in_turn(kind)
        for answered in count():
            if time.monotonic() - began > seconds:
                connection.close()
                return answered
            ask(connection, next(addresses))
        raise AssertionError("count() has no end")

    with ThreadPoolExecutor(clients) as pool:
        answered = sum(pool.map(client, range(clients)))
    return answered / (time.monotonic() - began)


def report(database: str, portals: list[Portal]) -> None:
    """A table in Markdown: a line for each kind of page, three columns for each size."""
    sizes = [f"{portal.articles:,}" for portal in portals]
    print(
        f"\n{database}, {WORKERS} workers of {THREADS} threads; requests/s, p50 and p99 in ms at each size\n"
    )
    head = ["page", *(f"{size}: req/s | p50 | p99" for size in sizes), "p50 last ÷ first"]
    print(f"| {' | '.join(head)} |\n|{'---|' + '--:|' * (3 * len(portals) + 1)}")
    for kind in KINDS:
        summaries = [portal.summary(kind) for portal in portals]
        cells = [f"{rate:.0f} | {median:.1f} | {slow:.1f}" for rate, median, slow in summaries]
        print(f"| {kind[0]}, {kind[1]} | {' | '.join(cells)} | {summaries[-1][1] / summaries[0][1]:.2f} |")


if __name__ == "__main__":
    main()
