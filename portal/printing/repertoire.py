"""What can be printed: the characters that the faces of printed matter can show.

A PDF that is to be kept and read aloud may hold no character without a shape, so what is missing is replaced beforehand.
"""

import unicodedata
from functools import lru_cache
from pathlib import Path

import typst

from portal.printing.faces import FACES, STANDARDS

LIST = Path(__file__).resolve().parent / "fonts" / "repertoire.txt"
MISSING = "□"
_MEASURED = [*range(0x21, 0x3000), *range(0xA640, 0xA6A0), *range(0xFB00, 0xFB07), 0xFFFD]
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


def measured() -> str:
    """The list, measured anew by trying each character."""
    able = sorted(
        _able([point for point in _MEASURED if unicodedata.category(chr(point)) not in {"Cc", "Cf", "Cn"}])
    )
    ranges: list[list[int]] = []
    for point in able:
        if ranges and point == ranges[-1][-1] + 1:
            ranges[-1][1:] = [point]
        else:
            ranges.append([point])
    return "".join("-".join(f"{end:04X}" for end in each) + "\n" for each in ranges)


def _able(points: list[int]) -> list[int]:
    if _sets("\n".join(map(chr, points))):
        return points
    half = len(points) // 2
    return _able(points[:half]) + _able(points[half:]) if half else []


def _sets(text: str) -> bool:
    source = b'#set document(title: "x")\n#set text(font: "Newsreader Text", lang: "en")\n#sys.inputs.text'
    try:
        typst.compile(
            source,
            font_paths=FACES,
            ignore_system_fonts=True,
            pdf_standards=STANDARDS,
            sys_inputs={"text": text},
        )
    except typst.TypstError:
        return False
    return True
