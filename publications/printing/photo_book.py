"""A photo book's JSON turned into what `photo_book.typ` sets: one picture to a page, its words in both languages."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal import printing
from portal.languages import other
from publications.printing.pictures import Pictures, Placed, shape_of

Book = dict[str, Any]

#: A page that suits pictures: one of 3 to 2 fills its width and leaves room for the words under it. A4 prints it whole.
WIDTH_MM, HEIGHT_MM = 270, 210
ACROSS_PX, COLUMN_PX = 2000, 1000  # about 210 dots an inch, across the page
STANDING = 1.2  # narrower pictures have their words at their side


class PhotoBook:
    """One book on its way to paper: collects the pictures as it describes what is to be set."""

    def __init__(self, book: Book, language: str) -> None:
        self.book = book
        self.language = language
        self.pictures = Pictures(placed_in(book))

    def particulars(self) -> dict[str, Any]:
        """What the template reads."""
        year = date(self.book.get("year") or date.min.year, 1, 1)
        return {
            "language": self.language,
            "other": other(self.language),
            "title": self.book.get("title") or _("Photo book"),
            "author": self.book.get("authors") or self.book.get("publisher") or [],
            "day": [year.year, year.month, year.day],
            "page": {"width": WIDTH_MM, "height": HEIGHT_MM},
            "kind": _("Photo book"),
            "year": str(self.book.get("year") or ""),
            "publisher": self.book.get("publisher") or "",
            "summary": self.book.get("summary") or "",
            "cover": self.pictures.drawn(self.book.get("cover"), longest=ACROSS_PX),
            "introduction": self._introduction(),
            "photos": [
                self._photo(number, each) for number, each in enumerate(self.book.get("photos") or [], 1)
            ],
            "imprint": self._imprint(),
        }

    def _introduction(self) -> dict[str, Any] | None:
        nodes = printing.nodes(self.book.get("body") or "", home=self.book.get("web_url") or "")
        figures = self.book.get("figures") or {}
        pictures = {uuid: self.pictures.drawn(each, longest=COLUMN_PX) for uuid, each in figures.items()}
        return {"title": _("About this book"), "nodes": nodes, "pictures": pictures} if nodes else None

    def _photo(self, number: int, placed: Placed) -> dict[str, Any]:
        drawn = self.pictures.drawn(placed, longest=ACROSS_PX) or {}
        return {
            **drawn,
            "heading": _("Photo %(number)d") % {"number": number},
            "standing": shape_of(placed) < STANDING,
            "other-caption": placed.get("other_caption") or "",
        }

    def _imprint(self) -> dict[str, Any]:
        web = self.book.get("web_url") or ""
        return {
            "heading": _("Imprint"),
            "rows": [[label, value] for label, value in self._rows() if value],
            "rights": {"label": _("Licence and rights"), "text": self.book.get("rights") or ""},
            "web": web if web.startswith(("http://", "https://")) else "",
            "web-shown": web.partition("://")[2].rstrip("/"),
            "online": _("This book on the web:"),
        }

    def _rows(self) -> Iterator[tuple[str, str]]:
        yield _("Publisher"), self.book.get("publisher") or ""
        yield _("Authors"), self.book.get("authors") or ""
        yield _("Year"), str(self.book.get("year") or "")
        yield "ISBN", self.book.get("isbn") or ""


def placed_in(book: Book) -> Iterator[Placed]:
    """Every picture the book places anywhere."""
    placed = [book.get("cover"), *(book.get("photos") or []), *(book.get("figures") or {}).values()]
    yield from (each for each in placed if each)
