"""An issue's JSON turned into what `bulletin.typ` sets: words in its language, pictures cut to their place.

The law of bulletins (Luật Báo chí, the licence of a bản tin) asks of the first page the words BẢN TIN, name, publisher
and date; of the last one licence, place of printing, print run, period and who is responsible; pages of at most 19 × 27 cm.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from portal import printing
from portal.languages.dates import Quarter, short_day
from portal.languages.numbers import number
from portal.printing import Node

Issue = dict[str, Any]
Piece = dict[str, Any]
Placed = dict[str, Any]  # a picture where it stands: image, caption, credit

MARK = settings.BASE_DIR / "static" / "portal" / "icons" / "mark.svg"
WIDEST_MM, HIGHEST_MM = 190, 270
NARROWEST_MM, LOWEST_MM = 140, 190
ACROSS_PX, COLUMN_PX = 1600, 1000  # about 260 dots an inch, across the page and in a column
LEAD, STANDING, SQUARE = (
    2.05,
    0.8,
    1.15,
)  # shapes (width by height): the lead's picture, the tallest, the least wide one
HIGHLIGHTS = 3
WIDE_TABLE = 4  # columns; from here on a table is set across the page


class Sheet:
    """One issue on its way to paper: collects the pictures as it describes what is to be set."""

    def __init__(self, issue: Issue, language: str) -> None:
        self.issue = issue
        self.language = language
        self.assets = printing.images(uuid for placed in placed_in(issue) if (uuid := asset_of(placed)))
        self.pictures: dict[str, bytes] = {"mark.svg": MARK.read_bytes()}
        self.page = page_of(issue)
        self.period = period(issue, language)
        self.name = name_of(issue)
        self.day = day_of(issue)

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
            "picture": self._picture(issue.get("cover"), longest=ACROSS_PX),
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
        shape = _shape(placed)
        wide = lead and shape >= SQUARE
        if wide:
            picture = self._picture(placed, longest=ACROSS_PX, shape=max(LEAD, shape))
        else:
            picture = self._picture(placed, longest=COLUMN_PX, shape=max(STANDING, shape))
        return picture and {**picture, "wide": wide}

    def _pictures(self, nodes: list[Node], figures: dict[str, Placed]) -> dict[str, Any]:
        wanted = {uuid: figures[uuid] for uuid in _figures_among(nodes) if uuid in figures}
        return {uuid: self._picture(placed, longest=COLUMN_PX) for uuid, placed in wanted.items()}

    def _picture(
        self, placed: Placed | None, *, longest: int, shape: float | None = None
    ) -> dict[str, Any] | None:
        """The picture and the words about it; `file` is None where the picture has gone missing."""
        if not placed or not placed.get("image"):
            return None
        return {
            "file": self._file(placed["image"], longest, shape),
            "alt": placed["image"].get("alt") or "",
            "caption": placed.get("caption") or "",
            "credit": placed.get("credit") or "",
            "focus": focus_of(placed["image"]),
        }

    def _file(self, image: dict[str, Any], longest: int, shape: float | None) -> str | None:
        asset = self.assets.get(str(image.get("asset")))
        if asset is None:
            return None
        name = f"{asset.uuid}-{longest}-{round((shape or 0) * 1000)}.jpg"
        if name not in self.pictures:
            drawn = printing.jpeg(asset, longest=longest, shape=shape, focus=focus_of(image))
            if drawn is None:
                return None
            self.pictures[name] = drawn
        return name

    def _imprint(self) -> dict[str, Any]:
        web = self.issue.get("web_url") or ""
        return {
            "name": self.name,
            "publisher": self.issue.get("publisher") or "",
            "rows": [
                [label, value] for label, value in imprint_rows(self.issue, self.language, self.page) if value
            ],
            "web": web if web.startswith(("http://", "https://")) else "",
            "web-shown": web.partition("://")[2].rstrip("/"),
        }


_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}


def name_of(issue: Issue) -> str:
    """The bulletin's name: that of its licence, or the title of the issue."""
    return issue.get("name") or issue.get("title") or _("Bulletin")


def period(issue: Issue, language: str) -> str:
    """ "Quý III/2026" or "Third quarter of 2026"."""
    return Quarter(issue["year"], issue["quarter"]).title(language)


def day_of(issue: Issue) -> date:
    """The day on the first page; without one, the last day of the quarter."""
    return _day(issue.get("dated")) or Quarter(issue["year"], issue["quarter"]).last_day


def figures_of(issue: Issue) -> list[dict[str, str]]:
    """The figures of the quarter that say something."""
    said = [
        {"value": each.get("value") or "", "label": each.get("label") or ""}
        for each in issue.get("figures") or []
    ]
    return [each for each in said if each["value"] or each["label"]]


def meta(piece: Piece, language: str) -> str:
    """The line under a headline: who, where, when, as far as known."""
    published = _day(piece.get("published"))
    said = [piece.get("byline"), piece.get("dateline"), short_day(published, language) if published else ""]
    return "  ·  ".join(each for each in said if each)


def imprint_rows(issue: Issue, language: str, page: dict[str, float]) -> Iterator[tuple[str, str]]:
    """What the last page says, each line with its label."""
    licence, imprint = issue.get("licence") or {}, issue.get("imprint") or {}
    run = imprint.get("print_run")
    yield _("Responsible for publication"), imprint.get("responsible") or ""
    yield _("Publisher"), issue.get("publisher") or ""
    yield _("Editorial office"), imprint.get("office") or ""
    yield _("Licence"), _licence(licence, language) if licence else ""
    yield (
        _("Period of publication"),
        _("Quarterly; this issue: %(period)s") % {"period": period(issue, language)},
    )
    yield _("Number of the issue"), str(issue.get("number") or "")
    yield _("Date of issue"), short_day(day_of(issue), language)
    yield _("Printed at"), imprint.get("printed_at") or ""
    yield _("Print run"), _("%(count)s copies") % {"count": number(run, language)} if run else ""
    yield (
        _("Page size"),
        _("%(width)s × %(height)s cm")
        % {
            side: number(page[side] / 10, language).removesuffix(".0").removesuffix(",0")
            for side in ("width", "height")
        },
    )


def _licence(licence: dict[str, Any], language: str) -> str:
    issued = _day(licence.get("issued_on"))
    said = {
        "number": licence.get("number") or "",
        "day": short_day(issued, language) if issued else "",
        "issuer": licence.get("issuer") or "",
    }
    if said["day"] and said["issuer"]:
        return _("No. %(number)s, issued on %(day)s by %(issuer)s") % said
    return _("No. %(number)s") % said


def placed_in(issue: Issue) -> Iterator[Placed]:
    """Every picture the issue places anywhere."""
    pieces = [piece for section in issue.get("sections") or [] for piece in section.get("pieces") or []]
    covers = [issue.get("cover"), *(piece.get("cover") for piece in pieces)]
    figures = [issue.get("foreword_figures") or {}, *(piece.get("figures") or {} for piece in pieces)]
    yield from (cover for cover in covers if cover)
    yield from (placed for each in figures for placed in each.values())


def asset_of(placed: Placed) -> str:
    return str((placed.get("image") or {}).get("asset") or "")


def _day(written: Any) -> date | None:
    """A day or a moment in ISO 8601; the moment as it is."""
    try:
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except (TypeError, ValueError):
        return None


def page_of(issue: Issue) -> dict[str, float]:
    """Width and height in millimetres, as licensed, within what the law and the design allow."""
    licence = issue.get("licence") or {}
    width, height = licence.get("width_mm") or WIDEST_MM, licence.get("height_mm") or HIGHEST_MM
    return {
        "width": min(max(width, NARROWEST_MM), WIDEST_MM),
        "height": min(max(height, LOWEST_MM), HIGHEST_MM),
    }


def _shape(placed: Placed | None) -> float:
    image = (placed or {}).get("image") or {}
    return (image.get("width") or 3) / (image.get("height") or 2)


def focus_of(image: dict[str, Any]) -> tuple[float, float]:
    """The focal point as shares of width and height."""
    return _share(image.get("focal_x")), _share(image.get("focal_y"))


def _share(written: Any) -> float:
    return min(max(float(written), 0.0), 1.0) if isinstance(written, int | float) else 0.5


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
