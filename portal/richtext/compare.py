"""Two texts compared word by word, and two rich texts paragraph by paragraph.

Templates show removed pieces as `<del>` and added ones as `<ins>`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from portal.languages.folding import normalise
from portal.richtext.matching import matching
from portal.richtext.reading import read
from portal.richtext.tidying import tidy
from portal.richtext.tree import Block, Figure, Listing, Paragraph, Quote, Table
from portal.richtext.writing import write

ALIKE = 0.4
MOST_COMPARISONS = 2_500

# A Vietnamese syllable is a word here; a document number, a date or a sum of money is one word as well.
_WORD = r"[\w\u0300-\u036f]+(?:(?:[/&-]|(?<=\d)[.,:](?=\d))[\w\u0300-\u036f]+)*"
_TOKEN = re.compile(rf"({_WORD}|[^\w\s]|)(\s*)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and what happened to it; white space belongs to the word before it."""

    kind: Literal["same", "removed", "added"]
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One paragraph of either text and what happened to it.

    `kind` is "same", "changed" (its words or a link's target), "restyled" (only level, place or emphasis),
    "removed" or "added". The tags are p, h2, h3, caption, li, td, th, blockquote or figure, "" on the side
    where the paragraph is missing; the text of a figure is the id of its asset.
    """

    kind: Literal["same", "changed", "restyled", "removed", "added"]
    old_tag: str
    new_tag: str
    pieces: list[Piece] = field(default_factory=list)


def words_diff(old: str, new: str) -> list[Piece]:
    """The pieces that lead from the old plain text to the new one.

    Same and added pieces together are exactly the new text (normalised); same and removed ones are the old
    text but for the amount of white space.
    """
    before, after = _tokens(old), _tokens(new)
    pairs = matching([word for word, _gap in before], [word for word, _gap in after])
    pieces = _Pieces()
    a = b = 0
    for i, j in pairs:
        pieces.replace(before[a:i], after[b:j])
        pieces.keep(before[i], after[j])
        a, b = i + 1, j + 1
    pieces.replace(before[a:], after[b:])
    return pieces.finished()


def paragraph_diff(old_html: str, new_html: str) -> list[ParagraphChange]:
    """Every paragraph of both texts in reading order, those that correspond side by side."""
    old, new = list(_lines(tidy(read(old_html)))), list(_lines(tidy(read(new_html))))
    changes: list[ParagraphChange] = []
    a = b = 0
    for i, j in [*matching(old, new), (len(old), len(new))]:
        changes += _changes_between(old[a:i], new[b:j])
        if i < len(old):
            line = old[i]
            changes.append(ParagraphChange("same", line.tag, line.tag, _whole("same", line.text)))
        a, b = i + 1, j + 1
    return changes


Token = tuple[str, str]


def _tokens(text: str) -> list[Token]:
    return [(word, gap) for word, gap in _TOKEN.findall(normalise(text)) if word or gap]


class _Pieces:
    """Collects pieces; within one change everything removed stands before everything added."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.same: list[str] = []
        self.removed: list[str] = []
        self.added: list[str] = []

    def keep(self, old: Token, new: Token) -> None:
        self._flush_change()
        self.same.append(new[0])
        if bool(old[1]) == bool(new[1]):
            self.same.append(new[1])
        else:
            self.replace([("", old[1])], [("", new[1])])

    def replace(self, old: list[Token], new: list[Token]) -> None:
        self.removed += [word + gap for word, gap in old]
        self.added += [word + gap for word, gap in new]

    def finished(self) -> list[Piece]:
        self._flush_change()
        self._flush_same()
        return self.pieces

    def _flush_change(self) -> None:
        removed, added = "".join(self.removed), "".join(self.added)
        if not removed and not added:
            return
        self._flush_same()
        self.pieces += _whole("removed", removed) + _whole("added", added)
        self.removed, self.added = [], []

    def _flush_same(self) -> None:
        self.pieces += _whole("same", "".join(self.same))
        self.same = []


def _whole(kind: Literal["same", "removed", "added"], text: str) -> list[Piece]:
    return [Piece(kind, text)] if text else []


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph as it is compared: where it stands, its text, and its markup."""

    place: str
    text: str
    markup: str = ""
    linked_text: str = ""

    @property
    def tag(self) -> str:
        return self.place.split()[0]


def _lines(blocks: list[Block], place: str = "") -> Iterator[_Line]:
    for block in blocks:
        match block:
            case Paragraph():
                text = block.text.replace("\n", " ")
                yield _Line(place or block.tag, text, write([block]), _linked_text(block))
            case Figure():
                yield _Line("figure", str(block.asset))
            case Quote():
                yield from _lines(block.blocks, f"blockquote {block.lang} {place}")
            case Listing():
                for item in block.items:
                    yield from _lines(item.blocks, f"li {block.ordered} {block.start} {place}")
            case Table():
                yield from _table_lines(block)


def _table_lines(table: Table) -> Iterator[_Line]:
    yield from _lines([table.caption] if table.caption else [])
    for row in table.rows:
        for cell in row.cells:
            tag = "th" if cell.header else "td"
            yield from _lines(cell.blocks, f"{tag} {row.head} {cell.scope} {cell.colspan} {cell.rowspan}")


def _linked_text(paragraph: Paragraph) -> str:
    """The text with each link's target after it, so that a changed target is a changed word."""
    parts: list[str] = []
    following = [*(run.marks.href for run in paragraph.runs[1:]), ""]
    for run, next_href in zip(paragraph.runs, following, strict=True):
        parts.append(run.text.replace("\n", " "))
        if run.marks.href and run.marks.href != next_href:
            parts.append(f" ‹{run.marks.href}›")
    return "".join(parts)


def _changes_between(old: list[_Line], new: list[_Line]) -> Iterator[ParagraphChange]:
    """What happened between two paragraphs that stayed the same."""
    a = b = 0
    for i, j in [*_alike(old, new), (len(old), len(new))]:
        for gone in old[a:i]:
            yield ParagraphChange("removed", gone.tag, "", _whole("removed", gone.text))
        for come in new[b:j]:
            yield ParagraphChange("added", "", come.tag, _whole("added", come.text))
        if i < len(old):
            yield _change(old[i], new[j])
        a, b = i + 1, j + 1


def _change(old: _Line, new: _Line) -> ParagraphChange:
    if old.linked_text == new.linked_text:
        return ParagraphChange("restyled", old.tag, new.tag, _whole("same", new.text))
    if old.text == new.text:
        return ParagraphChange("changed", old.tag, new.tag, words_diff(old.linked_text, new.linked_text))
    return ParagraphChange("changed", old.tag, new.tag, words_diff(old.text, new.text))


def _alike(old: list[_Line], new: list[_Line]) -> list[tuple[int, int]]:
    """The pairs of paragraphs that share enough words, rising on both sides, alike as possible in sum."""
    if not old or not new or len(old) * len(new) > MOST_COMPARISONS:
        return []
    likeness = _likenesses(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    return _best_path(best, likeness)


def _likenesses(old: list[_Line], new: list[_Line]) -> list[list[float]]:
    """For each pair the share of words in common, 0 to 1; 0 where it is too small to count."""
    after = [Counter(line.text.casefold().split()) for line in new]
    rows = []
    for line in old:
        before = Counter(line.text.casefold().split())
        shares = [2 * (before & other).total() / (before.total() + other.total()) for other in after]
        rows.append([share if share >= ALIKE else 0.0 for share in shares])
    return rows


def _best_path(best: list[list[float]], likeness: list[list[float]]) -> list[tuple[int, int]]:
    pairs = []
    i = j = 0
    while i < len(likeness) and j < len(likeness[0]):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs
