"""HTML as a flat run of tags and texts, read in one pass whatever the input.

The standard library's parser of Python 3.11 takes quadratic time on unclosed comments and attributes, an
HTML5 tree builder on deep nesting: eighty kilobytes of `<div>` cost nh3 a second. Here every step goes on.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

SPACES = " \t\n\r\f"
RAW_TEXT = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")

_MARKUP = re.compile(r"<(?:(/?)([A-Za-z][^\s/>]*)|!--|[!?/])")
_GAP = re.compile(rf"[{SPACES}/]*")
_ATTRIBUTE = re.compile(rf"=?[^{SPACES}/>=]*")
_EQUALS = re.compile(rf"[{SPACES}]*=[{SPACES}]*")
_BARE_VALUE = re.compile(rf"[^{SPACES}>]*")
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in RAW_TEXT}
_LEADING_ZEROS = re.compile(r"&#0+(?=\d)")
_OVERLONG_NUMBER = re.compile(r"&#\d{8,};?")
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Start:
    """`<name …>`; attribute names in lower case, values with entities resolved, the first of a name wins."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """`</name>`."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Characters between tags, entities resolved."""

    text: str


Token = Start | End | Text


def tokens(html: str) -> Iterator[Token]:
    """The tags and texts of `html` in order, without comments, declarations and the inside of scripts."""
    return _Scanner(_UNSPEAKABLE.sub("", html)).scan()


def unescape(text: str) -> str:
    """`text` with its character references resolved; a number no character can have is dropped."""
    if "&" not in text:
        return text
    # html.unescape hands decimal digits to int(), which refuses more than 4,300 of them.
    return entities.unescape(_OVERLONG_NUMBER.sub("", _LEADING_ZEROS.sub("&#", text)))


class _Scanner:
    def __init__(self, html: str) -> None:
        self.html = html
        self.at = 0
        self.absent: set[str] = set()

    def scan(self) -> Iterator[Token]:
        while match := _MARKUP.search(self.html, self.at):
            if match.start() > self.at:
                yield Text(unescape(self.html[self.at : match.start()]))
            self.at = match.end()
            if match[2]:
                yield from self._tag(match[2].lower(), closing=bool(match[1]))
            else:
                self._skip_past("-->" if match[0] == "<!--" else ">")
        if self.at < len(self.html):
            yield Text(unescape(self.html[self.at :]))

    def _tag(self, name: str, *, closing: bool) -> Iterator[Token]:
        attributes = self._attributes()
        if closing:
            yield End(name)
            return
        yield Start(name, attributes)
        if name in _RAW_END:
            end = _RAW_END[name].search(self.html, self.at)
            self.at = end.start() if end else len(self.html)

    def _attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self._match(_GAP)
            if self.at >= len(self.html):
                return found
            if self.html[self.at] == ">":
                self.at += 1
                return found
            name = self._match(_ATTRIBUTE).lower()
            value = self._value() if self._match(_EQUALS) else ""
            found.setdefault(name, value)

    def _value(self) -> str:
        quote = self.html[self.at : self.at + 1]
        end = self._find(quote, self.at + 1) if quote in ('"', "'") else -1
        if end < 0:
            return unescape(self._match(_BARE_VALUE))
        value = self.html[self.at + 1 : end]
        self.at = end + 1
        return unescape(value)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.html, self.at)
        if not match:
            return ""
        self.at = match.end()
        return match[0]

    def _skip_past(self, mark: str) -> None:
        end = self._find(mark, self.at)
        if end >= 0:
            self.at = end + len(mark)

    def _find(self, mark: str, start: int) -> int:
        # What is not ahead of one place is not ahead of any later place: looking once keeps the scan linear.
        if mark in self.absent:
            return -1
        found = self.html.find(mark, start)
        if found < 0:
            self.absent.add(mark)
        return found
