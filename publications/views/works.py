"""A work: its page, its files, and for a photo book each photo on a page of its own."""

from typing import Any

from django.db.models import QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from portal.printing import NotTypeset
from portal.search import pieces
from portal.search.models import Entry
from portal.web.pages import in_each_language, render_page
from publications import books, printed
from publications.models import Download, Publication
from publications.models.downloads import count_download
from publications.views.files import MEDIA_TYPES, file_answer
from publications.views.shelf import section


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
        request, "publications/publication_detail.html", piece, section=section(), works=_works(piece), book=_book(piece),
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


def _book(piece: pieces.Piece) -> dict[str, Any] | None:
    """The photo book as a file: where it is, and how much there is of it."""
    slug = _slug_of(piece.entry)
    if piece.preview or not slug or not books.is_book(piece.entry):
        return None
    extent = printed.extent_of(piece.entry)
    address = reverse("publications:photo_book_file", args=[slug, piece.entry.object_id])
    return {"url": address, **extent._asdict()} if extent else None


def _slug_of(entry: Entry) -> str:
    """The words of its address, before the number."""
    return entry.url.rstrip("/").rpartition("/")[2].rpartition("-")[0]


def _downloads(entry: Entry) -> int:
    return Download.objects.filter(kind=entry.kind, object_id=entry.object_id).total()


def photo(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """One photo of a book, with the way to the next; it needs no script."""
    found = {entry.language: entry for entry in _standing(pk) if _slug_of(entry)}
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
    entry = _standing(pk).filter(language=get_language()).first()
    files = {each["asset"]: each for each in entry.face.get("files", [])} if entry else {}
    if entry is None or str(uuid) not in files:
        raise Http404
    if request.method == "GET":
        count_download(entry.kind, pk, str(uuid), vietnamese_day(timezone.now()))
    response = HttpResponseRedirect(reverse("library:file", args=[uuid, files[str(uuid)]["filename"]]))
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def photo_book_file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A photo book as PDF; there as soon, and as long, as its page is."""
    entry = _standing(pk).filter(language=get_language()).first()
    if entry is None or slug != _slug_of(entry) or not books.is_book(entry):
        raise Http404
    try:
        content = printed.photo_book(entry)
    except NotTypeset as problem:
        raise Http404 from problem
    if request.method == "GET":
        count_download(entry.kind, pk, f"{entry.language}.pdf", vietnamese_day(timezone.now()))
    return file_answer(content, f"{slug}.pdf", MEDIA_TYPES["pdf"])


def _standing(pk: int) -> QuerySet:
    """The entries of a work that are before readers."""
    begun = Entry.objects.begun(timezone.now()).exclude(status=Entry.Status.GONE)
    return begun.filter(kind=Publication._meta.label_lower, object_id=pk)
