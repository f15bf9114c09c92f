"""The three parts of a portal. Each function runs in a process of its own and returns when that is asked to stop."""

import sys
import tempfile
import warnings
from pathlib import Path
from typing import Any

from celery import Celery
from celery.apps.beat import Beat
from celery.platforms import SecurityWarning
from gunicorn.app.base import BaseApplication

LOG_LEVEL = "WARNING"


class _WebServer(BaseApplication):
    """Gunicorn with a given application and options: no command line, no configuration file."""

    def __init__(self, application: Any, options: dict[str, Any]) -> None:
        self._application, self._options = application, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._application


def web(application: Any, listener: int) -> None:
    """Answer requests at a listening socket (its file descriptor). Gunicorn replaces a process that dies or hangs."""
    options = {
        "bind": f"fd://{listener}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": 8,
        "timeout": 60,
        "graceful_timeout": 5,
        "keepalive": 5,
        "loglevel": LOG_LEVEL.lower(),
        "control_socket_disable": True,
    }
    _WebServer(application, options).run()


def worker(app: Celery, queue: Path) -> None:
    """Do the clock's work, one task at a time."""
    # A message is renamed into this folder when it is taken: within one file system that happens once.
    tempfile.tempdir = str(queue)
    warnings.simplefilter("ignore", SecurityWarning)  # said to root about unsafe formats; ours is JSON
    app.conf.worker_enable_remote_control = False  # its mailboxes would be files that nobody empties
    working = app.Worker(
        pool="solo",
        loglevel=LOG_LEVEL,
        redirect_stdouts=False,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    working.start()
    sys.exit(working.exitcode)


def clock(app: Celery) -> None:
    """Put what is due by CELERY_BEAT_SCHEDULE into the queue."""
    Beat(app=app, loglevel=LOG_LEVEL, redirect_stdouts=False, quiet=True).run()
