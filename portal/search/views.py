"""The front door: the root that chooses a language, and the home page."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language

from portal.languages import LANGUAGES
from portal.languages.middleware import wished_language
from portal.search import home as sections
from portal.search.models import Entry
from portal.web.pages import render_page

#: So long may a piece stand in front. Without an end, the search for the few that do would walk the archive.
IN_FRONT = timedelta(days=60)


def front_door(request: HttpRequest) -> HttpResponse:
    """To the home page in the reader's language: their last choice, then their browser's wish."""
    response = HttpResponseRedirect(f"/{wished_language(request)}/")
    response.headers["Vary"] = "Cookie, Accept-Language"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def home(request: HttpRequest) -> HttpResponse:
    language, now = get_language(), timezone.now()
    lead, featured, latest = _front_page(language, now)
    context = {
        "lead": lead,
        "featured": featured,
        "latest": latest,
        "shelves": sections.shelves(language, now),
    }
    twins = {code: f"/{code}/" for code in LANGUAGES}
    return render_page(request, "web/home.html", context, title="", twins=twins)


def _front_page(language: str, now: datetime) -> tuple[Entry | None, list[Entry], list[Entry]]:
    """The lead story, up to four featured ones and the eight latest others, each shown once. Two queries."""
    listed = Entry.objects.in_language(language).listed(now).newest().for_cards()
    prominent = list(listed.filter(prominence__gt=0, visible_from__gt=now - IN_FRONT)[:12])
    latest = list(listed[:16])
    lead = next((entry for entry in prominent if entry.prominence == 2), None) or next(
        iter(prominent or latest), None
    )
    featured = [entry for entry in prominent if entry != lead][:4]
    shown = {entry.pk for entry in [lead, *featured] if entry}
    return lead, featured, [entry for entry in latest if entry.pk not in shown][:8]
