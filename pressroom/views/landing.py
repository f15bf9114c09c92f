"""The press room's front page and its media kit."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages.dates import vietnamese_day
from portal.web.pages import crumbs, in_each_language, render_page
from pressroom.models import MediaItem, Shelf, Spokesperson
from pressroom.views.shelves import listed, section, topics, with_numbers

RELEASES, STATEMENTS = 6, 4


def landing(request: HttpRequest) -> HttpResponse:
    """The latest of each kind, who speaks, whom to ask, what to take along."""
    now = timezone.now()
    context = {
        "releases": _newest(Shelf.RELEASES, RELEASES, now),
        "statements": _newest(Shelf.STATEMENTS, STATEMENTS, now),
        "speakers": _speakers(now),
        "topics": topics(),
        "releases_url": Shelf.RELEASES.url,
        "statements_url": Shelf.STATEMENTS.url,
        "feed_url": reverse("pressroom:feed"),
        "breadcrumbs": crumbs(),
    }
    return render_page(
        request,
        "pressroom/landing.html",
        context,
        title=_("Press room"),
        twins=in_each_language("pressroom:landing"),
    )


def _newest(shelf: Shelf, most: int, now: datetime) -> list[Any]:
    return with_numbers(listed(now).filter(shelf_id=shelf.number)[:most])


def _speakers(now: datetime) -> list[Spokesperson]:
    """Who speaks today and has been named: for everything first, then by delegation."""
    today = vietnamese_day(now)
    speaking = Spokesperson.objects.speaking_on(today).exclude(named_at=None).select_related("person")
    rows = list(speaking.prefetch_related("person__offices"))
    for row in rows:
        row.title = row.person.title_on(today, get_language() or "vi")
    return sorted(rows, key=lambda row: row.is_delegation)


def media_kit(request: HttpRequest) -> HttpResponse:
    items = [item for item in MediaItem.objects.filter(is_offered=True).select_related("asset") if item.title]
    context = {"items": items, "breadcrumbs": crumbs(section())}
    return render_page(
        request,
        "pressroom/media_kit.html",
        context,
        title=_("Media kit"),
        twins=in_each_language("pressroom:media_kit"),
    )
