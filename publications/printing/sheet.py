"""An issue's JSON turned into what `bulletin.typ` sets: words in its language, pictures cut to their place."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from portal import printing
from portal.languages.dates import short_day
from portal.printing import Node
from publications.printing import imprint
from publications.printing.imprint import Issue
from publications.printing.pictures import Pictures, Placed, shape_of

Piece = dict[str, Any]

ACROSS_PX, COLUMN_PX = 1600, 1000  # about 260 dots an inch, across the page and in a column
#: Shapes (width by height): the lead's picture, the tallest, the least wide one.
LEAD, STANDING, SQUARE = 2.05, 0.8, 1.15
HIGHLIGHTS = 3
WIDE_TABLE = 4  # columns; from here on a table is set across the page


class Sheet:
    """One issue on its way to paper: collects the pictures as it describes what is to be set."""

    def __init__(self, issue: Issue, language: str) -> None:
        self.issue = issue
        self.language = language
        self.pictures = Pictures(placed_in(issue))
        self.page = imprint.page_of(issue)
        self.period = imprint.period(issue, language)
        self.name = imprint.name_of(issue)
        self.day = imprint.day_of(issue)

    def particulars(self) -> dict[str, Any]:
        """What the template reads."""
        sections = [
            self._section(section) for section in self.issue.get("sections") or [] if section.get("pieces")
        ]
        for place, piece in enumerate(piece for section in sections for piece in section["pieces"]):
            piece["key"] = f"piece-{place}"
        return {
            "language": self.language,
            "title": f"{self.name}, {self.period}",
            "author": self.issue.get("publisher") or [],
            "day": [self.day.year, self.day.month, self.day.day],
            "page": self.page,
            "name": self.name,
            "period": self.period,
            "words": {
                "contents": _("Contents"),
                "foreword": _("Foreword"),
                "figures": _("The quarter in figures"),
                "online": _("This issue on the web:"),
            },
            "cover": self._cover(sections),
            "foreword": self._foreword(),
            "figures": figures_of(self.issue),
            "sections": sections,
            "imprint": self._imprint(),
        }

    def _cover(self, sections: list[dict[str, Any]]) -> dict[str, Any]:
        issue = self.issue
        theme = issue.get("summary") or ""
        titled = [(section, piece) for section in sections for piece in section["pieces"] if piece["title"]]
        firsts = [next(pairs) for _title, pairs in groupby(titled, key=lambda pair: pair[0]["title"])]
        chosen = (firsts + [pair for pair in titled if pair not in firsts])[:HIGHLIGHTS]
        return {
            "publisher": issue.get("publisher") or "",
            "dated": short_day(self.day, self.language),
            "kind": _("Bulletin"),
            "aside": "" if self.language == "vi" else "Bản tin",
            "name": self.name,
            "theme": theme,
            "period": self.period,
            "number": _("No. %(number)s") % {"number": issue["number"]} if issue.get("number") else "",
            "short": f"{_ROMAN[self.issue['quarter']]}/{issue['year']}",
            "picture": self.pictures.drawn(issue.get("cover"), longest=ACROSS_PX),
            "highlights": [
                {"section": section["title"], "title": piece["title"], "key": piece["key"]}
                for section, piece in chosen
            ],
        }

    def _foreword(self) -> dict[str, Any] | None:
        html = self.issue.get("foreword") or ""
        if not (nodes := printing.nodes(html, home=self.issue.get("web_url") or "")):
            return None
        by, _comma, post = (self.issue.get("foreword_by") or "").partition(",")
        pictures = self._pictures(nodes, self.issue.get("foreword_figures") or {})
        return {"nodes": nodes, "by": by.strip(), "post": post.strip(), "pictures": pictures}

    def _section(self, section: dict[str, Any]) -> dict[str, Any]:
        pieces = [self._piece(piece, lead=at == 0) for at, piece in enumerate(section.get("pieces") or [])]
        return {"title": section.get("title") or _("In this issue"), "pieces": pieces}

    def _piece(self, piece: Piece, *, lead: bool) -> dict[str, Any]:
        nodes = printing.nodes(piece.get("body") or "", home=piece.get("url") or "")
        return {
            "lead": lead,
            "title": piece.get("title") or "",
            "standfirst": piece.get("summary") or "",
            "meta": meta(piece, self.language),
            "picture": self._piece_picture(piece.get("cover"), lead=lead or not nodes),
            "segments": _segments(nodes),
            "pictures": self._pictures(nodes, piece.get("figures") or {}),
        }

    def _piece_picture(self, placed: Placed | None, *, lead: bool) -> dict[str, Any] | None:
        """A lead's picture goes across the page where it is wide enough for that, any other into the first column."""
        shape = shape_of(placed)
        wide = lead and shape >= SQUARE
        if wide:
            picture = self.pictures.drawn(placed, longest=ACROSS_PX, shape=max(LEAD, shape))
        else:
            picture = self.pictures.drawn(placed, longest=COLUMN_PX, shape=max(STANDING, shape))
        return picture and {**picture, "wide": wide}

    def _pictures(self, nodes: list[Node], figures: dict[str, Placed]) -> dict[str, Any]:
        wanted = {uuid: figures[uuid] for uuid in _figures_among(nodes) if uuid in figures}
        return {uuid: self.pictures.drawn(placed, longest=COLUMN_PX) for uuid, placed in wanted.items()}

    def _imprint(self) -> dict[str, Any]:
        web = self.issue.get("web_url") or ""
        return {
            "name": self.name,
            "publisher": self.issue.get("publisher") or "",
            "rows": [
                [label, value] for label, value in imprint.rows(self.issue, self.language, self.page) if value
            ],
            "web": web if web.startswith(("http://", "https://")) else "",
            "web-shown": web.partition("://")[2].rstrip("/"),
        }


_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def figures_of(issue: Issue) -> list[dict[str, str]]:
    """The figures of the quarter that say something."""
    said = [
        {"value": each.get("value") or "", "label": each.get("label") or ""}
        for each in issue.get("figures") or []
    ]
    return [each for each in said if each["value"] or each["label"]]


def meta(piece: Piece, language: str) -> str:
    """The line under a headline: who, where, when, as far as known."""
    published = imprint.day_in(piece.get("published"))
    said = [piece.get("byline"), piece.get("dateline"), short_day(published, language) if published else ""]
    return "  ·  ".join(each for each in said if each)


def placed_in(issue: Issue) -> Iterator[Placed]:
    """Every picture the issue places anywhere."""
    pieces = [piece for section in issue.get("sections") or [] for piece in section.get("pieces") or []]
    covers = [issue.get("cover"), *(piece.get("cover") for piece in pieces)]
    figures = [issue.get("foreword_figures") or {}, *(piece.get("figures") or {} for piece in pieces)]
    yield from (cover for cover in covers if cover)
    yield from (placed for each in figures for placed in each.values())


def _segments(nodes: list[Node]) -> list[dict[str, Any]]:
    """The text as it is set: columns, and between them what goes across the page."""
    return [{"wide": wide, "nodes": list(run)} for wide, run in groupby(nodes, key=_goes_across)]


def _goes_across(node: Node) -> bool:
    return node["is"] == "table" and node["columns"] >= WIDE_TABLE


def _figures_among(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node["is"] == "figure":
            yield node["asset"]
        yield from _figures_among(node.get("blocks") or [])
        for inner in [*node.get("items", []), *(cell["blocks"] for cell in node.get("cells", []))]:
            yield from _figures_among(inner)
