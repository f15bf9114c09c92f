"""Several processes that live and end together."""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress

Part = Callable[[], object]
STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PR_SET_PDEATHSIG = 1  # linux/prctl.h


def run(parts: Mapping[str, Part], *, say: Callable[[str], object], grace: float) -> int:
    """Run every part in a process of its own until a signal asks to stop, or until one of them ends.

    Either way all are stopped: asked first, killed after `grace` seconds or at the second signal.
    Answers the exit status: 0 when asked to stop, 1 when a part ended by itself.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {signal.SIGCHLD})
    running = {_start(part): name for name, part in parts.items()}
    asked, ended = False, {}
    while not asked and not ended:
        asked = signal.sigwait(STOP | {signal.SIGCHLD}) in STOP
        ended = _ended(running)
    for name, how in ended.items():
        if not asked:
            say(f"The {name} {how}; everything is stopped. Start again with bin/run.")
    _stop(running, grace)
    return 0 if asked else 1


def _start(part: Part) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    parent = os.getpid()
    if child := os.fork():
        with suppress(ProcessLookupError, PermissionError):  # the child may have done it already, or be gone
            os.setpgid(child, child)
        return child
    os._exit(_run_child(part, parent))


def _run_child(part: Part, parent: int) -> int:
    """The child's whole life, in a group of its own: Ctrl-C reaches the parent only, which stops it in order."""
    try:
        os.setpgid(0, 0)
        _die_with(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP | {signal.SIGCHLD})
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


def _die_with(parent: int) -> None:
    """Should the parent be killed outright, be asked to stop as well (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)


def _ended(running: dict[int, str]) -> dict[str, str]:
    """Take out of `running` whatever has ended; answers how, by name."""
    ended = {}
    for pid in list(running):
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            ended[running.pop(pid)] = _said(os.waitstatus_to_exitcode(status))
    return ended


def _said(code: int) -> str:
    return f"was killed ({signal.Signals(-code).name})" if code < 0 else f"ended by itself (exit status {code})"


def _stop(running: dict[int, str], grace: float) -> None:
    groups = list(running)
    _send(groups, signal.SIGTERM, to=os.kill)
    deadline = time.monotonic() + grace
    while running and (left := deadline - time.monotonic()) > 0:
        received = signal.sigtimedwait(STOP | {signal.SIGCHLD}, left)
        if received and received.si_signo in STOP:
            break
        _ended(running)
    # A part may leave a process behind: its group is ended, not only its first process.
    _send(groups, signal.SIGKILL, to=os.killpg)
    for pid in running:
        os.waitpid(pid, 0)


def _send(pids: list[int], number: signal.Signals, *, to: Callable[[int, int], None]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            to(pid, number)
