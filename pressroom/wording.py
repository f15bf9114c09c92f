"""Words compared as a reader compares them: deaf to case, punctuation and spelling variants, never to a word.

What changes the meaning is a word too: the marks within a number (1.500 is not 1,500), its sign, per cent, currencies.
"""

import re
from collections.abc import Iterator
from hashlib import blake2b, sha256

from portal.languages.folding import exact_key

#: Runs of so many words leave a mark; of a sentence the smallest marks are kept, so that like sentences share some.
RUN, KEPT = 3, 6
LONGEST = 50_000  # letters of a pasted text that are looked at

_END = re.compile(r"(?<=[.!?…])([\"”’»)]*)\s+(?=[\"“‘«(]*[^\W\d_a-zà-ỹđ])")
#: A word, or a number with the marks between its digits · the sign of a number (all dashes are "-" by now) · a symbol.
_WORD = re.compile(r"\w+(?:(?<=\d)[.,:/-](?=\d)\w+)*|(?<!\w)-(?=\d)|[%‰‱$¢£¤¥฿៛₠-⃏°℃℉№§&@#+±×÷=≠≈<>≤≥]")


def sentences(text: str) -> list[str]:
    """The sentences of a plain text, line by line."""
    parts = (part.strip() for line in text.splitlines() for part in _END.sub(r"\1\n", line).split("\n"))
    return [part for part in parts if part]


def words_of(text: str) -> list[str]:
    """The words as they are compared."""
    return _WORD.findall(exact_key(text))


def key(text: str) -> str:
    """SHA-256 of the words alone, in hexadecimal; "" of a text without words."""
    words = words_of(text)
    return sha256(" ".join(words).encode()).hexdigest() if words else ""


def marks(text: str) -> list[int]:
    """The smallest hashes (64 bits, signed) of the runs of words; a shorter text is one run."""
    return sorted(set(_hashes(words_of(text))))[:KEPT]


def _hashes(words: list[str]) -> Iterator[int]:
    for start in range(max(1, len(words) - RUN + 1)):
        run = " ".join(words[start : start + RUN])
        if run:
            yield int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big", signed=True)
