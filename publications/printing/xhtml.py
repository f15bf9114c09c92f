"""Rich text as XHTML elements: what an e-book's reader must be able to parse without forgiveness."""

import re
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from portal.printing import Node

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

register_namespace("", XHTML)
register_namespace("epub", EPUB)

Child = Element | str | None
#: What stands for a picture of the library, or None.
Picture = Callable[[str], Element | None]


def element(name: str, *children: Child, **attributes: str) -> Element:
    """An XHTML element; a trailing underscore of an attribute's name is dropped, others become hyphens; "" is left out."""
    made = Element(f"{{{XHTML}}}{name}")
    for attribute, value in attributes.items():
        if value:
            made.set(attribute.rstrip("_").replace("_", "-"), possible(value))
    append(made, *children)
    return made


def append(parent: Element, *children: Child) -> None:
    """Add elements and texts in their order."""
    for child in children:
        if isinstance(child, Element):
            parent.append(child)
        elif child:
            _append_text(parent, possible(child))


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def possible(text: str) -> str:
    """`text` without the characters XML has no way to write."""
    return _IMPOSSIBLE.sub("", text)


def document(title: str, language: str, *body: Child) -> bytes:
    """A whole page."""
    page = Element(f"{{{XHTML}}}html", {"lang": language, XML_LANG: language})
    head = SubElement(page, f"{{{XHTML}}}head")
    append(head, element("title", title), element("link", rel="stylesheet", href="style.css"))
    page.append(element("body", *body))
    return b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' + tostring(page, encoding="utf-8")


def blocks(nodes: Iterable[Node], picture: Picture) -> list[Element]:
    """The elements of a tree of `portal.printing.nodes`; its headings are h2 and h3, below the page's h1."""
    return [made for node in nodes if (made := _block(node, picture)) is not None]


def _block(node: Node, picture: Picture) -> Element | None:
    match node["is"]:
        case "figure":
            return picture(node["asset"])
        case "table":
            return _table(node, picture)
        case "quote":
            made = element("blockquote", *blocks(node["blocks"], picture))
        case "list":
            items = [element("li", *blocks(item, picture)) for item in node["items"]]
            start = str(node["start"]) if node["ordered"] and node["start"] != 1 else ""
            made = element("ol" if node["ordered"] else "ul", *items, start=start)
        case tag:
            made = element(tag, *_inline(node["runs"]))
    return _in_language(made, node)


def _in_language(made: Element, node: dict[str, Any]) -> Element:
    if lang := node.get("lang"):
        made.set("lang", lang)
        made.set(XML_LANG, lang)
    return made


def _inline(runs: Iterable[Node]) -> list[Child]:
    return [each for run in runs for each in _run(run)]


def _run(run: Node) -> list[Child]:
    """The words of a run within its marks, its language outermost; a run without any is its words alone."""
    if "href" in run:
        return [element("a", *_inline(run["runs"]), href=run["href"])]
    first, *others = run["text"].split("\n")
    words: list[Child] = [first]
    for line in others:
        words += [element("br"), line]
    for mark in [run.get("script"), run.get("em") and "em", run.get("strong") and "strong"]:
        words = [element(mark, *words)] if mark else words
    return [_in_language(element("span", *words), run)] if "lang" in run else words


def _table(node: Node, picture: Picture) -> Element:
    rows: dict[int, list[Element]] = {}
    for cell in sorted(node["cells"], key=lambda cell: (cell["y"], cell["x"])):
        rows.setdefault(cell["y"], []).append(_cell(cell, cell["y"] < node["head"], picture))
    drawn = {y: element("tr", *cells) for y, cells in rows.items()}
    head = [row for y, row in drawn.items() if y < node["head"]]
    body = [row for y, row in drawn.items() if y >= node["head"]]
    return element(
        "table",
        element("caption", *_inline(node["caption"])) if node["caption"] else None,
        element("thead", *head) if head else None,
        element("tbody", *body) if body else None,
    )


def _cell(cell: Node, in_head: bool, picture: Picture) -> Element:
    return element(
        "th" if cell["header"] else "td",
        *blocks(cell["blocks"], picture),
        scope=("col" if in_head else "row") if cell["header"] else "",
        colspan=str(cell["wide"]) if cell["wide"] > 1 else "",
        rowspan=str(cell["high"]) if cell["high"] > 1 else "",
    )
