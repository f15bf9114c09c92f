"""The shelf: bulletins, photo books, brochures. Everything shown is read from `search.Entry`."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.languages import LANGUAGES
from portal.languages.dates import Quarter, vietnamese_day
from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import Section, crumbs, in_each_language, render_page
from portal.web.paging import horizon, slice_of
from publications import letter, printed
from publications.issues import Issue, with_origin
from publications.models import Bulletin, Download, Publication
from publications.models.downloads import count_download

PAGE_SIZE = 24
MEDIA_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


def section() -> Section:
    return Section(_("Publications"), reverse("publications:shelf"))


def _listed(now: datetime, until: datetime | None = None) -> Any:
    return (
        Entry.objects.in_language(get_language()).filter(section="publications").listed(now, until).newest()
    )


def shelf(request: HttpRequest) -> HttpResponse:
    """Everything on the shelf; `?form=` one form of it, `?year=` one year."""
    page, now = request.GET.get("page", ""), timezone.now()
    form, year = _number(request, "form"), _number(request, "year")
    rows = _listed(now, horizon(page, now)).defer("text", "text_folded")
    chosen = {name: value for name, value in {"shelf_id": form, "face__year": year}.items() if value}
    asked = {name: value for name, value in {"form": form, "year": year}.items() if value}
    path = f"{request.path}?{urlencode(asked)}" if asked else request.path
    paging = slice_of(rows.filter(**chosen), page, size=PAGE_SIZE, path=path)
    context = {
        "entries": paging.items, "paging": paging, "form": form, "year": year, "forms": _forms(),
        "years": _years(now), "breadcrumbs": crumbs(),
    }  # fmt: skip
    return render_page(
        request,
        "publications/shelf.html",
        context,
        title=_("Publications"),
        twins=in_each_language("publications:shelf"),
    )


def _number(request: HttpRequest, name: str) -> int | None:
    """A number of the address; what is none asks for nothing."""
    written = request.GET.get(name, "")
    return int(written) if written.isdecimal() and len(written) <= 4 else None


def _forms() -> list[tuple[int, Any]]:
    return [(Bulletin.SHELF, _("Bulletin")), *Publication.Form.choices]


def _years(now: datetime) -> list[int]:
    years = _listed(now).order_by().values_list("face__year", flat=True).distinct()
    return sorted({year for year in years if year}, reverse=True)


def bulletins(request: HttpRequest) -> HttpResponse:
    """Every issue, by year, the newest first."""
    rows = _listed(timezone.now()).filter(shelf_id=Bulletin.SHELF).defer("text", "text_folded")
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


def file_answer(content: bytes, name: str, media_type: str) -> HttpResponseBase:
    """A file to keep. Streamed, so that no page cache holds it."""
    response = FileResponse(BytesIO(content), as_attachment=media_type != "application/pdf", filename=name)
    response.headers["Content-Type"] = media_type
    response.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    return response


def publication(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    return pieces.answer(
        request,
        Publication,
        pk,
        section=section(),
        by_number="publications:publication_by_number",
        show=show_publication,
    )


def show_publication(request: HttpRequest, piece: pieces.Piece) -> HttpResponse:
    entry = piece.entry
    return pieces.render_piece(
        request, "publications/publication_detail.html", piece, section=section(), works=_works(piece),
        photos=_photos(piece), downloads=_downloads(entry),
    )  # fmt: skip


def _works(piece: pieces.Piece) -> list[dict[str, Any]]:
    """The files of the work, those in the reader's language first."""
    own = f"file_{piece.entry.language}"
    files = piece.entry.face.get("files", [])
    pk = piece.entry.object_id
    return [
        {**file, "url": reverse("publications:file", args=[pk, file["asset"]]),
         "language": file["role"].removeprefix("file_") if file["role"].startswith("file_") else ""}
        for file in sorted(files, key=lambda file: (file["role"] != own, file["role"] == "print"))
    ]  # fmt: skip


def _photos(piece: pieces.Piece) -> list[dict[str, Any]]:
    """The photos of a series, each with the address of the page that shows it alone."""
    pk, slug = piece.entry.object_id, _slug_of(piece.entry)
    return [
        {
            **photo,
            "number": number,
            "url": reverse("publications:photo", args=[slug, pk, number]) if slug else "",
        }
        for number, photo in enumerate(piece.entry.face.get("photos", []), start=1)
    ]


def _slug_of(entry: Entry) -> str:
    """The words of its address, before the number."""
    return entry.url.rstrip("/").rpartition("/")[2].rpartition("-")[0]


def _downloads(entry: Entry) -> int:
    return Download.objects.filter(kind=entry.kind, object_id=entry.object_id).total()


def photo(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One photo of a book, with the way to the next; it needs no script."""
    begun = Entry.objects.begun(timezone.now()).exclude(status=Entry.Status.GONE)
    entries = begun.filter(kind="publications.publication", object_id=pk)
    found = {entry.language: entry for entry in entries if _slug_of(entry)}
    entry = found.get(get_language() or "")
    photos = entry.face.get("photos", []) if entry else []
    if entry is None or not 1 <= number <= len(photos):
        raise Http404
    if slug != _slug_of(entry):
        return HttpResponseRedirect(reverse("publications:photo", args=[_slug_of(entry), pk, number]))
    slugs = {code: [_slug_of(each), pk, number] for code, each in found.items()}
    around = {
        name: reverse("publications:photo", args=[slug, pk, other])
        for name, other in (("previous", number - 1), ("next", number + 1))
        if 1 <= other <= len(photos)
    }
    context = {
        "entry": entry, "photo": photos[number - 1], "number": number, "count": len(photos), **around,
        "other_language": next(code for code in LANGUAGES if code != entry.language),
    }  # fmt: skip
    title = _("%(title)s, photo %(number)d of %(count)d") % {
        "title": entry.title, "number": number, "count": len(photos)
    }  # fmt: skip
    twins = in_each_language("publications:photo", slugs)
    return render_page(request, "publications/photo.html", context, title=title, twins=twins)


@require_safe
def file(request: HttpRequest, pk: int, uuid: Any) -> HttpResponseBase:
    """To a file of a work, counted by the day and by nothing else."""
    now = timezone.now()
    begun = Entry.objects.begun(now).exclude(status=Entry.Status.GONE)
    entry = begun.filter(kind="publications.publication", object_id=pk, language=get_language()).first()
    files = {each["asset"]: each for each in entry.face.get("files", [])} if entry else {}
    if entry is None or str(uuid) not in files:
        raise Http404
    if request.method == "GET":
        count_download(entry.kind, pk, str(uuid), vietnamese_day(now))
    response = HttpResponseRedirect(reverse("library:file", args=[uuid, files[str(uuid)]["filename"]]))
    response.headers["Cache-Control"] = "no-store"
    return response
