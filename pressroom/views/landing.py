"""The press room's front page and its media kit."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.web.pages import crumbs, in_each_language, render_page
from pressroom.models import MediaItem, PressContact, Shelf
from pressroom.views.briefings import upcoming
from pressroom.views.contacts import current_spokespersons
from pressroom.views.sections import press_room, ways
from pressroom.views.shelves import listed, topics

RELEASES, STATEMENTS, ANSWERS = 6, 4, 3


def landing(request: HttpRequest) -> HttpResponse:
    """The latest of each kind, who speaks, whom to ask, what to take along."""
    now = timezone.now()
    context = {
        "releases": _newest(Shelf.RELEASES, RELEASES, now),
        "statements": _newest(Shelf.STATEMENTS, STATEMENTS, now),
        "briefings": upcoming(now, get_language() or "vi")[:2],
        "answers": _newest(Shelf.ANSWERS, ANSWERS, now),
        "cards": current_spokespersons(),
        "contacts": [row for row in PressContact.objects.all() if row.name],
        "ways": ways("landing"),
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
    return list(listed(now).filter(shelf_id=shelf.number)[:most])


def media_kit(request: HttpRequest) -> HttpResponse:
    items = [item for item in MediaItem.objects.filter(is_offered=True).select_related("asset") if item.title]
    context = {"items": items, "ways": ways("media_kit"), "breadcrumbs": crumbs(press_room())}
    return render_page(
        request,
        "pressroom/media_kit.html",
        context,
        title=_("Media kit"),
        twins=in_each_language("pressroom:media_kit"),
    )
