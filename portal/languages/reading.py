"""A text taken apart for searching: its syllables, and what they can also be called.

What can be written in several ways (document numbers, days, quarters, abbreviations) has a key or
another phrase of its own beside its syllables. Documents and queries are read by the same rules.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from portal.languages import abbreviations
from portal.languages.dates import find_days, find_quarters
from portal.languages.documents import find_numbers
from portal.languages.folding import exact_key, fold, fold_aligned, normalise

Phrase = tuple[str, ...]
Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
_ABBREVIATION = re.compile(r"[^\W_]+(?:[-–&][^\W_]+)*")
_COMPOUND = re.compile(r"[^\W_]+(?:[-–&/.'’_][^\W_]+)*")
_QUOTED = re.compile(r'["“”]([^"“”]*)["“”]')


@dataclass(frozen=True)
class Word:
    """One syllable: as it is compared with accents, without them, and where it stands."""

    exact: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class OtherReading:
    """What the text between two places can also be called: a key, or the words of an abbreviation."""

    phrase: Phrase
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """One thing a query asks for: any of the folded phrases will do, the accented one does best."""

    exact: Phrase
    folded: tuple[Phrase, ...]


class ReadText:
    """A normalised text and its readings; take it apart once, ask it many queries."""

    def __init__(self, text: str) -> None:
        self.text = normalise(text)
        self.words = list(_words(self.text))
        self.others = [*_keys(self.text), *_equivalents(self.text)]

    def terms(self) -> list[str]:
        """What an index stores, letters and digits only: syllables in order, then keys and expansions."""
        return [word.folded for word in self.words] + [word for other in self.others for word in other.phrase]

    def exact_places(self, phrase: Phrase) -> list[Span]:
        """Where a phrase stands with its accents."""
        return self._spans(_runs(phrase, tuple(word.exact for word in self.words)), len(phrase))

    def folded_places(self, phrase: Phrase) -> list[Span]:
        """Where a folded phrase stands, among the syllables or the other readings."""
        plain = self._spans(_runs(phrase, tuple(word.folded for word in self.words)), len(phrase))
        return plain + [(other.start, other.end) for other in self.others if _runs(phrase, other.phrase)]

    def _spans(self, starts: list[int], length: int) -> list[Span]:
        return [(self.words[first].start, self.words[first + length - 1].end) for first in starts]


def clauses(query: str) -> list[Clause]:
    """What a query asks for; all of it must be answered. Words in quotation marks are one phrase."""
    query = normalise(query)
    quoted = [_clause(found[1]) for found in _QUOTED.finditer(query)]
    rest = _QUOTED.sub(" | ", query)
    free: list[Clause] = []
    position = 0
    for start, end, keys in _keyed_spans(rest):
        free += _free_clauses(rest[position:start])
        free.append(_clause(rest[start:end], (keys[0],)))
        position = end
    return [clause for clause in quoted + free + _free_clauses(rest[position:]) if clause.exact]


def _free_clauses(text: str) -> list[Clause]:
    """One clause for each word; what hyphens, slashes and ampersands join stays together."""
    return [_clause(found[0], *_other_names(found[0])) for found in _COMPOUND.finditer(text)]


def _clause(text: str, *others: Phrase) -> Clause:
    words = list(_words(text))
    return Clause(tuple(word.exact for word in words), (tuple(word.folded for word in words), *others))


def _words(text: str) -> Iterator[Word]:
    """The fold is taken of the canonical spelling, so "ly luan" finds "lí luận" too."""
    for found in _WORD.finditer(text):
        exact, folded = _word_keys(found[0])
        if folded:
            yield Word(exact, folded, found.start(), found.end())


@lru_cache(maxsize=16384)
def _word_keys(word: str) -> tuple[str, str]:
    exact = exact_key(word)
    return exact, fold(exact)


def _keys(text: str) -> Iterator[OtherReading]:
    for start, end, keys in _keyed_spans(text):
        for key in keys:
            yield OtherReading((key,), start, end)


def _equivalents(text: str) -> Iterator[OtherReading]:
    for joined in _ABBREVIATION.finditer(text):
        whole = [joined] if _other_names(joined[0]) else _WORD.finditer(text, *joined.span())
        for found in whole:
            for phrase in _other_names(found[0]):
                yield OtherReading(phrase, found.start(), found.end())


def _other_names(word: str) -> list[Phrase]:
    """The joined spelling and the full words of an abbreviation; nothing for other words."""
    full = abbreviations.equivalent(word)
    if full is None:
        return []
    return [(abbreviations.key(word),), tuple(each.folded for each in _words(full))]


def _keyed_spans(text: str) -> list[tuple[int, int, list[str]]]:
    """Document numbers, days and quarters in reading order, with their keys, the most precise first."""
    folded, places = fold_aligned(text)
    found = [(start, end, [_token(f"no {document.key}")]) for start, end, document in find_numbers(text)]
    in_fold = [(start, end, [f"day{day:%Y%m%d}"]) for start, end, day in find_days(folded)]
    in_fold += [
        (start, end, _quarter_keys(number, year)) for start, end, number, year in find_quarters(folded)
    ]
    found += [(places[start], places[end - 1] + 1, keys) for start, end, keys in in_fold]
    return _without_overlaps(found)


def _quarter_keys(number: int, year: int | None) -> list[str]:
    precise = [f"quarter{number}of{year}"] if year is not None else []
    return [*precise, f"quarter{number}"]


def _token(key: str) -> str:
    """One word for any index: its tokeniser would cut at signs."""
    return re.sub(r"[^a-z0-9]+", "z", key.lower())


def _without_overlaps(spans: list[tuple[int, int, list[str]]]) -> list[tuple[int, int, list[str]]]:
    kept: list[tuple[int, int, list[str]]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _runs(phrase: Phrase, words: Phrase) -> list[int]:
    """The places in `words` where `phrase` begins."""
    if not phrase:
        return []
    return [
        place
        for place, word in enumerate(words)
        if word == phrase[0] and words[place : place + len(phrase)] == phrase
    ]
