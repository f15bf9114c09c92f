"""A page as the lines an eye sees, each with what its markup says about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.richtext.tree import Block, Figure, Paragraph, Run, Table, leaves

SENTENCE_ENDS = (".", "!", "?", ":", ";", "…", "./.", ".”", '."', "!”", "?”", "…”")
LONG = 120


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    `role` is what the page's own markup calls it (headline, standfirst, date, byline, caption) or ""; `block`
    is the rich text it becomes; `linked` is the share of its characters that are links, 0 to 1.
    """

    text: str
    block: Block
    role: str = ""
    linked: float = 0.0

    @property
    def ends_a_sentence(self) -> bool:
        return self.text.endswith(SENTENCE_ENDS)

    @property
    def is_paragraph(self) -> bool:
        """Long enough, and finished: nothing but an article's own text looks like this."""
        return len(self.text) >= LONG and self.ends_a_sentence

    @property
    def is_plain(self) -> bool:
        return isinstance(self.block, Paragraph) and self.block.tag == "p"


def from_text(text: str) -> list[Line]:
    """The lines of a plain text, without the empty ones."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return [Line(line, Paragraph(runs=[Run(line)])) for line in lines if line]


def text_of(block: Block) -> str:
    """The words of a block on one line."""
    texts = (leaf.text.replace("\n", " ") for leaf in leaves([block]) if not isinstance(leaf, Figure))
    return " ".join(" ".join(texts).split())


def linked_share(block: Block) -> float:
    """The share of a block's characters that stand in links, 0 to 1."""
    runs = [run for leaf in leaves([block]) if isinstance(leaf, Paragraph) for run in leaf.runs]
    length = sum(len(run.text) for run in runs)
    return sum(len(run.text) for run in runs if run.marks.href) / length if length else 0.0


def opened(blocks: list[Block]) -> Iterator[Block]:
    """The blocks with the tables that only lay out the page replaced by what they hold."""
    for block in blocks:
        if isinstance(block, Table) and _is_layout(block):
            yield from opened([block.caption] if block.caption else [])
            for cell in block.cells:
                yield from opened(cell.blocks)
        else:
            yield block


def _is_layout(table: Table) -> bool:
    filled = [cell for cell in table.cells if any(text_of(block) for block in cell.blocks)]
    return len(filled) < 2 or any(_is_frame(cell.blocks) for cell in filled)


def _is_frame(blocks: list[Block]) -> bool:
    nested = any(isinstance(block, Table) for block in blocks)
    return nested or sum(len(text_of(block)) for block in blocks) > 5 * LONG
