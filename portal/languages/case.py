"""Capitals. Headings keep sentence case; nothing here capitalises every word."""

from portal.languages.folding import normalise


def upper(text: str) -> str:
    """All capitals, marks kept: "đắk lắk" gives "ĐẮK LẮK"."""
    return normalise(normalise(text).upper())


def capitalise(text: str) -> str:
    """The first letter a capital, the rest as written: "ủy ban Quốc gia" gives "Ủy ban Quốc gia"."""
    text = normalise(text)
    return normalise(text[:1].upper() + text[1:])
