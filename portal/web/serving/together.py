"""Several processes that live and end together. Standard library only: run alone, this file is the watch."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import NoReturn

Part = Callable[[], object]
STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
AWAITED = STOP | {signal.SIGCHLD}
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def run(parts: Mapping[str, Part], *, grace: int) -> NoReturn:
    """Run every part in a process of its own; this process becomes the watch over them (see `watch`)."""
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    running = [f"{_start(part)}={name}" for name, part in parts.items()]
    # Begun anew, the watch needs a tenth of the memory that was filled for the parts to share.
    os.execv(sys.executable, [sys.executable, "-I", "-S", __file__, str(grace), *running])  # noqa: S606


def watch(running: dict[int, str], grace: int) -> int:
    """Wait for a signal that asks to stop, or for a part (name by process id) to end; then stop them all.

    They are asked first, and killed after `grace` seconds or at the second signal; nothing is left running.
    Answers the exit status: 0 when asked to stop, 1 when a part ended by itself. The signals must be blocked.
    """
    groups = list(running)
    asked = False
    ended: list[str] = []
    while not asked and not ended:
        asked = signal.sigwait(AWAITED) in STOP
        ended = _ended(running)
    for how in ended if not asked else []:
        print(f"{how}; everything is stopped. Start again with bin/run.", file=sys.stderr, flush=True)
    _stop(running, groups, grace)
    return 0 if asked else 1


def _start(part: Part) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    parent = os.getpid()
    if child := os.fork():
        return child
    os._exit(_life(part, parent))


def _life(part: Part, parent: int) -> int:
    """All that a part's process does. Its group is its own: Ctrl-C reaches only the watch, which stops it."""
    try:
        os.setpgid(0, 0)
        _end_with(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)
        part()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # whatever it was, it must be seen, and must not unwind into the parent's code
        traceback.print_exc()
        return 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    return 0


def _end_with(parent: int) -> None:
    """Should the watch be killed outright, be asked to stop as well (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def _ended(running: dict[int, str]) -> list[str]:
    """Take out of `running` what has ended; answers a sentence for each."""
    ended = []
    for pid in list(running):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            ended.append(f"The {running.pop(pid)} {_manner(os.waitstatus_to_exitcode(status))}")
    return ended


def _manner(code: int) -> str:
    if code < 0:
        return f"was killed ({signal.Signals(-code).name})"
    return f"ended by itself (exit status {code})"


def _stop(running: dict[int, str], groups: list[int], grace: int) -> None:
    _send(running, signal.SIGTERM, by=os.kill)
    deadline = time.monotonic() + grace
    while running and (left := deadline - time.monotonic()) > 0:
        received = signal.sigtimedwait(AWAITED, left)
        if received and received.si_signo in STOP:
            break
        _ended(running)
    # A part may leave a process behind: its group is ended, not only its first process.
    _send(groups, signal.SIGKILL, by=os.killpg)
    for pid in running:
        os.waitpid(pid, 0)


def _send(pids: Iterable[int], number: signal.Signals, *, by: Callable[[int, int], None]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            by(pid, number)


if __name__ == "__main__":
    _grace, *_parts = sys.argv[1:]
    _running = {int(pid): name for pid, name in (part.split("=") for part in _parts)}
    sys.exit(watch(_running, int(_grace)))
