"""The clock of a phone at the door: how far it is wrong is told by the server's time when both last met."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from training.models import Scan, Session

#: Less than this is the way through the network and the hand that set the clock.
CLOSE = timedelta(minutes=5)
#: A scan so long before or after its session is looked at by somebody.
AROUND = timedelta(hours=3)


@dataclass(frozen=True)
class Clock:
    """What a phone says of its clock when it sends, in its own time, and what the time is."""

    sent_at: datetime
    now: datetime

    @property
    def behind(self) -> timedelta:
        """What must be added to the phone's times."""
        return self.now - self.sent_at

    def true_time(self, said_at: datetime) -> datetime:
        """When something happened that the phone saw at its own `said_at`; never later than now."""
        wrong = self.behind if abs(self.behind) > CLOSE else timedelta(0)
        return min(said_at + wrong, self.now)

    def doubt(self, said_at: datetime, known_behind: timedelta | None, session: Session | None) -> Any:
        """What somebody should look at; "" for nothing. `known_behind` is how wrong the phone knew itself at the scan."""
        if known_behind is not None and abs(known_behind - self.behind) > CLOSE:
            return Scan.Doubt.UNSURE
        if said_at + self.behind > self.now + CLOSE:
            return Scan.Doubt.UNSURE
        if session and not _is_around(self.true_time(said_at), session):
            return Scan.Doubt.HOURS
        return Scan.Doubt.CLOCK if abs(self.behind) > CLOSE else ""


def _is_around(at: datetime, session: Session) -> bool:
    return session.begins_at - AROUND <= at <= session.ends_at + AROUND
