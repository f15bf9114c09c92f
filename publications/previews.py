"""The editors' previews: the very pages readers get, of an entry written nowhere."""

from django.http import HttpRequest, HttpResponse

from portal.search.models import Entry
from portal.search.pieces import Piece
from publications.views import show_bulletin, show_publication


def bulletin(request: HttpRequest, entry: Entry) -> HttpResponse:
    return show_bulletin(request, Piece(entry, twins={entry.language: entry.url}, preview=True))


def publication(request: HttpRequest, entry: Entry) -> HttpResponse:
    return show_publication(request, Piece(entry, twins={entry.language: entry.url}, preview=True))
