"""What can be printed: the characters that the faces of printed matter can show.

A PDF that is to be kept and read aloud may hold no character without a shape, so what is missing is replaced beforehand.
"""

import unicodedata
from functools import lru_cache

from portal.printing.faces import FONTS

LIST = FONTS / "repertoire.txt"
MISSING = "□"
_SPACES = "\n\t "


def printable(text: str) -> str:
    """`text` with every character that cannot be printed replaced by its plainer form, or by □."""
    missing = set(text) - _repertoire()
    return text.translate({ord(character): _plainer(character) for character in missing}) if missing else text


def unprintable(text: str) -> set[str]:
    """The characters that would be printed as □."""
    return {character for character in set(text) - _repertoire() if MISSING in _plainer(character)}


@lru_cache(maxsize=4096)
def _plainer(character: str) -> str:
    if unicodedata.category(character) in {"Cc", "Cf", "Cs"} or character in "\ufe0e\ufe0f":
        return ""
    plainer = unicodedata.normalize("NFKC", character)
    return plainer if set(plainer) <= _repertoire() else MISSING


@lru_cache(maxsize=1)
def _repertoire() -> frozenset[str]:
    """The list is lines of `first-last` or `one` in hexadecimal."""
    ranges = [line.partition("-") for line in LIST.read_text().split()]
    found = {
        chr(each) for first, _, last in ranges for each in range(int(first, 16), int(last or first, 16) + 1)
    }
    return frozenset(found | set(_SPACES))
