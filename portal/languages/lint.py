"""Advice on Vietnamese spelling; it points, and never rewrites the author."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.languages import legacy
from portal.languages.folding import WORD, normalise
from portal.languages.syllables import is_syllable, tone_placement

MESSAGES: dict[str, Promise] = {
    "digit-in-word": _("A digit stands in this word where a letter is meant."),
    "eth": _("This word is written with the Icelandic letter Ð; the Vietnamese letter is Đ."),
    "mixed-tone-placement": _(
        "Tone marks are placed in two ways in this text, as in hòa and hoà; choose one."
    ),
    "legacy-text": _("This text is in an old Vietnamese encoding and should be converted."),
}

_LETTERS_OF_DIGITS = str.maketrans("10", "lo")
_WORD_WITH_DIGIT = re.compile(r"(?<![\w./-])(?=[^\W_]*[01])(?=\w*[^\W\d_])[^\W_]+(?!\w)")


@dataclass(frozen=True)
class Finding:
    """One thing to look at: what it is, the words concerned, and where they start in the normalised text."""

    code: str
    excerpt: str = ""
    start: int = 0

    @property
    def message(self) -> Promise:
        return MESSAGES[self.code]


def lint(text: str) -> list[Finding]:
    """Everything worth a second look, in reading order; an empty list for a clean text."""
    stored = normalise(text)
    findings = [
        *_legacy_text(text),
        *_digits_in_words(stored),
        *_eths(stored),
        *_mixed_tone_placement(stored),
    ]
    return sorted(findings, key=lambda finding: finding.start)


def _legacy_text(text: str) -> Iterator[Finding]:
    if legacy.detect(text):
        yield Finding("legacy-text")


def _digits_in_words(text: str) -> Iterator[Finding]:
    """ "pháp 1ý", "kh0ng"; but not H1N1, 2h30, 1a, or any word with other digits."""
    for found in _WORD_WITH_DIGIT.finditer(text):
        word = found[0]
        if _is_meant_as_letters(word):
            yield Finding("digit-in-word", word, found.start())


def _is_meant_as_letters(word: str) -> bool:
    if re.sub("[01]", "", word) != re.sub(r"\d", "", word) or len(re.findall(r"\d", word)) > 1:
        return False
    if word != word.lower() or not is_syllable(word.translate(_LETTERS_OF_DIGITS)):
        return False
    within = re.search(r"\D[01]\D", word) is not None and len(word) > 3
    return not word.isascii() or within


def _eths(text: str) -> Iterator[Finding]:
    """Eth in a Vietnamese word; Icelandic names keep theirs."""
    for found in WORD.finditer(text):
        word = found[0]
        vietnamese = word.replace("Ð", "Đ").replace("ð", "đ")
        if vietnamese != word and is_syllable(vietnamese):
            yield Finding("eth", word, found.start())


def _mixed_tone_placement(text: str) -> Iterator[Finding]:
    placements = {placement for word in WORD.findall(text) if (placement := tone_placement(word))}
    if len(placements) > 1:
        yield Finding("mixed-tone-placement")
