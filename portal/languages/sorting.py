"""The order of the Vietnamese alphabet, as ICU's `vi` collation has it, without ICU.

Whole texts are compared by their letters first (a ă â b c d đ e ê …), then by tones
(none, huyền, hỏi, ngã, sắc, nặng), then small before capital; so "bá" stands before "bà con".
"""

import unicodedata

from portal.languages.folding import normalise, unaccented
from portal.languages.syllables import TONES

Key = tuple[tuple[tuple[int, int], ...], tuple[int, ...], tuple[bool, ...], str]

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: place for place, letter in enumerate(_ALPHABET)}
_TONE_PLACE = {tone: place for place, tone in enumerate(TONES)}
_OTHER_MARK = len(TONES)
_BLANK, _PUNCTUATION, _SYMBOL, _DIGIT, _LETTER, _FOREIGN = range(6)
_CLASS = {"Z": _BLANK, "C": _BLANK, "P": _PUNCTUATION, "S": _SYMBOL}
# The order of the root collation (CLDR); other signs follow by code point.
_PUNCTUATION_MARKS = "_-‐–—,;:!?.…'‘’\"“”«»()[]{}§¶@*/\\&#%"
_SYMBOLS = "`´^¨°©®+±÷×<=>|~$£¥₫€"
_SIGN_PLACE = {sign: place for signs in (_PUNCTUATION_MARKS, _SYMBOLS) for place, sign in enumerate(signs)}


def vietnamese_key(text: str) -> Key:
    """A total order for `sorted(..., key=vietnamese_key)`: letters, tones, capitals, at last the text."""
    letters: list[tuple[int, int]] = []
    tones: list[int] = []
    capitals: list[bool] = []
    for character in normalise(text):
        for letter, tone in _letters(character):
            letters.append(letter)
            tones.append(tone)
            capitals.append(character.isupper())
    return tuple(letters), tuple(tones), tuple(capitals), text


def _letters(character: str) -> list[tuple[tuple[int, int], int]]:
    """The collation letters of one NFC character, each with the place of its tone."""
    small = character.lower().replace("ð", "đ")
    if small in _PLACE:
        return [((_LETTER, _PLACE[small]), 0)]
    base, tone = _lift_marks(small)
    if base in _PLACE:
        return [((_LETTER, _PLACE[base]), tone)]
    if small.isdecimal():
        return [((_DIGIT, unicodedata.decimal(small[0])), 0)]
    plain = unaccented(small)
    if plain and all(letter in _PLACE for letter in plain):
        return [((_LETTER, _PLACE[letter]), _OTHER_MARK) for letter in plain]
    return [(_rank(each), 0) for each in small]


def _lift_marks(letter: str) -> tuple[str, int]:
    """Take the tone off a Vietnamese vowel: "ấ" gives "â" and the place of sắc."""
    marked = unicodedata.normalize("NFD", letter)
    tones = [mark for mark in marked if mark in _TONE_PLACE]
    if len(tones) != 1:
        return letter, 0
    base = unicodedata.normalize("NFC", marked.replace(tones[0], ""))
    return base, _TONE_PLACE[tones[0]]


def _rank(character: str) -> tuple[int, int]:
    place = _SIGN_PLACE.get(character, ord(character) + len(_SIGN_PLACE))
    return _CLASS.get(unicodedata.category(character)[0], _FOREIGN), place
