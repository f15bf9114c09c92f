"""Does a text answer a query, how well, and where: the rules of search without an index.

Both sides are compared syllable by syllable, so "an" does not find "Hàn"; accents and case never hide
an answer, they only rank it.
"""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from portal.languages.folding import fold
from portal.languages.reading import Clause, ReadText, Span, clauses


def matches(query: str, document: str) -> bool:
    """True when all the query asks for stands in the document; a query without words matches nothing."""
    return rank(query, document) > 0


def rank(query: str, document: str) -> float:
    """How well the document answers: from 0, not at all, to 4, the very words, accents and order."""
    wanted, read = clauses(query), ReadText(document)
    if not wanted or not all(_places(clause, read) for clause in wanted):
        return 0.0
    with_accents = sum(bool(read.exact_places(clause.exact)) for clause in wanted) / len(wanted)
    in_a_row = tuple(word for clause in wanted for word in clause.exact)
    near = bool(read.folded_places(tuple(fold(word) for word in in_a_row)))
    return 1.0 + with_accents + near + bool(read.exact_places(in_a_row))


def highlight(query: str, text: str) -> SafeString:
    """The text escaped for HTML with what answers the query inside `<mark>`, the author's spelling kept.

    Words that agree in their accents are marked; only where none do, those that agree without.
    """
    read = ReadText(text)
    spans = [
        span for clause in clauses(query) for span in read.exact_places(clause.exact) or _places(clause, read)
    ]
    pieces: list[str] = []
    position = 0
    for start, end in _merged(spans, read.text):
        pieces += [escape(read.text[position:start]), f"<mark>{escape(read.text[start:end])}</mark>"]
        position = end
    return mark_safe("".join([*pieces, escape(read.text[position:])]))


def _places(clause: Clause, read: ReadText) -> list[Span]:
    return [span for phrase in clause.folded for span in read.folded_places(phrase)]


def _merged(spans: list[Span], text: str) -> list[Span]:
    """Spans in reading order, joined where they overlap or only a space parts them."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
