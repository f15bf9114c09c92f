"""Press releases: the list, the page, the printed sheet."""

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import crumbs, in_each_language, render_page
from pressroom import printed
from pressroom.models import PressRelease, Shelf
from pressroom.models.numbers import written
from pressroom.views.sections import press_room, ways
from pressroom.views.shelves import page_of, topics


def releases(request: HttpRequest) -> HttpResponse:
    return _list(request, Shelf.RELEASES, "pressroom:releases")


def statements(request: HttpRequest) -> HttpResponse:
    return _list(request, Shelf.STATEMENTS, "pressroom:statements")


def _list(request: HttpRequest, shelf: Shelf, name: str) -> HttpResponse:
    paging, topic = page_of(request, shelf)
    context = {
        "heading": shelf.label, "entries": paging.items, "paging": paging, "topics": topics(), "topic": topic,
        "breadcrumbs": crumbs(press_room()),
        "ways": ways(name.rpartition(":")[2]), "feed_url": reverse(f"{name}_feed"),
    }  # fmt: skip
    return render_page(
        request, "pressroom/shelf.html", context, title=str(shelf.label), twins=in_each_language(name)
    )


def release(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request,
        PressRelease,
        pk,
        section=press_room(),
        by_number="pressroom:release_by_number",
        show=show_release,
    )


def show_release(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page of a release; the editors' preview is this very page of an entry never written."""
    return pieces.render_piece(
        request, "pressroom/release_detail.html", piece, section=press_room(), **shown(piece)
    )


def shown(piece: pieces.Piece) -> dict[str, Any]:
    """What the page of a release shows beside the piece itself."""
    entry = piece.entry
    pk = entry.object_id
    return {
        "number": written(entry.kind, [pk]).get(pk, ""),
        "dated": parse_date(entry.face.get("dated_on") or ""),
        "briefing": _briefing_of(entry),
        "background": pieces.with_figures(entry.face.get("background", ""), entry.face.get("figures", {})),
        "pdf_url": "" if piece.preview else reverse("pressroom:release_pdf", args=[pk]),
    }


def _briefing_of(entry: Entry) -> Entry | None:
    """The page of the briefing it belongs to, as soon as readers may see that."""
    pk = entry.face.get("briefing")
    if not pk:
        return None
    begun = Entry.objects.begun(timezone.now()).exclude(status=Entry.Status.GONE).for_cards()
    return begun.filter(kind="pressroom.briefing", object_id=pk, language=entry.language).first()


@require_safe
def release_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The printed sheet; there as soon, and as long, as the page is."""
    begun = Entry.objects.begun(timezone.now()).exclude(status=Entry.Status.GONE)
    entry = begun.filter(kind="pressroom.pressrelease", object_id=pk, language=get_language()).first()
    if entry is None:
        raise Http404
    number = written(entry.kind, [pk]).get(pk, "")
    response = FileResponse(
        BytesIO(printed.release(entry, number)), filename=_("press-release-%(pk)d.pdf") % {"pk": pk}
    )
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response
