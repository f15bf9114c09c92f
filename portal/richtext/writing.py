"""From tidied blocks to HTML: one way of writing each thing, so that equal texts are equal strings."""

from collections.abc import Iterable
from html import escape

from portal.richtext.attributes import is_external
from portal.richtext.tree import Block, Cell, Figure, Listing, Marks, Paragraph, Quote, Row, Run, Table


def write(blocks: Iterable[Block]) -> str:
    """The HTML of tidied blocks, without white space between them."""
    return "".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _element(block.tag, _inline(block.runs), lang=block.lang)
        case Figure():
            return f'<figure data-asset="{block.asset}"></figure>'
        case Quote():
            return _element("blockquote", write(block.blocks), lang=block.lang)
        case Listing():
            return _listing(block)
        case Table():
            return _table(block)


def _listing(listing: Listing) -> str:
    items = "".join(f"<li>{_flow(item.blocks)}</li>" for item in listing.items)
    start = str(listing.start) if listing.ordered and listing.start != 1 else ""
    return _element("ol" if listing.ordered else "ul", items, start=start)


def _table(table: Table) -> str:
    caption = _block(table.caption) if table.caption else ""
    head = "".join(_row(row) for row in table.rows if row.head)
    body = "".join(_row(row) for row in table.rows if not row.head)
    return f"<table>{caption}{_group('thead', head)}{_group('tbody', body)}</table>"


def _group(tag: str, rows: str) -> str:
    return f"<{tag}>{rows}</{tag}>" if rows else ""


def _row(row: Row) -> str:
    return f"<tr>{''.join(_cell(cell) for cell in row.cells)}</tr>"


def _cell(cell: Cell) -> str:
    return _element(
        "th" if cell.header else "td",
        _flow(cell.blocks),
        scope=cell.scope,
        colspan=str(cell.colspan) if cell.colspan > 1 else "",
        rowspan=str(cell.rowspan) if cell.rowspan > 1 else "",
    )


def _flow(blocks: list[Block]) -> str:
    """One plain paragraph, alone or before lists, stands in its entry or cell without a `<p>`."""
    match blocks:
        case [Paragraph(tag="p", lang="") as first, *others] if all(isinstance(b, Listing) for b in others):
            return _inline(first.runs) + write(others)
    return write(blocks)


def _element(tag: str, content: str, **attributes: str) -> str:
    stated = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<{tag}{stated}>{content}</{tag}>"


def _inline(runs: list[Run]) -> str:
    """Marks open and close only where they change, always nested in the same order."""
    parts: list[str] = []
    opened: list[tuple[str, str]] = []
    for run in runs:
        wanted = _tags(run.marks)
        shared = next(
            (n for n, (a, b) in enumerate(zip(opened, wanted, strict=False)) if a != b),
            min(len(opened), len(wanted)),
        )
        parts += [f"</{name}>" for name, _tag in reversed(opened[shared:])]
        parts += [tag for _name, tag in wanted[shared:]]
        parts.append(escape(run.text, quote=False).replace("\n", "<br>"))
        opened = wanted
    parts += [f"</{name}>" for name, _tag in reversed(opened)]
    return "".join(parts)


def _tags(marks: Marks) -> list[tuple[str, str]]:
    tags = []
    if marks.href:
        rel = ' rel="noopener"' if is_external(marks.href) else ""
        tags.append(("a", f'<a href="{escape(marks.href)}"{rel}>'))
    if marks.lang:
        tags.append(("span", f'<span lang="{marks.lang}">'))
    if marks.strong:
        tags.append(("strong", "<strong>"))
    if marks.em:
        tags.append(("em", "<em>"))
    if marks.script:
        tags.append((marks.script, f"<{marks.script}>"))
    return tags
