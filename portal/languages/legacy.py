"""Vietnamese text from before Unicode, or spoilt on its way: recognised, and converted on request.

Run `detect` on text as it was pasted, before `normalise`: the ư of TCVN3 is an invisible soft hyphen.
"""

import codecs
import re
import unicodedata
from typing import Literal

from portal.languages.legacy_tables import TCVN3, VNI
from portal.languages.syllables import is_syllable, parse

Encoding = Literal["tcvn3", "vni", "mojibake"]
ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni", "mojibake")

_WORD = re.compile(r"[A-Za-z¡-¬\u00ad®µ¶·¸¹»¼½¾À-ÿĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]+")
_TCVN3 = {ord(old): new for old, new in TCVN3.items()}
_VNI_PAIR = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
# Letters of other languages that VNI would explain: Loïc, où, août, aún, Raphaël, hö.
_FOREIGN_PAIR = re.compile(r"[ao]ï|où|[aeo]û|a[úéë]|ö(?![øùûõï])", re.IGNORECASE)
_MICROMETRE = "µm"


# Windows-1252, its five holes filled as browsers fill them.
_CHARACTERS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x100)]
_BYTES = {chr(byte): byte for byte in range(0x80, 0xA0)} | {
    character: byte for byte, character in enumerate(_CHARACTERS) if byte >= 0x80
}
_TAIL = "".join(re.escape(character) for character, byte in _BYTES.items() if byte < 0xC0)
_SPOILT = re.compile(rf"[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|[ð-ô][{_TAIL}]{{3}}")
# What no honest text contains: the first bytes of toned Vietnamese letters and of typographic marks …
_SPOILT_LETTER = re.compile(rf"á[º»][{_TAIL}]|Ä[‘\x90ƒ‚©¨]|Å[©¨]|Æ[°¡¯]")
_SPOILT_MARK = re.compile(rf"â€[{_TAIL}]")
# … and à, ô, ê after a small letter; after a capital "Ã" may be the end of "ĐÃ”".
_SPOILT_VOWEL = re.compile(r"(?<![A-ZÀ-ÞĂĐƠƯẠ-Ỹ])Ã[\u00a0-ª¬-º¼-¿]|(?<=[a-z])Ã ")


def detect(text: str) -> Encoding | None:
    """Which old encoding a text is in; None for ordinary Vietnamese and for other languages."""
    if _is_mojibake(text):
        return "mojibake"
    gains = {encoding: _gain(text, encoding) for encoding in ("tcvn3", "vni")}
    if not any(gains.values()):
        return None
    return "tcvn3" if gains["tcvn3"] >= gains["vni"] else "vni"


def convert(text: str, encoding: Encoding) -> str:
    """The text in Unicode (NFC); whatever the encoding cannot explain stays as it is."""
    if encoding == "tcvn3":
        converted = text.translate(_TCVN3)
    elif encoding == "vni":
        converted = _VNI_PAIR.sub(lambda pair: VNI[pair[0]], text)
    else:
        converted = _SPOILT.sub(_unspoilt, re.sub(r"(?<=[^\W\d_])Ã ", "Ã\u00a0", text))
    return unicodedata.normalize("NFC", converted)


def decode(raw: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding; never fails, the last resort is windows-1252.

    Tried in turn: byte-order marks, UTF-16 without one, UTF-8, then the old Vietnamese encodings.
    """
    if name := _marked(raw) or _unmarked_utf16(raw):
        return raw.decode(name, "replace"), name
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_8bit(raw)


def _is_mojibake(text: str) -> bool:
    if _SPOILT_MARK.search(text) or _SPOILT_VOWEL.search(text):
        return True
    return any(is_syllable(word) for word in _repaired_words(text))


def _repaired_words(text: str) -> list[str]:
    """The words around each spoilt letter, as they read after repair."""
    if not _SPOILT_LETTER.search(text):
        return []
    before, after = text.split(), convert(text, "mojibake").split()
    changed = set(after) - set(before)
    return [word for piece in changed for word in re.findall(r"[^\W\d_]+", piece) if not word.isascii()]


def _unspoilt(found: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[character] for character in found[0]).decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _gain(text: str, encoding: Encoding) -> int:
    """How many words the encoding turns from nonsense into syllables, 0 when that is no proof.

    Words that are Vietnamese as they stand say nothing; the others must mostly be explained.
    """
    gained: set[str] = set()
    unexplained: set[str] = set()
    for word in set(_WORD.findall(text)):
        if _says_nothing(word):
            continue
        converted = convert(word, encoding)
        (gained if converted != word and is_syllable(converted) else unexplained).add(word)
    if len(gained) < 0.6 * (len(gained) + len(unexplained)):
        return 0
    if encoding == "vni":
        proven = any(not _FOREIGN_PAIR.sub("", word).isascii() for word in gained)
    else:
        proven = len(gained) >= 3 or any(_is_impossible(word) for word in gained)
    return len(gained) if proven else 0


def _says_nothing(word: str) -> bool:
    has_old_character = re.search(r"[\u00a1-\u00ff]", word)
    has_plain_letter = re.search(r"[A-Za-z]", word)
    return not (has_old_character and has_plain_letter) or word == _MICROMETRE or parse(word) is not None


def _is_impossible(word: str) -> bool:
    """A sign inside a word, or a capital after a small letter: no living language writes that."""
    return bool(re.search(r"[¡-©«-´¶-¹»-¿×÷]|[a-zà-ÿ][À-Þ]|µ", word))


def _marked(raw: bytes) -> str | None:
    if raw.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    return "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else None


def _unmarked_utf16(raw: bytes) -> str | None:
    """Half the bytes of Latin text in UTF-16 are zero, all on the same side."""
    if len(raw) < 4 or len(raw) % 2:
        return None
    if raw[1::2].count(0) > 0.5 * len(raw[1::2]) and 0 not in raw[0::2]:
        return "utf-16-le"
    if raw[0::2].count(0) > 0.5 * len(raw[0::2]) and 0 not in raw[1::2]:
        return "utf-16-be"
    return None


def _decode_8bit(raw: bytes) -> tuple[str, str]:
    western = "".join(_CHARACTERS[byte] for byte in raw)
    if _is_mojibake(western):
        return raw.decode("utf-8", "replace"), "utf-8"
    readings = [(western, "windows-1252"), (raw.decode("cp1258", "replace"), "windows-1258")]
    if encoding := detect(western):
        readings.append((convert(western, encoding), encoding))
    readings = [(unicodedata.normalize("NFC", text), name) for text, name in readings]
    return max(readings, key=lambda reading: _vietnamese_words(reading[0]))


def _vietnamese_words(text: str) -> int:
    """Accented words that are syllables, less those that are not."""
    words = (word for word in re.findall(r"[^\W\d_]+", text) if not word.isascii())
    return sum(1 if is_syllable(word) else -1 for word in words)
