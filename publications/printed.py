"""Issues and photo books as files, made when first asked for and kept: the same words and pictures are set once."""

import hashlib
import json
import logging
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import override

from portal.printing import NotTypeset
from portal.search.models import Entry
from publications import books, issues
from publications.printing import epub, pdf

FOREVER = None
_MAKERS: dict[str, Callable[[issues.Issue], bytes]] = {"pdf": pdf.bulletin_pdf, "epub": epub.bulletin_epub}
#: Raised when the look of printed matter changes, so that none is kept from before.
_LOOK = 3

log = logging.getLogger(__name__)


class Extent(NamedTuple):
    """How much there is of a file."""

    pages: int
    size: int  # bytes


def face(issue: issues.Issue, form: str) -> bytes:
    """The issue as "pdf" or "epub". It never differs for the same issue, so it is kept under the digest of its words."""
    return _kept(f"printed/{digest(issue)}.{form}", partial(made, issue, form))


def photo_book(entry: Entry) -> bytes:
    """The book of an entry as PDF, kept like an issue. A print version that its makers placed stands beside it: theirs is
    for a printing house, this one for every reader, with its pictures described. Raises `portal.printing.NotTypeset`.
    """
    book = books.book_of(entry)
    return _kept(f"printed/{digest(book)}.pdf", partial(_set_book, book))


def _set_book(book: books.Book) -> bytes:
    return pdf.photo_book_pdf(books.with_origin(book))


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    content = make()
    _keep(name, content)
    return content


def _keep(name: str, content: bytes) -> None:
    """Whole or not at all: a half-written file would be served for ever. Stores of objects do so by themselves."""
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:
        default_storage.save(name, ContentFile(content))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(place)


def made(issue: issues.Issue, form: str) -> bytes:
    """The issue as "pdf" or "epub", not kept."""
    return _MAKERS[form](issues.with_origin(issue))


def digest(said: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps([_LOOK, said], sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def pages_of(bulletin: Any, language: str) -> int:
    """How many pages the issue has in print as it stands now."""
    with override(language):
        issue = issues.issue_of(bulletin, language)
    return _extent(digest(issue), partial(made, issue, "pdf")).pages


def extent_of_draft(entry: Entry) -> Extent:
    """How much there will be of a book that may change yet, and so is not kept. Raises `NotTypeset`."""
    book = books.book_of(entry)
    return _extent(digest(book), partial(_set_book, book))


def extent_of(entry: Entry) -> Extent | None:
    """How much there is of a book that readers see; None of one that cannot be set. Known since its makers looked it over."""
    try:
        return _extent(digest(books.book_of(entry)), partial(photo_book, entry))
    except NotTypeset:
        log.exception("photo book %s cannot be set", entry.object_id)
        return None


def _extent(digest: str, make: Callable[[], bytes]) -> Extent:
    key = f"printed-extent:{digest}"
    if (known := cache.get(key)) is None:
        content = make()
        known = (pdf.page_count(content), len(content))
        cache.set(key, known, FOREVER)
    return Extent(*known)
