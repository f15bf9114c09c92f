"""What the pages of the press room share: their place, their lists, their numbers."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from portal.search.models import Entry, Topic
from portal.web.paging import Slice, horizon, slice_of
from pressroom.models import Shelf
from pressroom.models.numbers import of_row

PAGE_SIZE = 20


def listed(now: datetime, until: datetime | None = None) -> Any:
    """What lists show, each with its `number` as it is printed."""
    of_the_press = Entry.objects.in_language(get_language()).filter(section="pressroom")
    return of_the_press.listed(now, until).newest().for_cards().annotate(number=of_row())


def page_of(request: HttpRequest, shelf: Shelf) -> tuple[Slice, int | None]:
    """The page of a shelf asked for, with the topic it is narrowed to (`?topic=`)."""
    page, now = request.GET.get("page", ""), timezone.now()
    topic = number_asked(request, "topic")
    rows = listed(now, horizon(page, now)).filter(shelf_id=shelf.number)
    if topic:
        rows = rows.filter(in_topics__topic=topic)
    path = f"{request.path}?{urlencode({'topic': topic})}" if topic else request.path
    return slice_of(rows, page, size=PAGE_SIZE, path=path), topic


def number_asked(request: HttpRequest, name: str) -> int | None:
    """A number of the address; what is none asks for nothing."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) <= 9 else None


def topics() -> list[Topic]:
    """The dossiers that have a name in the active language."""
    return [topic for topic in Topic.objects.all() if topic.title and topic.slug]
