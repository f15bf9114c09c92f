"""What an article body is made of: blocks, and runs of text that share their marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Marks:
    """What holds for a run of text: its link, its language, its emphasis, its height ("sub", "sup" or "")."""

    href: str = ""
    lang: str = ""
    strong: bool = False
    em: bool = False
    script: str = ""

    def shared(self, other: "Marks") -> "Marks":
        """The marks both have: those of the white space between two runs."""
        return Marks(
            href=self.href if self.href == other.href else "",
            lang=self.lang if self.lang == other.lang else "",
            strong=self.strong and other.strong,
            em=self.em and other.em,
            script=self.script if self.script == other.script else "",
        )


PLAIN = Marks()


@dataclass(frozen=True, slots=True)
class Run:
    """Characters with the same marks; a line feed is a line break."""

    text: str
    marks: Marks = PLAIN


@dataclass(slots=True)
class Paragraph:
    """A leaf of text; `tag` is p, h2, h3 or caption."""

    tag: str = "p"
    lang: str = ""
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The characters without marks; line breaks are line feeds."""
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class Figure:
    """A library picture placed here by reference."""

    asset: UUID


@dataclass(slots=True)
class Quote:
    """A block quotation."""

    lang: str = ""
    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Item:
    """One entry of a list."""

    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """A list, numbered from `start` when ordered."""

    ordered: bool = False
    start: int = 1
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A table cell; `scope` only on a header."""

    header: bool = False
    scope: str = ""
    colspan: int = 1
    rowspan: int = 1
    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A table row; `head` when it stands in the table's head."""

    head: bool = False
    cells: list[Cell] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table; rows of the head come first when written."""

    caption: Paragraph | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def cells(self) -> list[Cell]:
        """Every cell, row by row."""
        return [cell for row in self.rows for cell in row.cells]


Block = Paragraph | Figure | Quote | Listing | Table


def leaves(blocks: Iterable[Block]) -> Iterator[Paragraph | Figure]:
    """Every paragraph, heading, caption and figure in reading order."""
    for block in blocks:
        match block:
            case Paragraph() | Figure():
                yield block
            case Quote():
                yield from leaves(block.blocks)
            case Listing():
                for item in block.items:
                    yield from leaves(item.blocks)
            case Table():
                yield from [block.caption] if block.caption else []
                for cell in block.cells:
                    yield from leaves(cell.blocks)
