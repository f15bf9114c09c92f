"""Cleaned rich text as a plain tree of dicts and lists, which `richtext.typ` sets and nothing else need understand.

    {"is": "p" | "h2" | "h3", "runs": […], "lang"?}
    {"is": "quote", "blocks": […], "lang"?}
    {"is": "list", "ordered", "start", "items": [[blocks], …]}
    {"is": "table", "columns", "caption": [runs], "head": n rows, "cells": [{"x", "y", "wide", "high", "header", "blocks"}]}
    {"is": "figure", "asset": uuid}

A run is {"text", "strong"?, "em"?, "script"?: "sub" | "sup", "lang"?} or {"href", "runs": […]}.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from portal.richtext.reading import read
from portal.richtext.tidying import tidy
from portal.richtext.tree import Block, Cell, Figure, Listing, Marks, Paragraph, Quote, Row, Run, Table

MOST_COLUMNS = 24
_ABROAD = ("http://", "https://", "mailto:", "tel:")

Node = dict[str, Any]


def nodes(html: str, *, home: str = "") -> list[Node]:
    """The tree of a rich text. Addresses within the site are made whole with `home`, or their links left out."""
    return [_node(block, home) for block in tidy(read(html))]


def _node(block: Block, home: str) -> Node:
    match block:
        case Paragraph():
            return {"is": block.tag, "runs": _runs(block.runs, home), **_lang(block.lang)}
        case Quote():
            return {"is": "quote", "blocks": _nodes(block.blocks, home), **_lang(block.lang)}
        case Listing():
            items = [_nodes(item.blocks, home) for item in block.items]
            return {"is": "list", "ordered": block.ordered, "start": max(block.start, 0), "items": items}
        case Table():
            return _table(block, home)
        case Figure():
            return {"is": "figure", "asset": str(block.asset)}


def _nodes(blocks: Iterable[Block], home: str) -> list[Node]:
    return [_node(block, home) for block in blocks]


def _lang(lang: str) -> dict[str, str]:
    return {"lang": lang} if lang else {}


def _runs(runs: list[Run], home: str) -> list[Node]:
    written: list[Node] = []
    for href, group in groupby(runs, key=lambda run: _target(run.marks.href, home)):
        words = [_run(run.text, run.marks) for run in group]
        written += [{"href": href, "runs": words}] if href else words
    return written


def _target(href: str, home: str) -> str:
    if not href or href.startswith(_ABROAD):
        return href
    whole = urljoin(home, href) if home and not href.startswith("#") else ""
    return whole if whole.startswith(_ABROAD) else ""


def _run(text: str, marks: Marks) -> Node:
    said = {"strong": marks.strong, "em": marks.em, "script": marks.script, **_lang(marks.lang)}
    return {"text": text, **{name: value for name, value in said.items() if value}}


def _table(table: Table, home: str) -> Node:
    rows = _regular(table.rows)
    head = _rows_of_head(table.rows)
    cells = [_cell(cell, (x, y), head, home) for y, row in enumerate(rows) for x, cell in row.items()]
    return {
        "is": "table",
        "columns": max((cell["x"] + cell["wide"] for cell in cells), default=1),
        "caption": _runs(table.caption.runs, home) if table.caption else [],
        "head": head,
        "cells": cells,
    }


def _rows_of_head(rows: list[Row]) -> int:
    """How many rows are headings: those of the head, or a first row of header cells alone; never all of them."""
    marked = sum(row.head for row in rows)
    said = marked or int(all(cell.header for cell in rows[0].cells) if rows else 0)
    return said if said < len(rows) else 0


def _regular(rows: list[Row]) -> list[dict[int, Cell]]:
    """The cells of each row by their column, as a browser places them round those that reach down from above."""
    placed: list[dict[int, Cell]] = []
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        here: dict[int, Cell] = {}
        x = 0
        for cell in row.cells:
            while (x, y) in taken:
                x += 1
            if x >= MOST_COLUMNS:
                break
            wide = _free(taken, x, y, min(cell.colspan, MOST_COLUMNS - x))
            high = min(cell.rowspan, len(rows) - y)
            here[x] = Cell(cell.header, cell.scope, wide, high, cell.blocks)
            taken |= {(x + dx, y + dy) for dx in range(wide) for dy in range(high)}
            x += wide
        placed.append(here)
    return placed


def _free(taken: set[tuple[int, int]], x: int, y: int, wanted: int) -> int:
    return next((dx for dx in range(1, wanted) if (x + dx, y) in taken), wanted)


def _cell(cell: Cell, place: tuple[int, int], head: int, home: str) -> Node:
    """A cell of the head ends with the head."""
    x, y = place
    high = min(cell.rowspan, head - y) if y < head else cell.rowspan
    blocks = _nodes(cell.blocks, home)
    return {"x": x, "y": y, "wide": cell.colspan, "high": high, "header": cell.header, "blocks": blocks}
