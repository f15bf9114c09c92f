"""What an editor is warned of in a text as typed, before it is cleaned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.languages.folding import normalise
from portal.richtext.attributes import asset_reference, link_target
from portal.richtext.tokens import Start, Text, Token, tokens

MESSAGES: dict[str, Promise] = {
    "heading_skipped": _(
        "The heading “%(text)s” skips a level: use a second-level heading before a third-level one."
    ),
    "link_empty": _("A link to %(address)s has no text, so readers cannot see or hear it."),
    "link_refused": _("The link “%(text)s” leads to an address that is not allowed and will be removed."),
    "link_bare_address": _("The link “%(text)s” shows its address: write where it leads instead."),
    "link_vague": _("The link text “%(text)s” does not say where it leads."),
    "table_without_headers": _(
        "A table has no header cells: mark its first row or its first column as headers."
    ),
    "figure_malformed": _(
        "A picture in the text does not name a picture of the library and will be removed."
    ),
}

# Said aloud out of context, as a screen reader lists the links of a page, these lead nowhere.
VAGUE = {
    "vi": (
        "tại đây|ở đây|đây|xem tại đây|bấm vào đây|nhấn vào đây|click vào đây|xem|xem thêm|xem chi tiết"
        "|chi tiết|đọc thêm|đọc tiếp|đường link|liên kết|trang này|tải về|tải xuống"
        "|file đính kèm|tệp đính kèm"
    ),
    "en": (
        "here|click here|click|see here|more|read more|see more|learn more|details|this|this link|this page"
        "|link|download|read|view|continue|go|attachment"
    ),
}
_VAGUE = {language: frozenset(words.split("|")) for language, words in VAGUE.items()}
_ANY_VAGUE = frozenset().union(*_VAGUE.values())
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HEADINGS = {"h1": 2, "h2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
_EXCERPT = 60


@dataclass(frozen=True)
class Problem:
    """One warning: a stable `code`, the sentence for the editor, and the piece of text it speaks of."""

    code: str
    particulars: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(MESSAGES[self.code]) % self.particulars


def problems(html: str, language: str) -> list[Problem]:
    """What readers of `language` would stumble over, in the order it occurs; an empty list is a good text."""
    return list(_Examination(language).of(tokens(html)))


@dataclass
class _OpenTable:
    cells: int = 0
    headers: int = 0


class _Examination:
    """One walk through the tags: remembers the open heading, the open link and the open tables."""

    def __init__(self, language: str) -> None:
        self.vague = _VAGUE.get(language, _ANY_VAGUE)
        self.has_heading = False
        self.heading = ""
        self.heading_words: list[str] = []
        self.link: str | None = None
        self.link_words: list[str] = []
        self.tables: list[_OpenTable] = []

    def of(self, stream: Iterator[Token]) -> Iterator[Problem]:
        for token in stream:
            if isinstance(token, Text):
                self._text(token.text)
            elif isinstance(token, Start):
                yield from self._start(token.name, token.attributes)
            else:
                yield from self._end(token.name)
        yield from self._end_of_link()

    def _text(self, text: str) -> None:
        if self.heading:
            self.heading_words.append(text)
        if self.link is not None:
            self.link_words.append(text)

    def _start(self, name: str, attributes: dict[str, str]) -> Iterator[Problem]:
        if name == "a":
            yield from self._end_of_link()
            self.link, self.link_words = attributes.get("href"), []
        elif name in _HEADINGS:
            self.heading, self.heading_words = name, []
        elif name == "table":
            self.tables.append(_OpenTable())
        elif name in ("td", "th") and self.tables:
            self.tables[-1].cells += 1
            self.tables[-1].headers += name == "th"
        elif name == "figure" and asset_reference(attributes.get("data-asset", "")) is None:
            yield Problem("figure_malformed")

    def _end(self, name: str) -> Iterator[Problem]:
        if name == "a":
            yield from self._end_of_link()
        elif name == "table" and self.tables:
            yield from self._end_of_table(self.tables.pop())
        elif name == self.heading:
            yield from self._end_of_heading()

    def _end_of_table(self, table: _OpenTable) -> Iterator[Problem]:
        # A single cell is a frame round a text; cleaning takes it away.
        if table.cells > 1 and not table.headers:
            yield Problem("table_without_headers")

    def _end_of_heading(self) -> Iterator[Problem]:
        text, level = _said(self.heading_words), _HEADINGS[self.heading]
        self.heading = ""
        if not text:
            return
        if level == 3 and not self.has_heading:
            yield Problem("heading_skipped", {"text": _excerpt(text)})
        self.has_heading = True

    def _end_of_link(self) -> Iterator[Problem]:
        if self.link is None:
            return
        address, self.link = self.link, None
        text = _said(self.link_words)
        if not text:
            yield Problem("link_empty", {"address": _excerpt(address)})
        elif not link_target(address):
            yield Problem("link_refused", {"text": _excerpt(text)})
        elif _BARE_ADDRESS.fullmatch(text):
            yield Problem("link_bare_address", {"text": _excerpt(text)})
        elif text.casefold().strip(" .:…!>»→[]()“”\"'") in self.vague:
            yield Problem("link_vague", {"text": _excerpt(text)})


def _said(words: list[str]) -> str:
    return " ".join(normalise("".join(words)).split())


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rstrip() + "…"
