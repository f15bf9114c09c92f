"""Issues and photo books as files, made when first asked for and kept: the same words and pictures are set once."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from django.core.cache import cache
from django.utils.translation import override

from portal.printing import NotTypeset, digest, kept
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
    return kept([_LOOK, issue], form, partial(made, issue, form))


def photo_book(entry: Entry) -> bytes:
    """The book of an entry as PDF, kept like an issue. A print version that its makers placed stands beside it: theirs is
    for a printing house, this one for every reader, with its pictures described. Raises `portal.printing.NotTypeset`.
    """
    book = books.book_of(entry)
    return kept([_LOOK, book], "pdf", partial(_set_book, book))


def _set_book(book: books.Book) -> bytes:
    return pdf.photo_book_pdf(books.with_origin(book))


def made(issue: issues.Issue, form: str) -> bytes:
    """The issue as "pdf" or "epub", not kept."""
    return _MAKERS[form](issues.with_origin(issue))


def pages_of(bulletin: Any, language: str) -> int:
    """How many pages the issue has in print as it stands now."""
    with override(language):
        issue = issues.issue_of(bulletin, language)
    return _extent(issue, partial(made, issue, "pdf")).pages


def extent_of_draft(entry: Entry) -> Extent:
    """How much there will be of a book that may change yet, and so is not kept. Raises `NotTypeset`."""
    book = books.book_of(entry)
    return _extent(book, partial(_set_book, book))


def extent_of(entry: Entry) -> Extent | None:
    """How much there is of a book that readers see; None of one that cannot be set. Known since its makers looked it over."""
    try:
        return _extent(books.book_of(entry), partial(photo_book, entry))
    except NotTypeset:
        log.exception("photo book %s cannot be set", entry.object_id)
        return None


def _extent(said: dict[str, Any], make: Callable[[], bytes]) -> Extent:
    key = f"printed-extent:{digest([_LOOK, said])}"
    if (known := cache.get(key)) is None:
        content = make()
        known = (pdf.page_count(content), len(content))
        cache.set(key, known, FOREVER)
    return Extent(*known)
