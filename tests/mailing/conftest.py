"""A sink to send to, and a worker that sends now."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from portal.mailing import delivering, ways
from tests.mailing import sink as sinks
from tests.make import HOUR, NOON


@pytest.fixture
def one_at_a_time(tmp_path) -> None:
    """Named before `sink`: it takes no commands together."""
    (tmp_path / "sink").mkdir()
    (tmp_path / "sink" / "one-at-a-time").touch()


@pytest.fixture
def sink(settings, tmp_path) -> Iterator[sinks.Sink]:
    """An SMTP server that keeps what it accepts; the portal sends there."""
    with sinks.running(tmp_path / "sink") as running:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", running.port, False
        settings.MAIL_PER_MINUTE = settings.MAIL_PER_MINUTE_AND_DOMAIN = 0
        settings.MAIL_DOMAIN, settings.MAIL_ORIGIN = "portal.example", "https://portal.example"
        yield running


@pytest.fixture
def deliver() -> Callable[..., int]:
    """One run of the worker at a moment that stands still."""

    def run(now: datetime = NOON) -> int:
        return delivering.deliver_waiting(
            ways.connect, now=lambda: now, sleep=lambda seconds: None, until=now + HOUR
        )

    return run
