"""How a Vietnamese syllable is built: onset, vowels, coda and one tone.

Needed wherever spelling matters more than characters: variant keys (hoà = hòa), the spelling
advice, and telling old 8-bit text from real words.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

NO_TONE, HUYEN, HOI, NGA, SAC, NANG = "", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = (NO_TONE, HUYEN, HOI, NGA, SAC, NANG)

_ONSETS = "b c ch d đ g gh h k kh l m n ng ngh nh p ph r s t th tr v x"
_OPEN_VOWELS = (
    "a e ê i o ô ơ u ư y ai ao au ay âu ây eo êu ia iu oa oe oi ôi ơi ua uê ui uy uơ ưa ưi ưu "
    "iêu yêu oai oao oay oeo uôi ươi ươu uây uya uyu"
)
_CODAS = {
    **dict.fromkeys(("a", "oa"), "c ch m n ng nh p t"),
    **dict.fromkeys(("ă", "â", "e", "o", "ô", "u", "iê", "uô", "ươ"), "c m n ng p t"),
    **dict.fromkeys(("oă", "oe", "uâ"), "c m n ng t"),
    **{"ê": "c ch m n ng nh p t", "i": "ch m n nh p t"},
    **dict.fromkeys(("uê", "uy", "y"), "ch n nh p t"),
    **dict.fromkeys(("oo", "ôô"), "c ng"),
    **{"ơ": "m n p t", "ư": "c ng t", "yê": "m n ng t", "uyê": "n t"},
}
# Syllables closed by a stop carry only sắc or nặng.
_STOPS = {"c", "ch", "p", "t"}


def _any_of(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_OPEN = f"(?P<open>{_any_of(_OPEN_VOWELS)})"
_CLOSED = f"(?P<closed>{_any_of(' '.join(_CODAS))})(?P<coda>ch|nh|ng|[cmnpt])"
_SYLLABLE = re.compile(
    rf"(?P<onset>qu(?=[aăâeêioôơy])|gi(?=[aăâeêoôơuư])|{_any_of(_ONSETS)})?(?:{_OPEN}|{_CLOSED})"
)


@dataclass(frozen=True)
class Syllable:
    """The parts of one syllable in lower case; `vowels` carry their hats and horns but not the tone."""

    onset: str
    vowels: str
    coda: str
    tone: str

    @property
    def has_two_tone_placements(self) -> bool:
        """oa, oe, uy with nothing after them are written hòa by some and hoà by others."""
        return bool(self.tone) and not self.coda and self.vowels in {"oa", "oe", "uy"}


@lru_cache(maxsize=8192)
def parse(word: str) -> Syllable | None:
    """The syllable a word spells, its tone mark wherever the author put it; None for other words."""
    letters, tone = _lift_tone(word.casefold())
    found = _SYLLABLE.fullmatch(letters)
    if found is None or len(tone) > 1:
        return None
    onset, vowels, coda = found["onset"] or "", found["open"] or found["closed"], found["coda"] or ""
    if coda and (coda not in _CODAS[vowels].split() or (vowels == "y" and onset != "qu")):
        return None
    return Syllable(onset, vowels, coda, tone)


def is_syllable(word: str) -> bool:
    """True for a word Vietnamese spelling allows, tone and its place included; no dictionary is asked."""
    syllable = parse(word)
    if syllable is None or (syllable.coda in _STOPS and syllable.tone not in {SAC, NANG}):
        return False
    places = {0, 1} if syllable.has_two_tone_placements else {_tone_place(syllable.vowels, syllable.coda)}
    return unicodedata.normalize("NFC", word.casefold()) in {_spelt(syllable, place) for place in places}


def tone_placement(word: str) -> Literal["first", "last"] | None:
    """Which vowel of oa, oe, uy bears the tone: "first" in hòa, "last" in hoà, None without a choice."""
    syllable = parse(word)
    if syllable is None or not syllable.has_two_tone_placements:
        return None
    return "last" if unicodedata.normalize("NFD", word).endswith(syllable.tone) else "first"


def canonical(word: str) -> str:
    """The one spelling all variants of a syllable share, in lower case; other words come back unchanged."""
    syllable = parse(word)
    if syllable is None:
        return word
    if syllable.vowels == "y" and not syllable.coda:
        syllable = replace(syllable, vowels="i")
    return _spelt(syllable, _tone_place(syllable.vowels, syllable.coda))


def _spelt(syllable: Syllable, place: int) -> str:
    vowels = syllable.vowels[: place + 1] + syllable.tone + syllable.vowels[place + 1 :]
    return unicodedata.normalize("NFC", syllable.onset + vowels + syllable.coda)


def _lift_tone(word: str) -> tuple[str, str]:
    marked = unicodedata.normalize("NFD", word)
    tone = "".join(mark for mark in marked if mark in TONES)
    letters = "".join(mark for mark in marked if mark not in TONES)
    return unicodedata.normalize("NFC", letters), tone


def _tone_place(vowels: str, coda: str) -> int:
    hatted = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if hatted:
        return hatted[-1]
    if coda or vowels in {"oa", "oe", "uy"}:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0
