"""The bulletin: its archive, an issue, and the issue as a file."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.languages.dates import Quarter, vietnamese_day
from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import crumbs, in_each_language, render_page
from publications import letter, printed
from publications.issues import Issue, with_origin
from publications.models import Bulletin
from publications.models.downloads import count_download
from publications.views.files import MEDIA_TYPES, file_answer
from publications.views.shelf import listed, section


def bulletins(request: HttpRequest) -> HttpResponse:
    """Every issue, by year, the newest first."""
    rows = listed(timezone.now()).filter(shelf_id=Bulletin.SHELF).defer("text", "text_folded")
    issues = sorted(rows, key=lambda entry: (entry.face["year"], entry.face["quarter"]), reverse=True)
    context = {
        "years": [(year, list(each)) for year, each in groupby(issues, key=lambda entry: entry.face["year"])],
        "feed_url": reverse("publications:feed"),
        "breadcrumbs": crumbs(section()),
    }
    return render_page(
        request, "publications/bulletin_list.html", context, title=_("Bulletin"),
        twins=in_each_language("publications:bulletins"),
    )  # fmt: skip


def _bulletin_or_404(year: int, quarter: int) -> int:
    pk = Bulletin.objects.originals().filter(year=year, quarter=quarter).values_list("pk", flat=True).first()
    if pk is None:
        raise Http404
    return pk


def bulletin(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    return bulletin_by_number(request, _bulletin_or_404(year, quarter))


def bulletin_by_number(request: HttpRequest, pk: int) -> HttpResponse:
    return pieces.answer(
        request,
        Bulletin,
        pk,
        section=section(),
        by_number="publications:bulletin_by_number",
        show=show_bulletin,
    )


def show_bulletin(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    """The web edition, the master of the four faces; the editors' preview is this very page of an entry never written."""
    issue = piece.entry.face
    return pieces.render_piece(
        request, "publications/bulletin_detail.html", piece, section=section(), issue=issue,
        quarter=Quarter(issue["year"], issue["quarter"]).title(get_language() or "en"),
        dated=parse_date(issue["dated"]), parts=list(_parts(issue)), forward=letter.forward_address(with_origin(issue)),
        files=[] if piece.preview else _files(issue),
        foreword=pieces.with_figures(issue["foreword"], issue["foreword_figures"]),
    )  # fmt: skip


def _parts(issue: Issue) -> Iterator[dict[str, Any]]:
    """The sections with their pieces as the page shows them."""
    for number, part in enumerate(issue["sections"], start=1):
        shown = [
            {
                **each,
                "anchor": letter.anchor(each["key"]),
                "body": pieces.with_figures(each["body"], each["figures"]),
                "published": parse_datetime(each["published"]) if each["published"] else None,
            }
            for each in part["pieces"]
        ]
        yield {"title": part["title"], "anchor": f"part-{number}", "pieces": shown}


def _files(issue: Issue) -> list[dict[str, str]]:
    return [
        {
            "kind": form.upper(),
            "url": reverse("publications:bulletin_file", args=[issue["year"], issue["quarter"], form]),
        }
        for form in MEDIA_TYPES
    ]


@require_safe
def bulletin_file(request: HttpRequest, year: int, quarter: int, form: str) -> HttpResponseBase:
    """The issue as PDF or EPUB; there as soon, and as long, as its page is."""
    now = timezone.now()
    pk = _bulletin_or_404(year, quarter)
    begun = Entry.objects.begun(now).exclude(status=Entry.Status.GONE)
    entry = begun.filter(kind="publications.bulletin", object_id=pk, language=get_language()).first()
    if entry is None or form not in MEDIA_TYPES:
        raise Http404
    if request.method == "GET":
        count_download(entry.kind, pk, f"{entry.language}.{form}", vietnamese_day(now))
    name = f"bulletin-{year}-q{quarter}-{entry.language}.{form}"
    return file_answer(printed.face(entry.face, form), name, MEDIA_TYPES[form])
