"""Blocks in their one canonical form: nothing empty, white space single, headings only at the top."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from portal.richtext.tree import Block, Cell, Figure, Item, Listing, Marks, Paragraph, Quote, Row, Run, Table

_GLUE = re.compile(r"[ \n]*")
_BREAKS = re.compile(r" *\n[ \n]*")
_SPACES = re.compile(r" {2,}")


def tidy(blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a whole text in canonical form; tidying twice changes nothing more."""
    return [tidied for block in blocks for tidied in _tidied(block)]


def _tidied(block: Block) -> Iterator[Block]:
    match block:
        case Figure():
            yield block
        case Paragraph():
            yield from _paragraphs(block)
        case Quote():
            yield from _quote(block)
        case Listing():
            yield from _listing(block)
        case Table():
            yield from _table(block)


def _quote(quote: Quote) -> Iterator[Block]:
    if blocks := _inner(quote.blocks):
        yield Quote(quote.lang, blocks)


def _listing(listing: Listing) -> Iterator[Block]:
    items = [Item(blocks) for item in listing.items if (blocks := _inner(item.blocks))]
    if items:
        yield Listing(listing.ordered, listing.start, items)


def _table(table: Table) -> Iterator[Block]:
    caption = next(_paragraphs(table.caption), None) if table.caption else None
    rows = [row for row in table.rows if row.cells]
    if caption is None and len(rows) == 1 and len(rows[0].cells) == 1:
        # One cell is a frame somebody drew round a text, not a table.
        yield from tidy(rows[0].cells[0].blocks)
        return
    rows = [Row(row.head, [_cell(cell) for cell in row.cells]) for row in rows]
    if any(cell.blocks for row in rows for cell in row.cells):
        yield Table(caption, sorted(rows, key=lambda row: not row.head))
    elif caption:
        yield Paragraph(runs=caption.runs)


def _cell(cell: Cell) -> Cell:
    blocks = _inner(block for outer in _inner(cell.blocks) for block in _without_tables(outer))
    return Cell(cell.header, cell.scope, cell.colspan, cell.rowspan, blocks)


def _without_tables(block: Block) -> Iterator[Block]:
    """A table inside a table gives its texts, one after the other."""
    match block:
        case Table():
            if block.caption:
                yield Paragraph(runs=block.caption.runs)
            for cell in block.cells:
                yield from cell.blocks
        case Quote():
            yield Quote(block.lang, [kept for inner in block.blocks for kept in _without_tables(inner)])
        case Listing():
            items = [Item([kept for b in item.blocks for kept in _without_tables(b)]) for item in block.items]
            yield Listing(block.ordered, block.start, items)
        case _:
            yield block


def _inner(blocks: Iterable[Block]) -> list[Block]:
    """Tidied blocks that stand inside another one, where a heading is only a paragraph."""
    tidied = tidy(blocks)
    for block in tidied:
        if isinstance(block, Paragraph):
            block.tag = "p"
    return tidied


def _paragraphs(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph cut at its empty lines; a heading or a caption is one line."""
    runs = canonical_runs(paragraph.runs, one_line=paragraph.tag != "p")
    for part in _cut(runs):
        yield Paragraph(paragraph.tag, paragraph.lang, part)


def _cut(runs: list[Run]) -> Iterator[list[Run]]:
    part: list[Run] = []
    for run in runs:
        first, *others = run.text.split("\n\n")
        if first:
            part.append(Run(first, run.marks))
        for other in others:
            yield part
            part = [Run(other, run.marks)] if other else []
    if part:
        yield part


def canonical_runs(runs: Iterable[Run], *, one_line: bool = False) -> list[Run]:
    """Runs merged, in NFC, with single spaces and breaks, none at either end; an empty line is "\\n\\n"."""
    return [
        Run(unicodedata.normalize("NFC", run.text), run.marks) for run in _merged(_spaced(runs, one_line))
    ]


def _spaced(runs: Iterable[Run], one_line: bool) -> Iterator[Run]:
    """Each run without the white space at its ends; between two of them one piece of glue."""
    waiting, before = "", None
    for run in runs:
        words = run.text.strip(" \n")
        if not words:
            waiting += run.text
            continue
        waiting += _GLUE.match(run.text)[0]  # type: ignore[index]
        if waiting and before is not None:
            yield Run(_glue(waiting, one_line), run.marks.shared(before))
        yield Run(_inside(words, one_line), run.marks)
        waiting, before = run.text[len(run.text.rstrip(" \n")) :], run.marks


def _glue(white: str, one_line: bool) -> str:
    if one_line or "\n" not in white:
        return " "
    return "\n" * min(white.count("\n"), 2)


def _inside(words: str, one_line: bool) -> str:
    words = _BREAKS.sub(lambda found: _glue(found[0], one_line), words)
    return _SPACES.sub(" ", words)


def _merged(runs: Iterable[Run]) -> list[Run]:
    texts: list[tuple[list[str], Marks]] = []
    for run in runs:
        if texts and texts[-1][1] == run.marks:
            texts[-1][0].append(run.text)
        else:
            texts.append(([run.text], run.marks))
    return [Run("".join(parts), marks) for parts, marks in texts]
