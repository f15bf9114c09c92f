"""Printed matter of the shelf: the bulletin, and photo books. The same bytes for the same words and pictures."""

from pathlib import Path
from typing import Any

from django.utils.translation import override

from portal import printing
from publications.printing.photo_book import PhotoBook
from publications.printing.sheet import Sheet

HERE = Path(__file__).resolve().parent


def bulletin_pdf(issue: dict[str, Any]) -> bytes:
    """The issue as it goes to the printer; raises `portal.printing.NotTypeset`."""
    language = issue.get("language") or "vi"
    with override(language):
        sheet = Sheet(issue, language)
        return printing.typeset(HERE / "bulletin.typ", sheet.particulars(), pictures=sheet.pictures.files)


def photo_book_pdf(book: dict[str, Any]) -> bytes:
    """The book as it is read and printed at home; raises `portal.printing.NotTypeset`."""
    language = book.get("language") or "vi"
    with override(language):
        sheet = PhotoBook(book, language)
        return printing.typeset(HERE / "photo_book.typ", sheet.particulars(), pictures=sheet.pictures.files)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return printing.page_count(pdf)
