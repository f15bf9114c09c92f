"""What is to come, and what was, by year, form and theme."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages.dates import month_of_year, vietnamese_day
from portal.languages.folding import fold
from portal.search.models import Entry
from portal.web.pages import crumbs, in_each_language, render_page
from training.models import Event, Theme
from training.shown import Shown, listed, past, to_come
from training.views.sections import training, ways

AHEAD = 60  # more are never planned at once
LATEST = 6
MOST_FOUND = 200
LONGEST_WORDS = 100


def landing(request: HttpRequest) -> HttpResponse:
    """What is to come, month by month; the last that were; the themes."""
    now, language = timezone.now(), get_language() or "vi"
    over = Event.objects.over(vietnamese_day(now))
    ahead = to_come(now, language, AHEAD)
    context = {
        "ahead": ahead, "months": _months(ahead, language), "latest": past(now, language, over, LATEST),
        "themes": Theme.objects.all(), "past_url": reverse("training:past"), "calendar_url": reverse("training:ics"),
        "ways": ways("landing"), "breadcrumbs": crumbs(),
    }  # fmt: skip
    return render_page(
        request, "training/event_list.html", context, title=_("Training and seminars"),
        description=_("Courses, seminars and conferences of the ministry: dates, programmes, registration, papers."),
        twins=in_each_language("training:landing"),
    )  # fmt: skip


def _months(ahead: list[Shown], language: str) -> list[dict[str, Any]]:
    """The months with something ahead whose month is known, each with how many."""
    counted: dict[date, int] = {}
    for each in ahead:
        if each.when.precision != "year" and not each.is_cancelled:
            month = each.when.first.replace(day=1)
            counted[month] = counted.get(month, 0) + 1
    return [
        {
            "words": month_of_year(month, language),
            "count": count,
            "url": reverse("training:month", args=[month.year, month.month]),
        }
        for month, count in sorted(counted.items())
    ]


def past_events(request: HttpRequest) -> HttpResponse:
    """What was: of one year (the newest unless something is asked for), of a form, of a theme, with these words."""
    now, language = timezone.now(), get_language() or "vi"
    over = Event.objects.over(vietnamese_day(now))
    years = [
        day.year for day in over.filter(pk__in=_seen(now, language)).dates("begins_on", "year", order="DESC")
    ]
    themes = list(Theme.objects.all())
    asked = _asked(request, years, themes)
    found = _matching(now, language, _narrowed(over, asked), asked["words"])
    context = {
        "found": found[:MOST_FOUND], "more": len(found) > MOST_FOUND, "asked": asked, "years": years, "themes": themes,
        "forms": Event.Form.choices, "ways": ways("past"), "breadcrumbs": crumbs(training()),
    }  # fmt: skip
    return render_page(
        request, "training/event_past.html", context, title=_("Past events"),
        description=_("The ministry’s training courses and seminars of earlier years, with their papers and pictures."),
        twins=in_each_language("training:past"),
    )  # fmt: skip


def _seen(now: datetime, language: str) -> QuerySet:
    return listed(now, language).order_by().values("object_id")


def _asked(request: HttpRequest, years: list[int], themes: list[Theme]) -> dict[str, Any]:
    """What the address asks for, of what there is; whatever else it says is not heard."""
    said = {name: request.GET.get(name, "") for name in ("year", "form", "theme", "words")}
    form = said["form"] if said["form"] in Event.Form.values else ""
    theme = said["theme"] if said["theme"] in {each.code for each in themes} else ""
    words = " ".join(said["words"][:LONGEST_WORDS].split())
    year = next((each for each in years if str(each) == said["year"]), None)
    if year is None and years and not (form or theme or words or said["year"] == "all"):
        year = years[0]
    return {"year": year, "form": form, "theme": theme, "words": words}


def _narrowed(events: QuerySet[Event], asked: dict[str, Any]) -> QuerySet[Event]:
    if asked["year"]:
        events = events.filter(begins_on__year=asked["year"])
    if asked["form"]:
        events = events.filter(form=asked["form"])
    return events.filter(theme__code=asked["theme"]) if asked["theme"] else events


def _matching(now: datetime, language: str, events: QuerySet[Event], words: str) -> list[Shown]:
    """Those whose title or text holds every word, with or without diacritics."""
    if not words:
        return past(now, language, events, MOST_FOUND + 1)
    holds = Q()
    for word in fold(words).split():
        holds &= Q(title_folded__contains=word) | Q(text_folded__contains=word)
    matching = Entry.objects.in_language(language).filter(holds, section="training").values("object_id")
    return past(now, language, events.filter(pk__in=matching), MOST_FOUND + 1)
