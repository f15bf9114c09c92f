"""When things happened: the moments of the folder, moved by whole days so that nothing is ever stale."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from demo.folder import Piece
from portal.languages.dates import ICT, vietnamese_day

#: The newest story may be this old before every date is moved.
FRESH = timedelta(days=3)
_UNITS = {"h": "hours", "d": "days"}
_ABSOLUTE = ("published", "published_en", "corrected", "updated")


@dataclass(frozen=True)
class Days:
    """The calendar of one loading: `now`, and by how many whole days written dates are moved."""

    now: datetime
    shift: timedelta = timedelta(0)

    def moment(self, written: str) -> datetime:
        """ "2026-11-21T08:30" on a Vietnamese clock, moved; "+2h" and "-3d" from now, to the full minute."""
        if written[0] in "+-":
            distance = timedelta(**{_UNITS[written[-1]]: int(written[:-1])})
            return (self.now + distance).replace(second=0, microsecond=0)
        return _absolute(written) + self.shift

    def day(self, written: date) -> date:
        return written + self.shift

    def afternoon(self, written: date) -> datetime:
        """Four o'clock of a day, moved: when what has no hour of its own is taken to have been ready."""
        return datetime.combine(self.day(written), time(16), tzinfo=ICT).astimezone(UTC)


def days_for(pieces: Iterable[Piece], now: datetime) -> Days:
    """The calendar that makes the newest story at most three days old, and none a thing of the future."""
    newest = max(_absolute(written) for piece in pieces for written in _moments(piece))
    if now - FRESH <= newest <= now:
        return Days(now)
    shift = timedelta(days=(vietnamese_day(now) - vietnamese_day(newest)).days)
    return Days(now, shift if newest + shift <= now else shift - timedelta(days=1))


def _moments(piece: Piece) -> list[str]:
    written = [piece.fields[field] for field in _ABSOLUTE if field in piece.fields]
    return [moment for moment in written if not moment.startswith("+")]


def _absolute(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ICT).astimezone(UTC)
