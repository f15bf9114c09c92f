"""The frame of the pages around an event on which it is decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from training.admin.day_pages import page
from training.models import Event
from training.when import when_of


def event_page(
    request: HttpRequest, template: str, event: Event, context: dict[str, Any], title: str
) -> HttpResponse:
    """A page about an event in its frame; `title` has a place for the event's."""
    shown = {"when": when_of(event).words(get_language() or "vi"), **context}
    return page(request, template, event, shown, title=title % {"title": event})
