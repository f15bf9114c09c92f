"""The article among the lines of a page: headline, date, standfirst, body, captions, signature."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from news.legacy_page.dating import Stamp, stamp, stamp_of
from news.legacy_page.lines import Line
from news.legacy_page.page import Caption, Dropped
from news.legacy_page.signatures import Opening, Signature, opening_of, signature_of
from portal.languages.folding import fold
from portal.richtext.tree import Block, Item, Listing, Paragraph, Run

SHORTEST_HEADLINE = 15
LONGEST_HEADLINE = 200
SHORTEST_STANDFIRST = 80
LONGEST_STANDFIRST = 600
LONGEST_CAPTION = 320
LONGEST_HEADING = 120
_SECTION = 30
# The headline is the first line that shares comparably many couples of words with the text below.
_COMPARABLE = 0.5

_CAPTION = re.compile(
    r"(?:toan canh|quang canh|khung canh|anh|hinh|ngay \d|hop bao|dong chi|ong|ba|bo truong"
    r"|thu truong|pho|chu tich|lanh dao|doan|(?:cac )?dai bieu)\b.*"
    r"|.*\b(?:phat bieu|chup anh|trao|ky ket|chu tri|tham du|gioi thieu|tai (?:hoi|le|buoi)|anh:)(?!\w).*"
)
_NUMBERED = re.compile(
    r"(?:[IVX]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-ZĐ])[.)]\s*\S|(?:Phần|Mục)\s+(?:[IVX]+|\d+)\b"
)
_BULLET = re.compile(r"[-–•+*]\s+")


@dataclass(slots=True)
class Article:
    """What was found, and the lines that turned out not to belong to it."""

    headline: str = ""
    rivals: list[str] = field(default_factory=list)
    standfirst: str = ""
    stamp: Stamp | None = None
    stamp_above_headline: bool = False
    other_stamps: list[Stamp] = field(default_factory=list)
    signature: Signature = field(default_factory=Signature)
    opening: Opening = field(default_factory=Opening)
    body: list[Block] = field(default_factory=list)
    captions: list[Caption] = field(default_factory=list)
    uncertain_captions: list[str] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


def find_article(lines: list[Line], title: str = "") -> Article:
    """The article in the lines of a page without furniture; `title` is what the page's head declares."""
    search = _Search(lines, title)
    search.headline()
    search.stamp()
    search.signature()
    search.standfirst()
    search.body()
    return search.found


class _Search:
    """Each step takes its lines away, so that the next ones see only what is not yet explained."""

    def __init__(self, lines: list[Line], title: str) -> None:
        self.found = Article()
        self.title = title
        self.stamps = {place: found for place, line in enumerate(lines) if (found := _stamp(line))}
        self.first = next((place for place, line in enumerate(lines) if line.is_paragraph), len(lines))
        self.last = max((place for place, line in enumerate(lines) if line.is_paragraph), default=-1)
        self.lines: list[Line | None] = [
            None if place in self.stamps else line for place, line in enumerate(lines)
        ]
        self.top = 0

    def headline(self) -> None:
        place = self._headline_place()
        if place is None:
            return
        for before in range(place):
            self._drop(before, "section" if _is_section(self.lines[before]) else "before")
        self.found.headline = self._take(place).text
        self.top = place

    def _headline_place(self) -> int | None:
        candidates = {place: line for place, line in self._left() if _may_be_headline(line)}
        for place, line in candidates.items():
            if line.role == "headline" or fold(line.text) == fold(self.title) != "":
                return place
        head = self._above_the_text(candidates)
        if not head:
            return None
        body = _couples(" ".join(line.text for place, line in self._left() if place >= self.first))
        shares = {place: _share(line.text, body) for place, line in head.items()}
        enough = _COMPARABLE * max(shares.values())
        good = [place for place, share in shares.items() if share >= enough]
        self.found.rivals = [head[place].text for place in head if place < good[0]]
        return good[0]

    def _above_the_text(self, candidates: dict[int, Line]) -> dict[int, Line]:
        """The candidates above the first paragraph, only those above the date when there are any."""
        head = {place: line for place, line in candidates.items() if place < self.first}
        last_stamp = max((place for place in self.stamps if place < self.first), default=-1)
        return {place: line for place, line in head.items() if place < last_stamp} or head

    def stamp(self) -> None:
        """The date the page marks as such, else the last one above the text, else the first one below it."""
        if not self.stamps:
            return
        above = [place for place in self.stamps if place < self.first]
        below_headline = [place for place in above if place > self.top]
        place = (below_headline or above[::-1] or list(self.stamps))[0]
        self.found.stamp = self.stamps.pop(place)
        self.found.stamp_above_headline = bool(self.found.headline) and place < self.top
        self.found.other_stamps = list(self.stamps.values())

    def signature(self) -> None:
        """Who signed: in the page's markup, else in the last lines, else between headline and text."""
        signed = [place for place, line in self._left() if line.role == "byline"]
        signed = signed or self._closing_signatures() or self._opening_signatures()
        for place in signed:
            line = self._take(place)
            self._sign(signature_of(line.text) or Signature(byline=line.text))
        if signed and signed[0] > self.last:
            for place, _line in self._left():
                if place > signed[-1]:
                    self._drop(place, "after")

    def _closing_signatures(self) -> list[int]:
        after = [place for place, line in self._left() if place > max(self.last, self.top) and not line.role]
        return [place for place in after if (line := self.lines[place]) and signature_of(line.text)][-2:]

    def _opening_signatures(self) -> list[int]:
        between = [(place, line) for place, line in self._left() if self.top < place < self.first]
        return [place for place, line in between if signature_of(line.text)][:1]

    def _sign(self, signature: Signature) -> None:
        before = self.found.signature
        self.found.signature = Signature(before.byline or signature.byline, before.source or signature.source)

    def standfirst(self) -> None:
        for place, line in self._left():
            if line.role == "standfirst" or (place < self.first and _may_be_standfirst(line)):
                self.found.standfirst = self._take(place).text
                self._open(self.found.standfirst)
                self.found.standfirst = self.found.standfirst[self.found.opening.length :]
                return
            if line.is_paragraph:
                return

    def body(self) -> None:
        """A line said twice in a row is a picture's title above its caption."""
        said_twice = False
        left = [line for _place, line in self._left()]
        for line, following in pairwise([*left, None]):
            if line and following and fold(line.text) == fold(following.text):
                self.found.dropped.append(Dropped(line.text, "repeated"))
                said_twice = True
            elif line:
                self._place(line, said_twice=said_twice)
                said_twice = False
        if not self.found.body:
            self._captions_are_the_body()

    def _captions_are_the_body(self) -> None:
        """Captions without an article are a text whose writer left out the full stops."""
        self.found.body = [Paragraph(runs=[Run(caption.text)]) for caption in self.found.captions]
        self.found.captions, self.found.uncertain_captions = [], []

    def _place(self, line: Line, *, said_twice: bool) -> None:
        kind = _kind(line)
        if kind == "caption" or said_twice:
            self.found.captions.append(Caption(line.text, len(self.found.body)))
            if not (said_twice or line.role == "caption" or _CAPTION.fullmatch(fold(line.text))):
                self.found.uncertain_captions.append(line.text)
        elif kind == "bullet":
            self._add_bullet(line)
        elif kind == "heading":
            self.found.body.append(Paragraph("h2", runs=[Run(line.text)]))
        else:
            self.found.body.append(self._opened(line))

    def _add_bullet(self, line: Line) -> None:
        entry = Item([Paragraph(runs=[Run(_BULLET.sub("", line.text, count=1))])])
        if self.found.body and isinstance(listing := self.found.body[-1], Listing) and not listing.ordered:
            listing.items.append(entry)
        else:
            self.found.body.append(Listing(items=[entry]))

    def _opened(self, line: Line) -> Block:
        """The paragraph; the first of the body without its source mark and dateline."""
        if self.found.body or not isinstance(line.block, Paragraph) or self.found.opening.length:
            return line.block
        self._open(line.text)
        return _without_start(line.block, self.found.opening.length)

    def _open(self, text: str) -> None:
        opening = opening_of(text)
        before = self.found.opening
        self.found.opening = Opening(
            before.source or opening.source, before.place or opening.place, opening.length
        )

    def _left(self) -> Iterator[tuple[int, Line]]:
        return ((place, line) for place, line in enumerate(self.lines) if line is not None)

    def _take(self, place: int) -> Line:
        line, self.lines[place] = self.lines[place], None
        if line is None:
            raise LookupError(f"line {place} is taken already")
        return line

    def _drop(self, place: int, reason: str) -> None:
        if self.lines[place] is not None:
            self.found.dropped.append(Dropped(self._take(place).text, reason))


def _stamp(line: Line) -> Stamp | None:
    if line.role == "date" and any(character.isdigit() for character in line.text):
        return stamp(line.text)
    return stamp_of(line)


def _is_section(line: Line | None) -> bool:
    return line is not None and len(line.text) <= _SECTION


def _may_be_headline(line: Line) -> bool:
    if line.role:
        return line.role == "headline"
    if isinstance(line.block, Paragraph) and line.block.tag != "p":
        return len(line.text) <= LONGEST_HEADLINE
    fits = SHORTEST_HEADLINE <= len(line.text) <= LONGEST_HEADLINE
    return fits and line.is_plain and not line.text.endswith((".", ":", ";", ","))


def _couples(text: str) -> set[tuple[str, str]]:
    words = re.findall(r"\w+", fold(text))
    return set(pairwise(words))


def _share(text: str, body: set[tuple[str, str]]) -> float:
    couples = _couples(text)
    return len(couples & body) / len(couples) if couples else 0.0


def _may_be_standfirst(line: Line) -> bool:
    fits = SHORTEST_STANDFIRST <= len(line.text) <= LONGEST_STANDFIRST and line.is_plain and not line.role
    return fits and not line.ends_a_sentence and not _CAPTION.fullmatch(fold(line.text))


def _kind(line: Line) -> str:
    """What a line of the body is: caption, heading, bullet or text."""
    if line.role == "caption":
        return "caption"
    if not line.is_plain or line.is_paragraph:
        return "text"
    if _BULLET.match(line.text):
        return "bullet"
    if line.ends_a_sentence or len(line.text) > LONGEST_CAPTION:
        return "text"
    return "heading" if _is_heading(line) else "caption"


def _is_heading(line: Line) -> bool:
    if len(line.text) > LONGEST_HEADING:
        return False
    strong = isinstance(line.block, Paragraph) and all(run.marks.strong for run in line.block.runs)
    return strong or line.text.isupper() or bool(_NUMBERED.match(line.text))


def _without_start(paragraph: Paragraph, length: int) -> Paragraph:
    runs = []
    for run in paragraph.runs:
        runs.append(Run(run.text[length:], run.marks))
        length = max(0, length - len(run.text))
    return Paragraph(paragraph.tag, paragraph.lang, runs)
