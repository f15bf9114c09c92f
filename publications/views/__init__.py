"""The section's pages. Everything shown is read from `search.Entry`."""

from publications.views.bulletins import (
    bulletin,
    bulletin_by_number,
    bulletin_file,
    bulletins,
    show_bulletin,
)
from publications.views.files import MEDIA_TYPES, file_answer
from publications.views.shelf import shelf
from publications.views.works import file, photo, photo_book_file, publication, show_publication

__all__ = [
    "MEDIA_TYPES",
    "bulletin",
    "bulletin_by_number",
    "bulletin_file",
    "bulletins",
    "file",
    "file_answer",
    "photo",
    "photo_book_file",
    "publication",
    "shelf",
    "show_bulletin",
    "show_publication",
]
