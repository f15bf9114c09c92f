"""The printed bulletin."""

from pathlib import Path
from typing import Any

from django.utils.translation import override

from portal import printing
from publications.printing.sheet import Sheet

TEMPLATE = Path(__file__).resolve().parent / "bulletin.typ"


def bulletin_pdf(issue: dict[str, Any]) -> bytes:
    """The issue as it goes to the printer, the same bytes for the same issue; raises `portal.printing.NotTypeset`."""
    language = issue.get("language") or "vi"
    with override(language):
        sheet = Sheet(issue, language)
        return printing.typeset(TEMPLATE, sheet.particulars(), pictures=sheet.pictures.files)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return printing.page_count(pdf)
