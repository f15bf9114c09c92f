"""Starts a portal as `bin/run` does, and looks at its processes from outside."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 120
SUITE_ONLY = ("PORTAL_", "DATABASE_URL", "REDIS_URL", "TEST_", "DJANGO_", "PYTEST_", "TMPDIR", "HOST", "PORT")


def borrowed_environment(folder: Path) -> Path:
    """A virtual environment with the packages of this one, marked as installed from requirements.txt."""
    folder.mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (folder / name).symlink_to(Path(sys.prefix) / name)
    shutil.copy(ROOT / "requirements.txt", folder / "installed-requirements.txt")
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def refusal(**environment: str) -> tuple[int, str]:
    """The exit status and everything `bin/run` says when it cannot start."""
    ended = subprocess.run(
        [ROOT / "bin/run"],
        env=_environment(environment),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    return ended.returncode, ended.stdout + ended.stderr


class Portal:
    """A running portal: its address, its folder, what it printed, its processes."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, port: int, output: Path) -> None:
        self.process, self.folder, self.url, self._output = (
            process,
            folder,
            f"http://127.0.0.1:{port}",
            output,
        )

    @property
    def output(self) -> str:
        return self._output.read_text()

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def wait_for(self, path: str) -> str:
        """The answer's text once it is a good one."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                status, text = self.get(path)
            except OSError:
                status, text = 0, ""
            if status == 200:
                return text
            time.sleep(0.05)
        raise AssertionError(f"{path} never answered; the portal said:\n{self.output}")

    def pids(self) -> dict[int, str]:
        """Every process that has this portal's folder in its environment, with its command line."""
        return dict(_processes(f"PORTAL_VAR={self.folder}".encode()))

    def children(self, of: int) -> list[int]:
        return sorted(pid for pid in self.pids() if _parent(pid) == of)

    def press_ctrl_c(self) -> int:
        """What a terminal does: the whole foreground group hears it. Answers the exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.wait()

    def wait(self) -> int:
        return self.process.wait(PATIENCE_SECONDS)

    def wait_until_gone(self) -> dict[int, str]:
        """The processes that are still there after a while: none, if all is well."""
        deadline = time.monotonic() + 30
        while (left := self.pids()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left

    def memory(self) -> tuple[int, int]:
        """Megabytes of all processes: proportional (a shared page counts once), resident (for each)."""
        sums = [_memory(pid) for pid in self.pids()]
        return sum(pss for pss, _ in sums) // 1024, sum(rss for _, rss in sums) // 1024


@contextmanager
def portal(folder: Path, environment: Path) -> Iterator[Portal]:
    """A portal started by `bin/run` on a free port, its files in `folder`; killed at the end if need be."""
    port, output = free_port(), folder.with_suffix(".output")
    wanted = {"PORTAL_VAR": str(folder), "PORTAL_VENV": str(environment), "PORT": str(port)}
    with output.open("wb") as said:
        process = subprocess.Popen(
            [ROOT / "bin/run"], env=_environment(wanted), stdout=said, stderr=said, start_new_session=True
        )
    running = Portal(process, folder, port, output)
    try:
        yield running
    finally:
        for pid in [process.pid, *running.pids()]:
            _kill(pid)
        process.wait()


def _environment(wanted: dict[str, str]) -> dict[str, str]:
    mine = {name: value for name, value in os.environ.items() if not name.startswith(SUITE_ONLY)}
    return mine | wanted


def _processes(mark: bytes) -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # gone meanwhile, or somebody else's
            continue


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def _memory(pid: int) -> tuple[int, int]:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return tuple(int(re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)[1]) for name in ("Pss", "Rss"))


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
