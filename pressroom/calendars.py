"""Briefings as calendars read them: what is known to the day; a month is a tentative whole-day entry, a quarter is none at all."""

from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta

from portal.languages.dates import in_ict
from portal.web.calendars import CANCELLED, CONFIRMED, TENTATIVE, Occasion
from pressroom.briefing_facts import Facts, When

STATUS = {"provisional": TENTATIVE, "confirmed": CONFIRMED, "held": CONFIRMED, "cancelled": CANCELLED}
MONTH = relativedelta(months=1)


def has_an_entry(facts: Facts) -> bool:
    return facts["precision"] in {"month", "exact"}


def occasion_of(entry: Any, origin: str) -> Occasion:
    """A briefing readers may see, whose date is known to the month at least; `origin` makes its address whole."""
    facts, when = entry.face["facts"], When.read(entry.face["facts"])
    begins, ends = _span(when)
    said = (facts["reason"], entry.summary, origin + entry.url)
    return Occasion(
        uid=f"briefing-{entry.object_id}",
        sequence=facts["sequence"],
        decided=datetime.fromisoformat(facts["decided"]),
        language=entry.language,
        title=entry.title,
        description="\n\n".join(part for part in said if part),
        place=facts["place"],
        url=origin + entry.url,
        status=_status(facts),
        begins=begins,
        ends=ends,
    )


def _status(facts: Facts) -> str:
    return (
        TENTATIVE
        if facts["precision"] == "month" and facts["progress"] != "cancelled"
        else STATUS[facts["progress"]]
    )


def _span(when: When) -> tuple[date | datetime, date | datetime]:
    if when.begins and when.ends:
        return in_ict(when.begins), in_ict(when.ends)
    return when.day, when.day + MONTH
