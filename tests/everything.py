"""What `bin/test` does once the packages are there: every check, then the suite on both kinds of servers."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests import house, servers

PYTHON = sys.executable
ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5
PARALLEL = ["-n", "2", "--dist", "worksteal"]
# They serve a portal of their own on SQLite, whatever the tests' database is: once is enough.
WITHOUT_SERVING = ["--ignore=tests/running"]


class Run:
    """Stages one after another. One that fails does not stop the others: a run tells all there is to mend."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.lines: list[str] = []
        self.failed = False

    def stage(self, name: str, *command: str, may_be_empty: bool = False, **environment: str) -> None:
        """Run one command; keep its time and whether it passed."""
        print(f"\n── {name}", flush=True)
        began = time.monotonic()
        code = subprocess.run(command, cwd=ROOT, env=self.environment | environment, check=False).returncode
        passed = code == 0 or (may_be_empty and code == NOTHING_COLLECTED)
        self.failed |= not passed
        self.lines.append(f"{'passed' if passed else 'FAILED'}  {time.monotonic() - began:6.1f} s  {name}")


def main(arguments: list[str]) -> int:
    """Run everything; answers the exit status."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    fast = "--fast" in arguments
    chosen = [argument for argument in arguments if argument != "--fast"]
    with ExitStack() as stack:
        scratch = Path(tempfile.mkdtemp(prefix="portal-test-"))
        stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        scratch.chmod(0o711)  # PostgreSQL runs as another user when we are root
        run = Run(os.environ | {"TMPDIR": str(scratch)})
        check(run, scratch)
        try:
            if fast:
                suite(run, "SQLite", [*WITHOUT_SERVING, "-m", "not browser", *chosen])
            else:
                suites(run, chosen, stack, scratch)
        except servers.Missing as missing:
            run.failed = True
            run.lines.append(f"FAILED            {missing}")
    print("\n" + "\n".join(run.lines), flush=True)
    return int(run.failed)


def check(run: Run, scratch: Path) -> None:
    """All that can be said without running the portal."""
    embedded = {"PORTAL_VAR": str(scratch / "checks")}
    production = embedded | {
        "PORTAL_PRODUCTION": "1",
        "PORTAL_SECRET_KEY": secrets.token_urlsafe(64),
        "PORTAL_HOSTS": "portal.example",
    }
    manage = [PYTHON, "manage.py"]
    run.stage("lint", PYTHON, "-m", "ruff", "check", ".")
    run.stage("format", PYTHON, "-m", "ruff", "format", "--check", ".")
    run.stage("types", PYTHON, "-m", "mypy", *house.PACKAGES)
    run.stage("messages", *manage, "messages", "--check", **embedded)
    run.stage("compiled messages", *manage, "messages", "--compile", **embedded)
    run.stage("migrations", *manage, "makemigrations", "--check", "--dry-run", **embedded)
    run.stage("check --deploy", *manage, "check", "--deploy", "--fail-level", "WARNING", **production)


def suites(run: Run, chosen: list[str], stack: ExitStack, scratch: Path) -> None:
    """The suite on SQLite with nothing beside it, then on PostgreSQL with Redis."""
    run.environment["TEST_CHROMIUM"] = servers.chromium()
    given = {name: run.environment.pop(name, "") for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL")}
    suite(run, "SQLite", chosen)
    database = given["TEST_DATABASE_URL"] or stack.enter_context(servers.postgresql(scratch))
    redis = given["TEST_REDIS_URL"] or stack.enter_context(servers.redis_server(scratch))
    suite(
        run,
        "PostgreSQL and Redis",
        [*WITHOUT_SERVING, *chosen],
        may_be_empty=bool(chosen),
        TEST_DATABASE_URL=database,
        TEST_REDIS_URL=redis,
    )


def suite(
    run: Run, name: str, arguments: list[str], *, may_be_empty: bool = False, **environment: str
) -> None:
    """The tests in two processes, with these arguments and variables besides."""
    command = [PYTHON, "-m", "pytest", *PARALLEL, *arguments]
    run.stage(f"suite on {name}", *command, may_be_empty=may_be_empty, **environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
