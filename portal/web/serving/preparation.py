"""What must be true before the portal is served: a folder of its own, a database in step, content."""

import fcntl
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Say = Callable[[str], object]


class Unprepared(Exception):
    """The portal cannot be served from here; the message says why and what to do, in one line."""


def claim(folder: Path) -> IO[str]:
    """Take the folder for this process and those it starts, until the last of them ends. Keep the answer.

    Two workers with one queue of files would each see half of the work.
    """
    try:
        claimed = (folder / "serving.lock").open("a+")
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        raise Unprepared(f"The folder {folder} cannot be written to ({problem.strerror}).") from problem
    try:
        fcntl.flock(claimed, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        claimed.seek(0)
        raise Unprepared(
            f"The folder {folder} is already being served (process {claimed.read().strip() or 'unknown'}). "
            "Stop that one first, or set PORTAL_VAR to another folder."
        ) from taken
    claimed.truncate(0)
    claimed.write(f"{os.getpid()}\n")
    claimed.flush()
    return claimed


def empty_queue(queue: Path) -> Path:
    """Make the queue's folders and drop what an earlier clock asked for: the database knows what is due.

    Answers the folder for messages that a worker has taken.
    """
    for folder in (queue / "control", taken := queue / "taken"):
        folder.mkdir(parents=True, exist_ok=True)
    for message in queue.rglob("*.msg"):
        message.unlink(missing_ok=True)
    return taken


def prepare_database(say: Say) -> None:
    """Bring the tables up to date; put the demo content into a portal nobody has an account for."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)
    if not get_user_model()._default_manager.exists():
        say("Loading the demo content …")
        call_command("load_demo", verbosity=0)
