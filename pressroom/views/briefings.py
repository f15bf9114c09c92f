"""Press briefings for readers: what is to come, what was, the page of one, calendars. All is read from `search.Entry`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.languages.dates import Quarter, vietnamese_day
from portal.search import pieces
from portal.search.models import Entry
from portal.web.calendars import answer, calendar_of, origin_of, single
from portal.web.pages import crumbs, in_each_language, render_page
from pressroom.actions.briefings import digest_of
from pressroom.briefing_facts import When, moves_of
from pressroom.calendars import has_an_entry, occasion_of
from pressroom.models import Briefing
from pressroom.records import QUESTION, STATEMENT
from pressroom.views.sections import press_room, ways

ROOMS_AHEAD = 40  # more are never planned
IN_THE_CALENDAR = 200  # the newest: some thirty years


@dataclass(frozen=True)
class Shown:
    """A briefing as a list shows it."""

    entry: Entry
    when: When
    facts: dict[str, Any]

    @classmethod
    def of(cls, entry: Entry) -> "Shown":
        return cls(entry, When.read(entry.face["facts"]), entry.face["facts"])

    @property
    def words(self) -> str:
        return self.when.words(self.entry.language)

    @property
    def quarter(self) -> Quarter:
        return self.when.quarter

    @property
    def quarter_words(self) -> str:
        return self.quarter.title(self.entry.language)

    @property
    def countdown(self) -> str:
        if self.facts["progress"] not in Briefing.OPEN:
            return ""
        return self.when.countdown(timezone.now())

    @property
    def progress(self) -> str:
        return str(Briefing.Progress(self.facts["progress"]).label)

    @property
    def kind(self) -> str:
        return _("Regular briefing") if self.facts["kind"] == Briefing.Kind.REGULAR else _("Ad hoc briefing")


def upcoming(now: datetime, language: str) -> list[Shown]:
    """What is to come, the nearest first; a month or a quarter stands at its end. One query."""
    return [each for each in _ahead(now, language) if each.facts["progress"] in Briefing.OPEN]


def _ahead(now: datetime, language: str) -> list[Shown]:
    """The same with what was cancelled: until its day has gone by it is found where it stood."""
    over = Briefing.objects.over(vietnamese_day(now)).values("pk")
    shown = [Shown.of(entry) for entry in _listed(now, language).exclude(object_id__in=over)[:ROOMS_AHEAD]]
    return sorted(shown, key=lambda each: (each.when.last_day, each.entry.pk))


def _listed(now: datetime, language: str) -> Any:
    kind = ContentType.objects.get_for_model(Briefing)
    return (
        Entry.objects.in_language(language).listed(now).filter(content_type=kind).defer("text", "text_folded")
    )


def briefings(request: HttpRequest) -> HttpResponse:
    """What is to come, and one year of what was, by quarter: `?year=`, the newest when none is asked for."""
    now, language = timezone.now(), get_language() or "vi"
    years = _years(now, language)
    year = _year_asked(request, years)
    context = {
        "upcoming": _ahead(now, language), "years": years, "year": year,
        "quarters": list(_past(now, language, year)) if year else [],
        "calendar_url": reverse("pressroom:briefing_calendar"), "breadcrumbs": crumbs(press_room()), "ways": ways("briefings"),
    }  # fmt: skip
    return render_page(
        request, "pressroom/briefing_list.html", context, title=_("Press briefings"),
        description=_("Regular and ad hoc press briefings of the ministry: dates, programmes, recordings, transcripts."),
        twins=in_each_language("pressroom:briefings"),
    )  # fmt: skip


def _years(now: datetime, language: str) -> list[int]:
    """The years with something past that readers of this language may see."""
    shown = _listed(now, language).values("object_id")
    return [
        day.year
        for day in Briefing.objects.over(vietnamese_day(now))
        .filter(pk__in=shown)
        .dates("day", "year", order="DESC")
    ]


def _year_asked(request: HttpRequest, years: list[int]) -> int | None:
    asked = request.GET.get("year", "")
    if asked.isdecimal() and len(asked) == 4 and int(asked) in years:
        return int(asked)
    return years[0] if years else None


def _past(now: datetime, language: str, year: int) -> Iterator[tuple[str, list[Shown]]]:
    pks = Briefing.objects.over(vietnamese_day(now)).filter(day__year=year).values("pk")
    shown = [Shown.of(entry) for entry in _listed(now, language).filter(object_id__in=pks)]
    shown.sort(key=lambda each: (each.when.day, each.entry.pk), reverse=True)
    return ((name, list(each)) for name, each in groupby(shown, key=lambda each: each.quarter_words))


def briefing(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request,
        Briefing,
        pk,
        section=press_room(),
        by_number="pressroom:briefing_by_number",
        show=show_briefing,
    )


def show_briefing(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The page; the editors' preview is this very page of an entry never written."""
    face = piece.entry.face
    shown = Shown.of(piece.entry)
    return pieces.render_piece(
        request, "pressroom/briefing_detail.html", piece, section=press_room(), shown=shown, facts=face["facts"],
        moves=moves_of(face["facts"], piece.entry.language), parts=_parts(face["transcript"]),
        checked=digest_of(face["transcript"]) in face["facts"]["checked"],
        calendar_url="" if piece.preview or not has_an_entry(face["facts"]) else _calendar_url(piece.entry),
        seat_url="" if piece.preview or not _gives_seats(shown) else reverse("pressroom:seat", args=[piece.entry.object_id]),
    )  # fmt: skip


def _calendar_url(entry: Entry) -> str:
    return reverse("pressroom:briefing_ics", args=[entry.object_id])


def _gives_seats(shown: Shown) -> bool:
    begins = shown.when.begins
    return (
        shown.facts["progress"] == Briefing.Progress.CONFIRMED
        and begins is not None
        and begins > timezone.now()
    )


def _parts(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The transcript in its two parts: I. announcements; II. questions, each with its answers."""
    announced = [row for row in rows if row["is"] == STATEMENT]
    asked: list[dict[str, Any]] = []
    for row in rows:
        if row["is"] == QUESTION:
            asked.append({"question": row, "answers": []})
        elif row["is"] != STATEMENT and asked:
            asked[-1]["answers"].append(row)
    return {"announced": announced, "asked": asked} if announced or asked else {}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every briefing readers of this language may see."""
    entries = _listed(timezone.now(), get_language() or "vi").newest()[:IN_THE_CALENDAR]
    origin = origin_of(request)
    occasions = [occasion_of(each, origin) for each in entries if has_an_entry(each.face["facts"])]
    return answer(calendar_of(occasions, name=_calendar_name()), "briefings.ics")


@require_safe
def one_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """One briefing; there as long as its page is, and its date is known to the month at least."""
    entry = _listed(timezone.now(), get_language() or "vi").filter(object_id=pk).first()
    if entry is None or not has_an_entry(entry.face["facts"]):
        raise Http404
    return answer(single(occasion_of(entry, origin_of(request)), name=_calendar_name()), f"briefing-{pk}.ics")


def _calendar_name() -> str:
    return _("Press briefings of the ministry")


def preview(request: HttpRequest, entry: Entry) -> HttpResponse:
    """For the registry: the page of an entry that is written nowhere."""
    return show_briefing(request, pieces.Piece(entry, twins={entry.language: entry.url}, preview=True))
