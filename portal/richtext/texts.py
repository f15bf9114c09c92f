"""What a rich text says, without its markup."""

import hashlib
from uuid import UUID

from portal.richtext.reading import read
from portal.richtext.tidying import tidy
from portal.richtext.tree import Figure, Paragraph, leaves
from portal.richtext.writing import write


def paragraphs(html: str) -> list[str]:
    """The texts of the paragraphs, headings, captions, entries and cells in reading order, one line each."""
    return [leaf.text.replace("\n", " ") for leaf in _leaves(html) if isinstance(leaf, Paragraph)]


def plain_text(html: str) -> str:
    """The whole text, one paragraph per line; a line break inside a paragraph is a line of its own."""
    return "\n".join(leaf.text for leaf in _leaves(html) if isinstance(leaf, Paragraph))


def asset_ids(html: str) -> list[UUID]:
    """The library assets placed as figures, in reading order, as often as they occur."""
    return [leaf.asset for leaf in _leaves(html) if isinstance(leaf, Figure)]


def normalised_digest(text: str) -> str:
    """The SHA-256 (64 hexadecimal digits) of what a plain or rich text says.

    White space, `&nbsp;`, Unicode form, attribute order, and b for strong change nothing; a word, a link's
    target, a heading's level, an emphasis, a figure do.
    """
    return hashlib.sha256(write(tidy(read(text))).encode()).hexdigest()


def _leaves(html: str) -> list[Paragraph | Figure]:
    return list(leaves(tidy(read(html))))
