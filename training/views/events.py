"""The page of one event, in both its lives: announced, and on record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.search import pieces
from portal.search.models import Entry
from portal.web.calendars import answer, calendar_of, origin_of, single
from training.calendars import has_an_entry, occasion_of
from training.facts import moves_of
from training.models import Event
from training.rules.doors import door_of
from training.shown import Shown, listed
from training.views.sections import training

IN_THE_CALENDAR = 200  # the newest: some ten years


def event(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request, Event, pk, section=training(), by_number="training:event_by_number", show=show_event
    )


def show_event(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page; the editors' preview is this very page of an entry never written."""
    entry = piece.entry
    found = Event.objects.filter(pk=entry.object_id).first()
    door = door_of(found.root, timezone.now()) if found else None
    shown = Shown.of(entry, door)
    register = door is not None and door.can_be_entered and not piece.preview
    return pieces.render_piece(
        request, "training/event_detail.html", piece, section=training(), shown=shown, facts=shown.facts, door=door,
        moves=moves_of(shown.facts, entry.language), papers=_papers(entry),
        register_url=reverse("training:register", args=[entry.object_id]) if register else "",
        calendar_url="" if piece.preview or not has_an_entry(shown.facts) else _calendar_url(entry),
    )  # fmt: skip


def _papers(entry: Entry) -> list[dict[str, object]]:
    """The papers read, each with its address."""
    return [
        {**paper, "url": reverse("library:file", args=[paper["asset"], paper["filename"]])}
        for paper in entry.face.get("files", [])
        if paper["role"] == "paper"
    ]


def _calendar_url(entry: Entry) -> str:
    return reverse("training:event_ics", args=[entry.object_id])


def preview(request: HttpRequest, entry: Entry) -> HttpResponse:
    """For the registry: the page of an entry that is written nowhere."""
    return show_event(request, pieces.Piece(entry, twins={entry.language: entry.url}, preview=True))


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every event readers of this language may see, for their own calendars."""
    entries = listed(timezone.now(), get_language() or "vi").newest()[:IN_THE_CALENDAR]
    origin = origin_of(request)
    occasions = [occasion_of(each, origin) for each in entries if has_an_entry(each.face["facts"])]
    return answer(calendar_of(occasions, name=_calendar_name()), "training.ics")


@require_safe
def one_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One event; there as long as its page is, and its date is known to the month at least."""
    entry = listed(timezone.now(), get_language() or "vi").filter(object_id=pk).first()
    if entry is None or not has_an_entry(entry.face["facts"]):
        raise Http404
    return answer(single(occasion_of(entry, origin_of(request)), name=_calendar_name()), f"training-{pk}.ics")


def _calendar_name() -> str:
    return _("Training and seminars of the ministry")
