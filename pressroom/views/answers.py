"""Answers to the press, for everybody to read. Everything shown is read from `search.Entry`."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import crumbs, in_each_language, render_page
from portal.web.paging import horizon, slice_of
from pressroom.models import PressAnswer, Shelf
from pressroom.views.sections import press_room, ways

PAGE_SIZE = 20


def answers(request: HttpRequest) -> HttpResponse:
    """The questions of the press that were answered on the record, the newest first."""
    page, now = request.GET.get("page", ""), timezone.now()
    rows = Entry.objects.in_language(get_language()).filter(
        section="pressroom", shelf_id=Shelf.ANSWERS.number
    )
    listed = rows.listed(now, horizon(page, now)).newest().for_cards()
    paging = slice_of(listed, page, size=PAGE_SIZE, path=request.path)
    context = {
        "entries": paging.items,
        "paging": paging,
        "ways": ways("answers"),
        "breadcrumbs": crumbs(press_room()),
    }
    return render_page(
        request, "pressroom/answer_list.html", context, title=_("Answers to the press"),
        twins=in_each_language("pressroom:answers"),
    )  # fmt: skip


def answer(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request,
        PressAnswer,
        pk,
        section=press_room(),
        by_number="pressroom:answer_by_number",
        show=show_answer,
    )


def show_answer(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page of one answer; the editors' preview is this very page of an entry never written."""
    face = piece.entry.face
    return pieces.render_piece(
        request, "pressroom/answer_detail.html", piece, section=press_room(), question=face.get("question", ""),
        outlet=face.get("outlet", ""), journalist=face.get("journalist", ""),
        asked_on=parse_date(face.get("asked_on") or ""), answered_on=parse_date(face.get("answered_on") or ""),
    )  # fmt: skip
