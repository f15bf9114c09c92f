"""One month of training as a calendar: a table of days, read by keyboard and screen reader, without a script."""

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES
from portal.languages.dates import month_of_year, vietnamese_day, weekday
from portal.languages.dates.words import WEEKDAYS
from portal.web.pages import crumbs, in_each_language, render_page
from portal.web.paging import NoSuchPage
from training.models import Event
from training.shown import Shown, listed
from training.views.sections import training, ways

MONTH = relativedelta(months=1)
YEAR = relativedelta(years=1)


@dataclass
class Day:
    """A cell: what takes place on a day; `inside` the month or beside it."""

    day: date
    inside: bool
    is_today: bool
    weekday: str
    events: list[Shown] = field(default_factory=list)


def this_month(request: HttpRequest) -> HttpResponse:
    today = vietnamese_day(timezone.now())
    return redirect("training:month", today.year, today.month)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month between the first event and the last, or within a year from now."""
    now, language = timezone.now(), get_language() or "vi"
    today = vietnamese_day(now)
    first = _first_or_404(year, month)
    earliest, latest = _span(today)
    if not earliest <= first <= latest:
        raise NoSuchPage(_("There is no calendar of this month."))
    touching = Event.objects.within(first, first + MONTH - relativedelta(days=1)).order_by().values("pk")
    shown = [Shown.of(entry) for entry in listed(now, language).filter(object_id__in=touching)]
    shown.sort(key=lambda each: (each.when.first, each.facts["begins"], each.entry.pk))
    words = month_of_year(first, language)
    context = {
        "words": words, "weeks": _weeks(first, today, shown), "weekdays": WEEKDAYS[language],
        "shown": shown, "vague": [each for each in shown if each.when.precision == "month"],
        "previous": _link(first - MONTH, language) if first > earliest else None,
        "next": _link(first + MONTH, language) if first < latest else None,
        "today_url": reverse("training:month", args=[today.year, today.month]), "is_this": first == today.replace(day=1),
        "calendar_url": reverse("training:ics"), "ways": ways("this_month"), "breadcrumbs": crumbs(training()),
    }  # fmt: skip
    title = _("Training in %(month)s") % {
        "month": words[0].lower() + words[1:] if language == "vi" else words
    }
    arguments: dict[str, list[Any]] = {each: [year, month] for each in LANGUAGES}
    return render_page(
        request, "training/event_month.html", context, title=title, twins=in_each_language("training:month", arguments),
        robots="" if shown else "noindex",
    )  # fmt: skip


def _first_or_404(year: int, month: int) -> date:
    try:
        return date(year, month, 1)
    except (ValueError, OverflowError):
        raise NoSuchPage(_("There is no calendar of this month.")) from None


def _span(today: date) -> tuple[date, date]:
    """The first and the last month there is a calendar of."""
    known = Event.objects.originals().aggregate(first=Min("begins_on"), last=Max("ends_on"))
    first, last = known["first"] or today, max(known["last"] or today, today + YEAR)
    return min(first, today).replace(day=1), last.replace(day=1)


def _weeks(first: date, today: date, shown: list[Shown]) -> list[list[Day]]:
    exact = [each for each in shown if each.when.precision in {"day", "exact"}]
    return [
        [_day(day, first, today, exact) for day in week]
        for week in Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    ]


def _day(day: date, first: date, today: date, shown: list[Shown]) -> Day:
    inside = day.month == first.month
    events = [each for each in shown if each.when.first <= day <= each.when.last] if inside else []
    return Day(day, inside, day == today, weekday(day, get_language() or "vi"), events)


def _link(first: date, language: str) -> dict[str, Any]:
    return {
        "words": month_of_year(first, language),
        "url": reverse("training:month", args=[first.year, first.month]),
    }
