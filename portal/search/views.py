"""The front door, the home page, and the topics: what collects items of every section."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES
from portal.languages.middleware import wished_language
from portal.search import home as sections
from portal.search.models import Entry, EntryTopic, Topic
from portal.web.pages import crumbs, in_each_language, render_page
from portal.web.paging import NoSuchPage, horizon, slice_of

#: So long may a piece stand in front. Without an end, the search for the few that do would walk the archive.
IN_FRONT = timedelta(days=60)
PAGE_SIZE = 20


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


def topics(request: HttpRequest) -> HttpResponse:
    shown = [
        {"title": topic.title, "url": reverse("search:topic", args=[topic.slug]), "summary": topic.summary}
        for topic in Topic.objects.announced(timezone.now(), get_language())
        if topic.title and topic.slug
    ]
    twins = in_each_language("search:topics")
    context = {"topics": shown, "breadcrumbs": crumbs()}
    return render_page(request, "search/topic_list.html", context, title=_("Topics"), twins=twins)


def _announced(now: datetime, language: str) -> QuerySet:
    """A topic is announced by its first public entry; until then not even its name is told."""
    return EntryTopic.objects.filter(topic=OuterRef("pk"), language=language).listed(now)


def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """A dossier: items of every section, newest first."""
    now = timezone.now()
    announced = {f"announced_{code}": Exists(_announced(now, code)) for code in LANGUAGES}
    found = Topic.objects.filter(slug=slug).annotate(**announced).first()
    if found is None or not found.title or not getattr(found, f"announced_{get_language()}"):
        raise NoSuchPage(_("There is no such topic."))
    page = request.GET.get("page", "")
    rows = (
        EntryTopic.objects.filter(topic=found, language=get_language())
        .listed(now, horizon(page, now))
        .newest()
    )
    paging = slice_of(rows, page, size=PAGE_SIZE, path=request.path, key="entry_id")
    slugs = {
        language: [getattr(found, f"slug_{language}")]
        for language in LANGUAGES
        if getattr(found, f"slug_{language}") and getattr(found, f"announced_{language}")
    }
    context = {
        "topic": {"title": found.title, "summary": found.summary or ""},
        "entries": [row.entry for row in paging.items], "paging": paging,
        "breadcrumbs": crumbs((_("Topics"), reverse("search:topics"))),
    }  # fmt: skip
    twins = in_each_language("search:topic", slugs)
    return render_page(
        request,
        "search/topic_detail.html",
        context,
        title=found.title,
        twins=twins,
        description=found.summary or "",
    )
