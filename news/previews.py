"""The editors' preview: the very page readers get, of an entry written nowhere."""

from django.http import HttpRequest, HttpResponse

from news.views import show_article
from portal.search.models import Entry
from portal.search.pieces import Piece


def article(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Registered in apps.py as the preview of articles; the active language is the entry's."""
    return show_article(request, Piece(entry, twins={entry.language: entry.url}, preview=True))
