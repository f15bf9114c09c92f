"""Shortening that never cuts a syllable."""

from portal.languages.folding import normalise

_ELLIPSIS = "…"


def truncate(text: str, length: int) -> str:
    """At most `length` characters with the ellipsis, cut at a space; a longer first syllable stays whole."""
    text = " ".join(normalise(text).split())
    if len(text) <= length:
        return text
    room = max(length - len(_ELLIPSIS), 0)
    kept = text[: room + 1].rpartition(" ")[0] or text.partition(" ")[0]
    if kept == text:
        return text
    return kept.rstrip(" ,;:.–-(“") + _ELLIPSIS
