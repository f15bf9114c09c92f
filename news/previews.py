"""The editors' preview: the very page readers get, of an entry written nowhere."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from news.views import article_page, related_entries
from portal.search.models import Entry


def article(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Registered in apps.py as the preview of articles; the active language is the entry's."""
    related = related_entries(entry, timezone.now())
    return article_page(
        request, entry, related=related, twins={entry.language: entry.url}, elsewhere={}, preview=True
    )
