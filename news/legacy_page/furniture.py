"""What an old portal puts round an article: machinery, menus, tickers, lists of other articles."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from news.legacy_page.lines import Line
from news.legacy_page.page import Dropped
from news.legacy_page.phrases import REASONS_BY_PHRASE
from portal.languages.folding import fold

_PATTERNS = {
    "machinery": re.compile(r"(?:bn|ad|banner|qc)\s?\d{1,2}|-?->|\W+"),
    "clock": re.compile(r".*\b(?:duong day nong|hotline|dien thoai nong)\b.*"),
    "menu": re.compile(r"(?:trang chu|home)\s*[>»/|›].*|(?:trang|page)\s*:?\s*\d+(?:\s*/\s*\d+)?"),
    "rating": re.compile(
        r"(?:so )?(?:luot (?:xem|doc|truy cap)|da xem|views?)\s*:?\s*[\d.,]+|(?:tags?|tu khoa)\s*:.*"
    ),
    "footer": re.compile(
        r"(?:©|\(c\)|copyright|ban quyen|giay phep so|ghi ro nguon|thiet ke boi|powered by).*"
    ),
}
_LONGEST_PATTERN = 300
_MENU_ENTRY = 40
_MENU_LENGTH = 5
_REPEATED_LENGTH = 40
_GLUED_TITLES = 3


def reason_of(line: Line) -> str:
    """Why a line cannot belong to any article, or ""."""
    if line.role in ("headline", "standfirst", "date", "byline", "caption"):
        return ""
    if is_ticker(line.text):
        return "ticker"
    if len(line.text) > _LONGEST_PATTERN:
        return ""
    folded = fold(line.text)
    if reason := REASONS_BY_PHRASE.get(folded.strip(" :.»>|")):
        return reason
    return next((reason for reason, pattern in _PATTERNS.items() if pattern.fullmatch(folded)), "")


def is_ticker(text: str) -> bool:
    """Whether titles were run together: "… năm 2018Quyết định … năm 2018Công văn …"."""
    glued = 0
    for before, after in pairwise(text):
        if after.isupper() and (before.islower() or before.isdigit() or before in '”"'):
            glued += 1
    return glued >= _GLUED_TITLES and glued * 400 >= len(text)


def without_furniture(lines: list[Line]) -> tuple[list[Line], list[Dropped]]:
    """The lines that may belong to the article, and the others with their reasons, in their order."""
    reasons = [reason_of(line) for line in lines]
    _mark_menus(lines, reasons)
    _mark_repeats(lines, reasons)
    _mark_tail(lines, reasons)
    rest = [line for line, reason in zip(lines, reasons, strict=True) if not reason]
    return rest, list(dropped(lines, reasons))


def dropped(lines: Iterable[Line], reasons: Iterable[str]) -> Iterator[Dropped]:
    """A record of each line that has a reason."""
    for line, reason in zip(lines, reasons, strict=True):
        if reason:
            yield Dropped(line.text, reason)


def _mark_menus(lines: list[Line], reasons: list[str]) -> None:
    """Many short lines in a row, or a block of nothing but links, is a menu."""
    run: list[int] = []
    for place, line in enumerate([*lines, None]):
        if line is not None and _is_menu_entry(line) and not reasons[place]:
            run.append(place)
            continue
        if len(run) >= _MENU_LENGTH:
            for entry in run:
                reasons[entry] = "menu"
        run = []
    for place, line in enumerate(lines):
        if line.linked > 0.8 and not line.role and not reasons[place] and not line.is_paragraph:
            reasons[place] = "menu"


def _is_menu_entry(line: Line) -> bool:
    has_digit = any(character.isdigit() for character in line.text)
    return len(line.text) <= _MENU_ENTRY and not line.ends_a_sentence and not line.role and not has_digit


def _mark_repeats(lines: list[Line], reasons: list[str]) -> None:
    """A line said again later, not at once (that is a caption under its picture's title)."""
    last: dict[str, int] = {}
    for place, line in enumerate(lines):
        if reasons[place] or len(line.text) < _REPEATED_LENGTH:
            continue
        key = fold(line.text)
        if key in last and place - last[key] > 1:
            reasons[place] = "repeated"
        last.setdefault(key, place)


def _mark_tail(lines: list[Line], reasons: list[str]) -> None:
    """Below the article, after the first word of a list or a rating, nothing is article any more."""
    paragraphs = [place for place, line in enumerate(lines) if line.is_paragraph and not reasons[place]]
    if not paragraphs:
        return
    below = range(paragraphs[-1] + 1, len(lines))
    mark = next((place for place in below if reasons[place] in ("related", "rating", "ticker")), len(lines))
    for place in range(mark, len(lines)):
        reasons[place] = reasons[place] or "after"
