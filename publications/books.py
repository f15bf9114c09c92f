"""A photo book as plain JSON, the single source of its PDF: what its readers are shown, and nothing else.

{"language", "title", "summary", "body": HTML, "figures", "authors", "rights", "publisher", "year", "isbn", "cover", "photos":
[{"image", "caption", "other_caption", "credit"}], "web_url"}, the address as a path; `with_origin` makes it whole.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.editorial.actions import entry_of
from portal.search.models import Entry
from publications.models import Publication

Book = dict[str, Any]

_FROM_THE_FACE = (
    "body", "figures", "authors", "rights", "publisher", "year", "isbn", "cover", "photos",
)  # fmt: skip


def is_book(entry: Entry) -> bool:
    """Whether the entry is that of a photo book with photos in it."""
    return entry.shelf_id == Publication.Form.PHOTO_BOOK and bool(entry.face.get("photos"))


def book_of(entry: Entry) -> Book:
    """The book of an entry. Its address is the one that needs only the number: short, and the same for ever."""
    with override(entry.language):
        web_url = reverse("publications:publication_by_number", args=[entry.object_id])
    return {
        "language": entry.language,
        "title": entry.title,
        "summary": entry.summary,
        "web_url": web_url,
        **{name: entry.face.get(name) for name in _FROM_THE_FACE},
    }


def draft_of(item: Publication, language: str) -> Entry | None:
    """The entry of a book as it stands on its makers' desk, written nowhere."""
    edition = item.edition(language)
    return entry_of(item, edition) if edition else None


def with_origin(book: Book) -> Book:
    """The book with a whole address, for a file that leaves the site."""
    return {**book, "web_url": f"{settings.MAIL_ORIGIN}{book['web_url']}"}
