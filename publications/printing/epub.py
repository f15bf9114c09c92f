"""The bulletin as an e-book (EPUB 3): one chapter for each piece, nothing that needs a network or a script."""

import io
import uuid
import zipfile
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal import printing
from portal.printing import Node
from publications.printing import imprint, pictures, sheet, xhtml
from publications.printing.imprint import Issue
from publications.printing.jacket import jacket
from publications.printing.pictures import Placed
from publications.printing.sheet import Piece
from publications.printing.xhtml import element

STYLE = Path(__file__).resolve().parent / "epub.css"
LONGEST_PX = 1000
_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP; the same issue is the same file whenever it is made
_CONTAINER = (
    b'<?xml version="1.0" encoding="utf-8"?>\n'
    b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    b'<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
#: schema.org, as EPUB Accessibility 1.1 asks; no conformance is claimed that nobody has checked.
_ACCESSIBILITY = [
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
]
_TYPES = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".jpg": "image/jpeg"}


def bulletin_epub(issue: Issue) -> bytes:
    """The issue as an EPUB 3; the same bytes for the same issue."""
    language = issue.get("language") or "vi"
    with override(language):
        return _Book(issue, language).packed()


class _Book:
    """Pages in reading order as (file name, title, content), and the files they need."""

    def __init__(self, issue: Issue, language: str) -> None:
        self.issue = issue
        self.language = language
        self.name = imprint.name_of(issue)
        self.title = f"{self.name}, {imprint.period(issue, language)}"
        self.assets = printing.images(
            uuid for placed in sheet.placed_in(issue) if (uuid := pictures.asset_of(placed))
        )
        self.files: dict[str, bytes] = {"style.css": STYLE.read_bytes()}
        self.pages: list[tuple[str, str, bytes]] = []
        self.contents: list[Element] = []

    def packed(self) -> bytes:
        self._cover()
        self._foreword()
        self._figures()
        for section in self.issue.get("sections") or []:
            self._section(section)
        self._imprint()
        self._navigation()
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w") as book:
            _write(book, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            _write(book, "META-INF/container.xml", _CONTAINER)
            _write(book, "EPUB/package.opf", self._package())
            for name, content in [*((name, page) for name, _title, page in self.pages), *self.files.items()]:
                _write(book, f"EPUB/{name}", content)
        return written.getvalue()

    # Pages

    def _page(self, name: str, title: str, *body: Element | None) -> Element:
        """Add a page; its line in the table of contents is for the caller to place."""
        self.pages.append((name, title, xhtml.document(title, self.language, *body)))
        return element("li", element("a", title, href=name))

    def _cover(self) -> None:
        cover = self.issue.get("cover")
        asset = self.assets.get(pictures.asset_of(cover)) if cover else None
        focus = pictures.focus_of(cover["image"]) if cover else (0.5, 0.5)
        self.files["cover.jpg"] = jacket(self.issue, self.language, asset, focus)
        picture = element("img", src="cover.jpg", alt=self.title, class_="cover")
        self.contents.append(self._page("cover.xhtml", _("Cover"), picture))

    def _foreword(self) -> None:
        if not (
            nodes := printing.nodes(self.issue.get("foreword") or "", home=self.issue.get("web_url") or "")
        ):
            return
        by = self.issue.get("foreword_by") or ""
        said = self._blocks(nodes, self.issue.get("foreword_figures") or {})
        signed = element("p", by, class_="signed") if by else None
        line = self._page("foreword.xhtml", _("Foreword"), element("h1", _("Foreword")), *said, signed)
        self.contents.append(line)

    def _figures(self) -> None:
        if not (figures := sheet.figures_of(self.issue)):
            return
        title = _("The quarter in figures")
        said = [
            element(
                "p", element("strong", each["value"]) if each["value"] else None, element("br"), each["label"]
            )
            for each in figures
        ]
        lines = element("div", *said, class_="figures")
        self.contents.append(self._page("figures.xhtml", title, element("h1", title), lines))

    def _section(self, section: dict[str, Any]) -> None:
        title = section.get("title") or _("In this issue")
        lines = [self._piece(piece, title) for piece in section.get("pieces") or []]
        if lines:
            self.contents.append(element("li", element("span", title), element("ol", *lines)))

    def _piece(self, piece: Piece, section: str) -> Element:
        nodes = printing.nodes(piece.get("body") or "", home=piece.get("url") or "")
        title = piece.get("title") or (piece.get("cover") or {}).get("caption") or section
        summary, meta, url = (
            piece.get("summary") or "",
            sheet.meta(piece, self.language),
            piece.get("url") or "",
        )
        return self._page(
            f"piece-{len(self.pages):03}.xhtml",
            title,
            element("p", section, class_="section"),
            element("h1", title),
            element("p", summary, class_="standfirst") if summary else None,
            element("p", meta, class_="meta") if meta else None,
            self._figure(piece.get("cover")),
            *self._blocks(nodes, piece.get("figures") or {}),
            element("p", element("a", _("Read on the web"), href=url), class_="web")
            if _is_whole(url)
            else None,
        )

    def _imprint(self) -> None:
        page = imprint.page_of(self.issue)
        lines = [
            line
            for label, value in imprint.rows(self.issue, self.language, page)
            if value
            for line in (element("dt", label), element("dd", value))
        ]
        name = element("h1", self.name)
        self.contents.append(self._page("imprint.xhtml", _("Imprint"), name, element("dl", *lines)))

    def _navigation(self) -> None:
        heading = element("h1", _("Contents"))
        contents = element(
            "nav", heading, element("ol", *self.contents), role="doc-toc", aria_labelledby="contents"
        )
        heading.set("id", "contents")
        contents.set(f"{{{xhtml.EPUB}}}type", "toc")
        self.pages.insert(
            1, ("nav.xhtml", _("Contents"), xhtml.document(_("Contents"), self.language, contents))
        )

    # Pictures

    def _blocks(self, nodes: list[Node], figures: dict[str, Placed]) -> list[Element]:
        return xhtml.blocks(nodes, lambda uuid: self._figure(figures.get(uuid)))

    def _figure(self, placed: Placed | None) -> Element | None:
        """The picture and its words; where it has gone missing, the words, or what it showed."""
        if not placed or not placed.get("image"):
            return None
        alt, caption = placed["image"].get("alt") or "", placed.get("caption") or ""
        said = " ".join(each for each in (caption, placed.get("credit") or "") if each)
        name = self._file(pictures.asset_of(placed))
        if not name:
            return element("p", said or alt, class_="missing") if said or alt else None
        picture = element("img", src=name)
        picture.set("alt", xhtml.possible(alt or caption))
        return element("figure", picture, element("figcaption", said) if said else None)

    def _file(self, uuid: str) -> str:
        name = f"{uuid}.jpg"
        if name not in self.files:
            asset = self.assets.get(uuid)
            drawn = printing.jpeg(asset, longest=LONGEST_PX) if asset else None
            if drawn is None:
                return ""
            self.files[name] = drawn
        return name

    # The package

    def _package(self) -> bytes:
        book = Element(
            "package", {"xmlns": _OPF, "version": "3.0", "unique-identifier": "id", "xml:lang": self.language}
        )
        self._metadata(SubElement(book, "metadata", {"xmlns:dc": _DC}))
        manifest, spine = SubElement(book, "manifest"), SubElement(book, "spine")
        for number, name in enumerate([*(name for name, _title, _page in self.pages), *self.files]):
            item = {"id": f"file-{number}", "href": name, "media-type": _TYPES[Path(name).suffix]}
            if role := {"nav.xhtml": "nav", "cover.jpg": "cover-image"}.get(name):
                item["properties"] = role
            SubElement(manifest, "item", item)
            if name.endswith(".xhtml"):
                SubElement(spine, "itemref", {"idref": item["id"]})
        return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(book, encoding="utf-8")

    def _metadata(self, metadata: Element) -> None:
        day = imprint.day_of(self.issue)
        address = self.issue.get("web_url") or self.title
        publisher = self.issue.get("publisher") or ""
        summary = _(
            "Headings, lists and tables are marked up; every picture that says something is described in words."
        )
        said = [
            (
                "dc:identifier",
                f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{address} {self.language}')}",
                {"id": "id"},
            ),
            ("dc:title", self.title, {}),
            ("dc:language", self.language, {}),
            ("dc:date", f"{day:%Y-%m-%d}", {}),
            ("dc:publisher", publisher, {}),
            ("dc:creator", publisher, {}),
            ("meta", f"{day:%Y-%m-%d}T00:00:00Z", {"property": "dcterms:modified"}),
            *(("meta", value, {"property": f"schema:{name}"}) for name, value in _ACCESSIBILITY),
            ("meta", summary, {"property": "schema:accessibilitySummary"}),
        ]
        for name, text, attributes in said:
            if text:
                SubElement(metadata, name, attributes).text = xhtml.possible(text)


def _is_whole(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _write(book: zipfile.ZipFile, name: str, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> None:
    entry = zipfile.ZipInfo(name, _FIRST_DAY)
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    book.writestr(entry, content)
