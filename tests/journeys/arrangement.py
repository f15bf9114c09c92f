"""The production arrangement, all real: web server, workers and clocks beside PostgreSQL and Redis."""

import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
HOST = "portal.example"
NOBODY = 0  # the status of a question that was not answered
PATIENCE_SECONDS = 90  # another suite may be running beside this one
GUNICORN = "--workers 2 --worker-class gthread --threads 4 --timeout 60 --no-control-socket"
WORKER = "--pool prefork --concurrency 2 --loglevel ERROR --without-gossip --without-mingle"


@dataclass
class Arrangement:
    """What `deploy/` starts on a server, started here; every process can be reached by its name."""

    var: Path
    redis_url: str
    port: int = 0
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self.environment = production_environment(self.var, self.redis_url)

    def start_web(self) -> None:
        self._start("web", "gunicorn", "portal.wsgi", "--bind", f"127.0.0.1:{self.port}", *GUNICORN.split())
        wait_until(lambda: self.get("/vi/") == 200, "the web server never answered")

    def start_worker(self, number: int) -> None:
        self._start(
            f"worker-{number}", *CELERY, "worker", "--hostname", f"worker-{number}@%h", *WORKER.split()
        )

    def start_clock(self, number: int) -> None:
        schedule = str(self.var / f"clock-{number}")
        self._start(f"clock-{number}", *CELERY, "beat", "--schedule", schedule, "--loglevel", "ERROR")

    def start_everything(self) -> None:
        """Two of each, and the portal says that it is ready: a clock has asked and a worker has worked."""
        for number in (1, 2):
            self.start_worker(number)
            self.start_clock(number)
        self.start_web()
        wait_until(lambda: self.get("/readyz") == 200, "the portal never was ready")

    def kill(self, name: str) -> None:
        """What the kernel does when memory runs out: no farewell, for the process and those it started."""
        os.killpg(self.processes[name].pid, signal.SIGKILL)
        self.processes[name].wait()

    def kill_web_process(self) -> None:
        """One of the two processes that answer; the first process starts another."""
        children = Path(f"/proc/{self.processes['web'].pid}/task/{self.processes['web'].pid}/children")
        os.kill(int(children.read_text().split()[0]), signal.SIGKILL)

    def stop(self) -> None:
        """Leave nothing running; what the processes had in hand belongs to a test that is over."""
        for name, process in self.processes.items():
            if process.poll() is None:
                self.kill(name)

    def get(self, path: str) -> int:
        """The status of the page at this path, or NOBODY."""
        return self.page(path)[0]

    def page(self, path: str) -> tuple[int, str]:
        """What a reader gets through nginx: status and text; NOBODY and "" when nobody answered."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request(
                "GET",
                path,
                headers={"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"},
            )
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return NOBODY, ""
        finally:
            asked.close()

    def said(self) -> str:
        """Everything the processes wrote, for a failed test to show."""
        return "\n".join(f"── {path.stem}\n{path.read_text()}" for path in sorted(self.var.glob("*.log")))

    def _start(self, name: str, *module: str) -> None:
        with (self.var / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", *module], cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip


CELERY = ("celery", "--app", "portal")


def production_environment(var: Path, redis_url: str) -> dict[str, str]:
    """The variables of deploy/portal.env, pointing at the tests' database and at a Redis of their own."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("PORTAL_", "DJANGO_"))
    }
    return inherited | {
        "PORTAL_PRODUCTION": "1",
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(64),
        "PORTAL_HOSTS": HOST,
        "PORTAL_PUBLIC_ORIGIN": f"https://{HOST}",
        "PORTAL_BEHIND_PROXY": "1",
        "PORTAL_PROXIES": "1",
        "PORTAL_LOG_LEVEL": "ERROR",
        "PORTAL_VAR": str(var),
        "DATABASE_URL": database_url(),
        "REDIS_URL": f"{redis_url}/0",
    }


def database_url() -> str:
    """The tests' own database, which other processes reach like any."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def collect_static(var: Path) -> None:
    """The style sheets and fonts of the public pages, under the names that production gives them."""
    command = [
        sys.executable,
        "manage.py",
        "collectstatic",
        "--no-input",
        "--ignore",
        "ckeditor",
        "--ignore",
        "admin",
    ]
    environment = production_environment(var, "redis://127.0.0.1:1")  # not asked for anything
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def wait_until(holds: Callable[[], object], otherwise: str, seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.1)
