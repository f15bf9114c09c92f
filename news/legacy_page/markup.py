"""The lines of a saved HTML page: its regions left out, its own names for headline, date and caption used."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from news.legacy_page.lines import Line, linked_share, opened, text_of
from news.legacy_page.page import Dropped
from portal.richtext.dropping import kept
from portal.richtext.reading import read_tokens
from portal.richtext.tidying import tidy
from portal.richtext.tokens import End, Start, Text, Token, tokens
from portal.richtext.tree import Block, Paragraph, Run, leaves

_LOOKS_LIKE_HTML = re.compile(
    r"<!doctype html|<(?:html|body|head|div|p|br|table|article)\b[^<>]{0,500}>", re.IGNORECASE
)
# No part of a page that holds this share of its text is an accessory, whatever its class says.
_ACCESSORY = 0.4

REGION_ELEMENTS = {"nav": "menu", "footer": "footer", "aside": "related"}
REGION_NAMES = {
    "breadcrumb": "menu",
    "menu": "menu",
    "navbar": "menu",
    "ribbon": "machinery",
    "captcha": "machinery",
    "quangcao": "machinery",
    "advert": "machinery",
    "banner": "machinery",
    "sidebar": "related",
    "lienquan": "related",
    "related": "related",
    "tinkhac": "related",
    "ticker": "ticker",
    "marquee": "ticker",
    "binhluan": "rating",
    "comment": "rating",
    "danhgia": "rating",
    "rating": "rating",
    "share": "rating",
    "social": "rating",
    "footer": "footer",
}
ROLE_ELEMENTS = {"h1": "headline", "figcaption": "caption", "time": "date"}
ROLE_NAMES = {
    "titledetail": "headline",
    "detailtitle": "headline",
    "newstitle": "headline",
    "articletitle": "headline",
    "posttitle": "headline",
    "tieude": "headline",
    "headline": "headline",
    "sapo": "standfirst",
    "standfirst": "standfirst",
    "trichdan": "standfirst",
    "tomtat": "standfirst",
    "caption": "caption",
    "chuthich": "caption",
    "ngaydang": "date",
    "ngaycapnhat": "date",
    "publishdate": "date",
    "postdate": "date",
    "newsdate": "date",
    "articledate": "date",
    "tacgia": "byline",
    "author": "byline",
}
# Private-use characters carry the roles through the reading of the markup.
_MARKS = {role: chr(0xE010 + place) for place, role in enumerate(dict.fromkeys(ROLE_NAMES.values()))}
_ROLES = {mark: role for role, mark in _MARKS.items()}
_NO_MARKS = dict.fromkeys(map(ord, _ROLES), None)
_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")


@dataclass(slots=True)
class Markup:
    """The lines of a page, what was left out, and what its head declares."""

    lines: list[Line]
    dropped: list[Dropped]
    title: str = ""
    published: str = ""


def looks_like_html(text: str) -> bool:
    """Whether a text is a page rather than plain text."""
    return bool(_LOOKS_LIKE_HTML.search(text))


def from_html(html: str) -> Markup:
    """The lines of a page, regions by element and by class name left out unless they hold the article."""
    stream = list(tokens(html.translate(_NO_MARKS)))
    declared = _declared(stream)
    stream, dropped = _without_regions(stream)
    blocks = read_tokens(_with_roles(stream))
    return Markup(
        lines=list(_lines(block for opened_block in opened(blocks) for block in tidy([opened_block]))),
        dropped=dropped,
        title=declared.get("og:title", ""),
        published=declared.get("article:published_time", ""),
    )


def _declared(stream: list[Token]) -> dict[str, str]:
    metas = [token.attributes for token in stream if isinstance(token, Start) and token.name == "meta"]
    return {meta.get("property", "").lower(): " ".join(meta.get("content", "").split()) for meta in metas}


# Regions


def _ends(stream: list[Token]) -> dict[int, int]:
    """For the place of each opening tag that of its closing one."""
    ends: dict[int, int] = {}
    waiting: dict[str, list[int]] = {}
    for place, token in enumerate(stream):
        if isinstance(token, Start) and token.name not in _VOID:
            waiting.setdefault(token.name, []).append(place)
        elif isinstance(token, End) and waiting.get(token.name):
            ends[waiting[token.name].pop()] = place
    return ends


def _without_regions(stream: list[Token]) -> tuple[list[Token], list[Dropped]]:
    ends = _ends(stream)
    lengths = [0, *accumulate(len(token.text.strip()) if isinstance(token, Text) else 0 for token in stream)]
    rest: list[Token] = []
    dropped: list[Dropped] = []
    place = 0
    while place < len(stream):
        token = stream[place]
        end = ends.get(place, place)
        reason = _region(token) if end > place else ""
        if reason and lengths[end] - lengths[place] <= _ACCESSORY * lengths[-1]:
            text = _words(stream[place:end])
            dropped += [Dropped(text, reason)] if text else []
            place = end + 1
            continue
        rest.append(token)
        place += 1
    return rest, dropped


def _region(token: Token) -> str:
    if not isinstance(token, Start) or token.name in ("html", "body", "main", "article", "form"):
        return ""
    if token.name in REGION_ELEMENTS:
        return REGION_ELEMENTS[token.name]
    return _named(token, REGION_NAMES)


def _named(token: Start, names: dict[str, str]) -> str:
    called = f"{token.attributes.get('class', '')} {token.attributes.get('id', '')}".lower()
    called = called.replace("-", "").replace("_", "")
    return next((meaning for name, meaning in names.items() if name in called), "")


def _words(stream: Iterable[Token]) -> str:
    return " ".join(" ".join(token.text for token in kept(stream) if isinstance(token, Text)).split())


# Roles


def _with_roles(stream: list[Token]) -> Iterator[Token]:
    for token in stream:
        if isinstance(token, Text):
            yield token
            continue
        if token.name in ("figure", "figcaption", "time"):
            yield Start("div") if isinstance(token, Start) else End("div")
        else:
            yield token
        if isinstance(token, Start) and (role := _role(token)):
            yield Text(_MARKS[role])


def _role(token: Start) -> str:
    return ROLE_ELEMENTS.get(token.name) or _named(token, ROLE_NAMES)


def _lines(blocks: Iterable[Block]) -> Iterator[Line]:
    """A mark may stand in a line of its own, before the element that holds the words."""
    waiting = ""
    for block in blocks:
        text = text_of(block)
        role = next((_ROLES[character] for character in text if character in _ROLES), "") or waiting
        text = " ".join(text.translate(_NO_MARKS).split())
        if not text:
            waiting = role
            continue
        waiting = ""
        _remove_marks(block)
        yield Line(text, block, role, linked_share(block))


def _remove_marks(block: Block) -> None:
    for leaf in leaves([block]):
        if isinstance(leaf, Paragraph):
            leaf.runs = [Run(run.text.translate(_NO_MARKS), run.marks) for run in leaf.runs]
