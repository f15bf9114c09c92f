"""Abbreviations an office writes and the words they stand for: for search and for `<abbr title>`."""

from functools import lru_cache

from portal.languages.folding import fold
from portal.languages.tables import rows

_SEPARATORS = str.maketrans("", "", " -&/.")


def key(abbreviation: str) -> str:
    """What all spellings of one abbreviation share: "LĐ-TBXH" and "LĐTB&XH" give "ldtbxh"."""
    return fold(abbreviation).translate(_SEPARATORS)


_ABBREVIATIONS = {key(row["short"]): row["full"] for row in rows("abbreviations")}
_JOINED_NAMES = {key(row["short"]): row["full"] for row in rows("joined_names")}


def expand(abbreviation: str) -> str | None:
    """The full words of an abbreviation, None for one not in the list; "UBND" gives "Ủy ban nhân dân"."""
    return _ABBREVIATIONS.get(key(abbreviation))


@lru_cache(maxsize=16384)
def equivalent(word: str) -> str | None:
    """The words that mean the same to a searcher: abbreviations, and "Hanoi" for "Hà Nội"."""
    return expand(word) or _JOINED_NAMES.get(key(word))
