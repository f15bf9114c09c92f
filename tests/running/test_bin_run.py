"""`bin/run` as a person meets it: starting, stopping, and everything that may go wrong."""

import os
import signal
import socket
import time
from pathlib import Path

from tests.running import serving


def test_the_first_start_shows_a_filled_portal_and_says_how_to_use_it(filled):
    said = filled.with_suffix(".output").read_text()

    assert "Portal   http://127.0.0.1:" in said
    assert f"as files in {filled / 'mail'}" in said
    assert said.count("quantri") == 1
    assert "Ctrl-C stops everything." in said
    assert "Traceback" not in said


def test_both_languages_have_news_and_the_clock_runs(portal):
    portal.wait_for("/readyz")

    vietnamese, english = portal.wait_for("/vi/"), portal.wait_for("/en/")

    assert "/vi/tin-tuc/" in vietnamese
    assert "/en/news/" in english


def test_ctrl_c_stops_everything_and_leaves_no_process(portal):
    assert len(portal.pids()) == 4

    assert portal.press_ctrl_c() == 0

    assert portal.pids() == {}
    assert "Traceback" not in portal.output


def test_a_second_start_is_quick(filled, environment, capsys):
    began = time.monotonic()
    with serving.portal(filled, environment) as again:
        again.wait_for("/healthz")
        seconds = time.monotonic() - began
        assert again.press_ctrl_c() == 0

    with capsys.disabled():
        print(f"\nSecond start: {seconds:.1f} s to the first byte.")
    assert "Loading the demo content" not in again.output
    assert "Bringing the database up to date" not in again.output


def test_an_idle_portal_is_small(portal):
    portal.wait_for("/vi/")

    proportional, resident = portal.memory()

    assert proportional <= 300
    assert resident <= 330  # the same shared pages counted for every process


def test_a_worker_that_is_killed_takes_everything_with_it_and_says_so(portal):
    _web, worker = portal.children(portal.process.pid)

    os.kill(worker, signal.SIGKILL)

    assert portal.wait() == 1
    assert portal.wait_until_gone() == {}
    assert (
        "The worker was killed (SIGKILL); everything is stopped. Start again with bin/run." in portal.output
    )


def test_a_web_process_that_is_killed_is_replaced(portal):
    server, _worker = portal.children(portal.process.pid)
    (answering,) = portal.children(server)

    os.kill(answering, signal.SIGKILL)

    portal.wait_for("/healthz")
    assert portal.children(server) != [answering]


def test_when_the_watch_itself_is_killed_nothing_stays_behind(portal):
    os.kill(portal.process.pid, signal.SIGKILL)
    portal.wait()

    assert portal.wait_until_gone() == {}


def test_messages_of_an_earlier_clock_are_dropped_at_the_start(filled, environment):
    stale = filled / "queue" / "1_0.celery.msg"
    stale.write_text("{}")

    with serving.portal(filled, environment) as again:
        again.wait_for("/healthz")
        assert not stale.exists()
        assert again.press_ctrl_c() == 0


def test_one_folder_is_not_served_twice(portal, environment):
    status, said = serving.refusal(
        PORTAL_VAR=str(portal.folder), PORTAL_VENV=str(environment), PORT=str(serving.free_port())
    )

    assert status == 1
    assert said == (
        f"CommandError: The folder {portal.folder} is already being served (process {portal.process.pid}). "
        "Stop that one first, or set PORTAL_VAR to another folder.\n"
    )


def test_a_taken_port_is_said_in_one_line_before_anything_else_is_done(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        status, said = serving.refusal(PORT=str(port), PORTAL_VENV=str(tmp_path / "venv"))

    assert status == 1
    assert said == f"Port {port} is taken by another program. Choose another: PORT={port + 1} bin/run\n"
    assert not (tmp_path / "venv").exists()


def test_a_folder_that_cannot_be_made_is_said_in_one_line(environment):
    status, said = serving.refusal(
        PORTAL_VAR="/proc/portal", PORTAL_VENV=str(environment), PORT=str(serving.free_port())
    )

    assert status == 1
    assert said.startswith("Environment variable PORTAL_VAR: /proc/portal cannot be made (")
    assert said.count("\n") == 1


def test_an_environment_that_cannot_be_made_is_said_in_one_line():
    status, said = serving.refusal(PORTAL_VENV="/proc/venv", PORT=str(serving.free_port()))

    assert status == 1
    assert said == "run: the folder /proc/venv cannot be written to. Set PORTAL_VENV to one that can.\n"


def test_a_python_that_is_too_old_is_said_in_one_line(tmp_path):
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        _program(tmp_path / name, 'case "$1" in --version) echo Python 3.9.2;; *) exit 1;; esac')

    status, said = serving.refusal(PATH=f"{tmp_path}:{os.environ['PATH']}")

    assert status == 1
    assert said.startswith("run: Python 3.11 or newer is needed, and this machine has Python 3.9.2.")
    assert said.count("\n") == 1


def test_a_python_without_environments_is_said_in_one_line(tmp_path, environment):
    real = environment / "bin" / "python"
    _program(tmp_path / "python3", f'case "$2" in *ensurepip*) exit 1;; *) exec {real} "$@";; esac')

    status, said = serving.refusal(
        PATH=f"{tmp_path}:{os.environ['PATH']}",
        PORTAL_VENV=str(tmp_path / "venv"),
        PORT=str(serving.free_port()),
    )

    assert status == 1
    assert said == "run: python3 cannot make virtual environments. On Debian: apt install python3-venv\n"


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
