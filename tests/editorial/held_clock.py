"""Time that moves only when somebody sleeps."""

from collections.abc import Callable
from datetime import datetime, timedelta

from portal.editorial import clock

TEN_SECONDS = timedelta(seconds=10)


class HeldClock:
    """Stands still until somebody sleeps; `meanwhile` is what others do during that sleep."""

    def __init__(self, start: datetime, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.moment = start
        self.meanwhile = meanwhile
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.moment += timedelta(seconds=seconds)
        self.meanwhile()

    def tick(self) -> int:
        """One tick of the portal's clock, ten seconds ahead."""
        return clock.tick(look_ahead=TEN_SECONDS, now=self.now, sleep=self.sleep)
