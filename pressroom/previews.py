"""The editors' previews: the very pages readers get, of an entry written nowhere."""

from django.http import HttpRequest, HttpResponse

from portal.search.models import Entry
from portal.search.pieces import Piece
from pressroom.views.answers import show_answer
from pressroom.views.releases import show_release
from pressroom.views.statements import show_statement


def release(request: HttpRequest, entry: Entry) -> HttpResponse:
    return show_release(request, Piece(entry, twins={entry.language: entry.url}, preview=True))


def statement(request: HttpRequest, entry: Entry) -> HttpResponse:
    return show_statement(request, Piece(entry, twins={entry.language: entry.url}, preview=True))


def answer(request: HttpRequest, entry: Entry) -> HttpResponse:
    return show_answer(request, Piece(entry, twins={entry.language: entry.url}, preview=True))
