"""Vietnamese time: UTC+7 all year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ICT = ZoneInfo("Asia/Ho_Chi_Minh")


def in_ict(moment: datetime) -> datetime:
    """The same instant on a Vietnamese clock; `ValueError` for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs its zone: {moment.isoformat()}")
    return moment.astimezone(ICT)


def vietnamese_day(moment: date | datetime) -> date:
    """The Vietnamese calendar day of a moment; a plain day is returned as it is."""
    return in_ict(moment).date() if isinstance(moment, datetime) else moment


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The first instant of a Vietnamese day and the first instant after it, in UTC."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ICT).astimezone(UTC)
