"""The month calendar beside a day's news: which Vietnamese days have something."""

import calendar
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from news.models import Article
from portal.languages.dates import ICT, day_bounds, vietnamese_day
from portal.languages.dates.words import MONTHS
from portal.search.models import Entry


def day_url(day: date) -> str:
    return reverse("news:day", args=[f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"])


#: The days that have a page.
FIRST, LAST = date(1945, 9, 2), date(2999, 11, 30)


def shifted(day: date, days: int) -> date:
    """Another day, kept among those that have a page."""
    return min(max(day + timedelta(days=days), FIRST), LAST)


def month_of(chosen: date, now: datetime) -> dict[str, Any]:
    """{title, prev_url, next_url, weeks}: weeks begin on Monday; days carry their count and, when not to come, address."""
    first = chosen.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    counts = _counts(first, after, now)
    today = vietnamese_day(now)
    weeks = [
        [_cell(day, first, chosen, today, counts) for day in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return {
        "title": _title(first),
        "prev_url": day_url(shifted(first, -1)),
        "next_url": day_url(after) if after <= today else "",
        "weeks": weeks,
    }


def _title(first: date) -> str:
    return (
        f"Tháng {first.month}/{first.year}"
        if get_language() == "vi"
        else f"{MONTHS[first.month - 1]} {first.year}"
    )


def _counts(first: date, after: date, now: datetime) -> Counter[date]:
    begins, ends = day_bounds(first)[0], day_bounds(after)[0]
    moments = (
        Entry.objects.in_language(get_language())
        .filter(section=Article.section)
        .listed(now, ends)
        .filter(visible_from__gte=begins, visible_from__lt=ends)
        .values_list("visible_from", flat=True)
    )
    return Counter(moment.astimezone(ICT).date() for moment in moments)


def _cell(day: date, first: date, chosen: date, today: date, counts: Counter[date]) -> dict[str, Any] | None:
    if day.month != first.month:
        return None
    return {
        "number": day.day,
        "url": day_url(day) if counts[day] else None,
        "today": day == today,
        "selected": day == chosen,
        "count": counts[day],
    }
