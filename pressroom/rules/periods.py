"""When digests are made up: every day at five in the afternoon, every week on Friday at the same hour, in Viet Nam."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from portal.languages.dates import ICT, in_ict
from pressroom.models import Journalist

CLOSES_AT = time(17)
FRIDAY = 4
#: What is older than this is not told any more: after a long silence nobody wants the archive by mail.
REACHES_BACK = timedelta(days=14)


@dataclass(frozen=True)
class Period:
    """A digest's span, (since, until], and the name that makes it one: "daily-2026-11-20"."""

    name: str
    since: datetime
    until: datetime


def closed_period(frequency: Any, now: datetime) -> Period:
    """The last daily or weekly period that is over."""
    here = in_ict(now)
    closing = datetime.combine(here.date(), CLOSES_AT, tzinfo=ICT)
    if closing > here:
        closing -= timedelta(days=1)
    length = timedelta(days=1)
    if frequency == Journalist.Frequency.WEEKLY:
        closing -= timedelta(days=(closing.weekday() - FRIDAY) % 7)
        length = timedelta(days=7)
    until = closing.astimezone(UTC)
    return Period(f"{frequency}-{closing:%Y-%m-%d}", until - length, until)
