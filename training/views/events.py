"""Events: what is to come, what was, one event."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import crumbs, in_each_language, render_page
from training.models import Event
from training.views.sections import training


def landing(request: HttpRequest) -> HttpResponse:
    """The events readers of this language may see."""
    entries = Entry.objects.in_language(get_language() or "vi").listed(timezone.now())
    context = {"entries": entries.filter(section="training").newest()[:20], "breadcrumbs": crumbs()}
    return render_page(
        request, "training/event_list.html", context, title=_("Training and seminars"),
        twins=in_each_language("training:landing"),
    )  # fmt: skip


def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request, Event, pk, section=training(), by_number="training:event_by_number", show=show_event
    )


def show_event(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page; the editors' preview is this very page of an entry never written."""
    return pieces.render_piece(request, "training/event_detail.html", piece, section=training())


def preview(request: HttpRequest, entry: Entry) -> HttpResponse:
    """For the registry: the page of an entry that is written nowhere."""
    return show_event(request, pieces.Piece(entry, twins={entry.language: entry.url}, preview=True))
