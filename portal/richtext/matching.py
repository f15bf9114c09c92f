"""Which items of two sequences correspond: near-linear on long ones, minimal only where that is cheap."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

# Places compared with places: what a stretch may cost before it is cut.
SMALL = 40_000

Couple = tuple[Hashable, Hashable]


class Pair(NamedTuple):
    """The places of one item in the old and in the new sequence."""

    old: int
    new: int


class _Part(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int

    @property
    def is_empty(self) -> bool:
        return self.old == self.old_end or self.new == self.new_end

    @property
    def is_small(self) -> bool:
        return (self.old_end - self.old) * (self.new_end - self.new) <= SMALL


def matching(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Pairs of equal items, rising in both sequences.

    Long stretches are cut at couples of neighbours that occur once on either side (patience diff); a long
    stretch without any is taken as wholly replaced.
    """
    pairs: list[Pair] = []
    parts = [_Part(0, len(old), 0, len(new))]
    while parts:
        part = _trimmed(old, new, parts.pop(), pairs)
        if part.is_empty:
            continue
        if part.is_small:
            pairs.extend(_matched_closely(old, new, part))
        elif anchors := _anchors(old, new, part):
            parts.extend(_cut(part, anchors))
    return sorted(pairs)


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], part: _Part, pairs: list[Pair]) -> _Part:
    """The part without its equal beginning and end, which are noted as pairs."""
    a, a_end, b, b_end = part
    while a < a_end and b < b_end and old[a] == new[b]:
        pairs.append(Pair(a, b))
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
        pairs.append(Pair(a_end, b_end))
    return _Part(a, a_end, b, b_end)


def _matched_closely(old: Sequence[Hashable], new: Sequence[Hashable], part: _Part) -> Iterator[Pair]:
    matcher = SequenceMatcher(
        None, old[part.old : part.old_end], new[part.new : part.new_end], autojunk=False
    )
    for a, b, size in matcher.get_matching_blocks():
        for step in range(size):
            yield Pair(part.old + a + step, part.new + b + step)


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable], part: _Part) -> list[Pair]:
    before = _unique_neighbours(old, part.old, part.old_end)
    after = _unique_neighbours(new, part.new, part.new_end)
    shared = [Pair(place, after[couple]) for couple, place in before.items() if couple in after]
    return _rising(sorted(shared))


def _unique_neighbours(items: Sequence[Hashable], start: int, end: int) -> dict[Couple, int]:
    couples = [(items[place], items[place + 1]) for place in range(start, end - 1)]
    counts = Counter(couples)
    return {couple: start + place for place, couple in enumerate(couples) if counts[couple] == 1}


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The longest run of pairs that rises in the new sequence too."""
    lasts: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for index, pair in enumerate(pairs):
        length = bisect_left(lasts, pair.new)
        before.append(chain[length - 1] if length else -1)
        lasts[length : length + 1] = [pair.new]
        chain[length : length + 1] = [index]
    return _followed_back(pairs, before, chain[-1] if chain else -1)


def _followed_back(pairs: list[Pair], before: list[int], index: int) -> list[Pair]:
    found = []
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _cut(part: _Part, anchors: list[Pair]) -> Iterator[_Part]:
    """The part cut before each anchor; trimming the pieces then takes the anchors themselves."""
    a, b = part.old, part.new
    for anchor in anchors:
        yield _Part(a, anchor.old, b, anchor.new)
        a, b = anchor
    yield _Part(a, part.old_end, b, part.new_end)
