"""The parts of a portal. Each function runs in a process of its own until that is asked to stop."""

import logging
import os
import signal
import sys
import tempfile
import warnings
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

from celery import Celery
from celery.beat import Service
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
    """Answer requests at a listening socket (its file descriptor). Gunicorn replaces a process that dies."""
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


def worker(app: Celery, taken: Path) -> None:
    """Do the clock's work with the clock beside it: in threads, so that pictures never keep a text waiting.

    Whoever takes a message renames it into the folder `taken`: within one file system that succeeds once.
    """
    tempfile.tempdir = str(taken)
    warnings.simplefilter("ignore", SecurityWarning)  # said to root about unsafe formats; ours is JSON
    logging.getLogger("kombu.connection").setLevel(logging.ERROR)  # a queue of files has no host to name
    app.conf.worker_enable_remote_control = False  # its mailboxes would be files that nobody empties
    working = app.Worker(
        pool="threads",
        concurrency=3,
        loglevel=LOG_LEVEL,
        redirect_stdouts=False,
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    clock = _clock(app)
    Thread(target=_run_clock, args=(clock,), name="clock", daemon=True).start()
    working.start()
    clock.stop(wait=True)
    sys.exit(working.exitcode)


def _clock(app: Celery) -> Service:
    """The clock of CELERY_BEAT_SCHEDULE. At its start everything is due: nobody knows how long it stood."""
    clock = Service(app, max_interval=1, scheduler_cls="celery.beat:Scheduler")
    for entry in clock.scheduler.schedule.values():
        entry.last_run_at -= timedelta(days=1)
    return clock


def _run_clock(clock: Service) -> None:
    """Put what is due into the queue. A worker whose clock fails must not seem alive."""
    try:
        clock.start()
    except BaseException:
        os.kill(os.getpid(), signal.SIGTERM)
        raise
