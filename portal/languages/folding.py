"""One text, three forms: as it is stored, as it is looked for, as it is compared with its accents.

`normalise` is what enters the database, `fold` is the search key that forgets accents and case,
`exact_key` keeps accents and forgets only spelling variants (hoà/hòa, quí/quý).
"""

import re
import unicodedata
from functools import lru_cache

from portal.languages import syllables

WORD = re.compile(r"[^\W\d_]+")

_SPACES = dict.fromkeys((0x00A0, 0x200B, 0x202F), " ")
_LINE_ENDS = dict.fromkeys((0x2028, 0x2029), "\n")
# U+FFFE and U+FFFF are the two assigned-to-nothing characters that make a feed or sitemap invalid XML.
_DROPPED = dict.fromkeys(
    (*range(0x00, 0x09), *range(0x0B, 0x20), 0x7F, 0xAD, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF), None
)
_STORED = {**_DROPPED, **_SPACES, **_LINE_ENDS}

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"))
# Letters with a stroke or a ligature do not decompose, so dropping marks leaves them as they are.
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
)


def normalise(text: str) -> str:
    """Text as it is stored: NFC, plain spaces, no invisible or impossible characters; spelling untouched."""
    text = _whole_characters(text).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.translate(_STORED))


def unaccented(text: str) -> str:
    """Text without its marks, case kept: "Đào Ngọc Dung" gives "Dao Ngoc Dung"."""
    marked = unicodedata.normalize("NFD", normalise(text))
    bare = "".join(character for character in marked if unicodedata.category(character) != "Mn")
    return unicodedata.normalize("NFC", bare.translate(_PLAIN))


def fold(text: str) -> str:
    """The search key: no marks, no case, one kind of dash, single spaces; "Ðảng bộ" gives "dang bo"."""
    folded = "".join(_fold_character(character) for character in normalise(text))
    return " ".join(unicodedata.normalize("NFC", folded).split())


def fold_aligned(text: str) -> tuple[str, list[int]]:
    """The fold of a normalised text, spaces kept, and the place in the text of each folded character."""
    pieces = [_fold_character(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), places


def exact_key(text: str) -> str:
    """The accent-sensitive key: lower case, đ for eth, one tone placement, one spelling of final i/y."""
    text = normalise(text).casefold().replace("ð", "đ").translate(_DASHES)
    text = unicodedata.normalize("NFC", text)
    return " ".join(WORD.sub(lambda word: syllables.canonical(word[0]), text).split())


def _whole_characters(text: str) -> str:
    """Join surrogate pairs into the characters they stand for and drop lone halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    marked = unicodedata.normalize("NFD", unicodedata.normalize("NFD", character).casefold())
    bare = "".join(part for part in marked if unicodedata.category(part) not in {"Mn", "Cf"})
    return bare.translate(_PLAIN).translate(_DASHES)
