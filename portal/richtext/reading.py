"""From tags and texts to blocks: whatever an editor, a word processor or an attacker sends in."""

import re
from collections import Counter
from collections.abc import Iterable

from portal.languages.folding import normalise
from portal.richtext.attributes import asset_reference, language_tag, small_number
from portal.richtext.dropping import kept
from portal.richtext.marks import ELEMENTS, OpenMarks
from portal.richtext.office import is_office, without_bullets, without_proofing_language
from portal.richtext.tokens import Start, Text, Token, tokens
from portal.richtext.tree import Block, Cell, Figure, Item, Listing, Paragraph, Quote, Row, Run, Table

MAX_DEPTH = 16

PARAGRAPHS = {"p": "p", "h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
LISTS = {"ul": False, "menu": False, "dir": False, "ol": True}
CELLS = ("td", "th")
ROW_GROUPS = ("thead", "tbody", "tfoot")
TABLE_PARTS = ("caption", "tr", *CELLS, *ROW_GROUPS)
SCOPES = ("col", "row", "colgroup", "rowgroup")
REGIONS = ("article", "aside", "footer", "header", "main", "nav", "section")
GROUPS = ("address", "center", "details", "div", "form", "fieldset", "hgroup", "pre")
LINES = ("dd", "dl", "dt", "hr", "legend", "summary")
BREAKS = frozenset((*REGIONS, *GROUPS, *LINES))

_WHITE = re.compile(r"\s+")
# The one combining mark that would swallow a tag's own ">" when a whole text is normalised.
_SLASH_OVERLAY = "\u0338"

Container = Quote | Listing | Item | Table | Row | Cell | Paragraph
Kind = type[Quote] | type[Listing] | type[Item] | type[Table] | type[Row] | type[Cell]


def read(html: str) -> list[Block]:
    """The blocks of `html`, not yet tidied: empty ones and stray white space are still there."""
    stream = tokens(without_bullets(html))
    return read_tokens(map(without_proofing_language, stream) if is_office(html) else stream)


def read_tokens(stream: Iterable[Token]) -> list[Block]:
    """The blocks of a token stream, not yet tidied."""
    reader = _Reader()
    for token in kept(stream):
        reader.take(token)
    return reader.root


class _Reader:
    """Keeps the open containers, the open paragraph and the open marks; each step costs a bounded amount."""

    def __init__(self) -> None:
        self.root: list[Block] = []
        self.stack: list[Container] = []
        self.paragraph: Paragraph | None = None
        self.stated = False
        self.marks = OpenMarks()
        self.ignored: Counter[str] = Counter()
        self.in_head = False

    def take(self, token: Token) -> None:
        if isinstance(token, Text):
            self._text(_WHITE.sub(" ", normalise(token.text).replace(_SLASH_OVERLAY, "")))
        elif isinstance(token, Start):
            self._start(token.name, token.attributes)
        elif self.ignored[token.name]:
            self.ignored[token.name] -= 1
        elif token.name in ELEMENTS:
            self.marks.close(token.name)
        else:
            self._end(token.name)

    def _text(self, text: str) -> None:
        if self.paragraph is None and text in ("", " "):
            return
        if self.paragraph is None:
            self.paragraph = Paragraph()
            self._place(self.paragraph)
        self.paragraph.runs.append(Run(text, self.marks.now))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ELEMENTS:
            opened = self.marks.open(name, attributes, (len(self.stack), self.stated))
            self.ignored[name] += not opened
        elif name == "br":
            self._line_break()
        elif name in PARAGRAPHS:
            self._open_paragraph(name, attributes)
        elif name in LISTS:
            self._open(name, _listing(name, attributes))
        elif name == "blockquote":
            self._open(name, Quote(lang=language_tag(attributes.get("lang", ""))))
        elif name == "table":
            self._open(name, Table())
        elif name == "li":
            self._open_item()
        elif name in TABLE_PARTS:
            self._open_table_part(name, attributes)
        elif name == "figure":
            self._figure(attributes)
        elif name in BREAKS:
            self._end_paragraph()

    def _end(self, name: str) -> None:
        if name in LISTS:
            self._close(Listing, within=(Cell, Quote))
        elif name == "li":
            self._close(Item, within=(Cell, Quote, Listing))
        elif name == "blockquote":
            self._close(Quote, within=(Cell,))
        elif name == "table":
            self._close(Table, within=())
        elif name in TABLE_PARTS and not self.ignored["table"]:
            self._close_table_part(name)
        elif name in PARAGRAPHS or name in BREAKS:
            self._end_paragraph()

    # Paragraphs and figures

    def _line_break(self) -> None:
        if self.paragraph is not None:
            self.paragraph.runs.append(Run("\n", self.marks.now))

    def _open_paragraph(self, name: str, attributes: dict[str, str]) -> None:
        self._end_paragraph()
        if self._in_caption():
            return
        lang = language_tag(attributes.get("lang", "")) if name == "p" else ""
        self.paragraph = Paragraph(tag=PARAGRAPHS[name], lang=lang)
        self._place(self.paragraph)
        self.stated = True

    def _end_paragraph(self) -> None:
        if self._in_caption():
            self._line_break()
            return
        if self.stated:
            self.marks.close_above((len(self.stack), False))
        self.paragraph, self.stated = None, False

    def _figure(self, attributes: dict[str, str]) -> None:
        self._end_paragraph()
        asset = asset_reference(attributes.get("data-asset", ""))
        if asset and not self._in_caption():
            self._place(Figure(asset))

    # Lists, quotes, tables

    def _open(self, name: str, container: Listing | Quote | Table) -> None:
        self._end_paragraph()
        if len(self.stack) >= MAX_DEPTH or self._in_caption():
            self.ignored[name] += 1
            return
        self._place(container)
        self.stack.append(container)

    def _open_item(self) -> None:
        self._end_paragraph()
        depth = self._depth_of(Listing, within=(Cell, Quote))
        if depth is None:
            return
        self._cut_back(depth + 1)
        self._push_item(self.stack[depth])

    def _push_item(self, listing: Container) -> Item:
        item = Item()
        if isinstance(listing, Listing):
            listing.items.append(item)
        self.stack.append(item)
        return item

    def _open_table_part(self, name: str, attributes: dict[str, str]) -> None:
        self._end_paragraph()
        depth = None if self.ignored["table"] else self._depth_of(Table, within=())
        if depth is None:
            return
        in_row = name in CELLS and len(self.stack) > depth + 1 and isinstance(self.stack[depth + 1], Row)
        self._cut_back(depth + 2 if in_row else depth + 1)
        table = self.stack[depth]
        if not isinstance(table, Table):
            return
        if name == "caption":
            self._open_caption(table)
        elif name in ROW_GROUPS:
            self.in_head = name == "thead"
        else:
            row = table.rows[-1] if in_row else self._push_row(table)
            if name in CELLS:
                row.cells.append(cell := _cell(name, attributes))
                self.stack.append(cell)

    def _open_caption(self, table: Table) -> None:
        table.caption = table.caption or Paragraph(tag="caption")
        self.paragraph = table.caption
        self.stack.append(table.caption)

    def _push_row(self, table: Table) -> Row:
        row = Row(head=self.in_head)
        table.rows.append(row)
        self.stack.append(row)
        return row

    def _close_table_part(self, name: str) -> None:
        if name in CELLS:
            self._close(Cell, within=(Table,))
        elif name == "tr":
            self._close(Row, within=(Table,))
        elif name == "caption" and self._in_caption():
            self._cut_back(len(self.stack) - 1)
        elif name in ROW_GROUPS and (depth := self._depth_of(Table, within=())) is not None:
            self._cut_back(depth + 1)
            self.in_head = False

    # The stack

    def _in_caption(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1], Paragraph)

    def _depth_of(self, kind: Kind, *, within: tuple[Kind, ...]) -> int | None:
        for depth in range(len(self.stack) - 1, -1, -1):
            if isinstance(self.stack[depth], kind):
                return depth
            if isinstance(self.stack[depth], within):
                return None
        return None

    def _close(self, kind: Kind, *, within: tuple[Kind, ...]) -> None:
        self._end_paragraph()
        depth = self._depth_of(kind, within=within)
        if depth is not None:
            self._cut_back(depth)

    def _cut_back(self, depth: int) -> None:
        if len(self.stack) <= depth:
            return
        del self.stack[depth:]
        self.paragraph, self.stated = None, False
        self.marks.close_above((depth, True))

    def _place(self, block: Block) -> None:
        top = self.stack[-1] if self.stack else None
        if isinstance(top, Listing):
            self._place_in_list(top, block)
        elif isinstance(top, Table | Row):
            self._place_before_table(block)
        else:
            self._blocks_of(top).append(block)

    def _place_in_list(self, listing: Listing, block: Block) -> None:
        """A list directly in a list belongs to the entry before it."""
        if isinstance(block, Listing) and listing.items:
            item = listing.items[-1]
            self.stack.append(item)
        else:
            item = self._push_item(listing)
        item.blocks.append(block)

    def _place_before_table(self, block: Block) -> None:
        depth = self._depth_of(Table, within=()) or 0
        blocks = self._blocks_of(self.stack[depth - 1] if depth else None)
        blocks.insert(len(blocks) - 1, block)

    def _blocks_of(self, container: Container | None) -> list[Block]:
        return container.blocks if isinstance(container, Quote | Item | Cell) else self.root


def _listing(name: str, attributes: dict[str, str]) -> Listing:
    if not LISTS[name]:
        return Listing()
    start = small_number(attributes.get("start", ""), least=-999, most=9999, otherwise=1)
    return Listing(ordered=True, start=start)


def _cell(name: str, attributes: dict[str, str]) -> Cell:
    header, scope = name == "th", attributes.get("scope", "").strip().lower()
    return Cell(
        header=header,
        scope=scope if header and scope in SCOPES else "",
        colspan=small_number(attributes.get("colspan", ""), least=2, most=100, otherwise=1),
        rowspan=small_number(attributes.get("rowspan", ""), least=2, most=500, otherwise=1),
    )
