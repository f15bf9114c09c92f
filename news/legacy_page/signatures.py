"""Who wrote an article, for whom, and where: the line that closes it and the words that open it."""

import re
from dataclasses import dataclass

from news.legacy_page.places import PLACES
from portal.languages.folding import fold

_LONGEST = 90
_SEPARATOR = re.compile(r"\s+[-–—/|]\s+|\s*\((?=[^()]+\)$)")
_LABEL = re.compile(
    r"(?:tác giả|người viết|thực hiện|bài và ảnh|bài, ảnh|tin và ảnh|tin, ảnh|tin bài|bài viết|bài|tin|by)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
_SOURCE_LABEL = re.compile(r"(?:nguồn(?: tin)?|theo|source)\s*:?\s+", re.IGNORECASE)
_ROLE_WORDS = {"tong hop", "th", "t/h", "dich", "bien dich", "ghi", "thuc hien", "anh"}
_PLACE = r"[A-ZĐÐ][\w.]*(?:[ -][A-ZĐÐ][\w.]*){0,3}"
_DATELINE = re.compile(
    rf"(?P<place>{_PLACE})(?:,\s*(?:ngày\s*)?\d{{1,2}}[/.-]\d{{1,2}}(?:[/.-]\d{{4}})?)?"
    r"\s*(?:\((?P<source>[^()]{2,40})\))?\s*(?P<dash>[-–—])\s+(?=[A-ZĐÐ“\"])"
)
_SOURCE_MARK = re.compile(r"\((?P<source>[^()]{2,40})\)\s*[-–—:.]?\s+(?=[A-ZĐÐ“\"])")
_HELD_AT = re.compile(
    rf"(?:Sáng|Chiều|Tối|Ngày|Hôm)\b[^.]{{0,60}}?\btại\s(?:[^.,()]{{0,80}}\()?(?P<place>{_PLACE})\)?\s?,"
)
_MARK_SHAPE = re.compile(r"(?:[A-ZĐ][A-ZĐ&-]+|[\w-]+(?:\.[\w-]+)+|[A-ZĐ][\w-]*(?: [\w-]+){0,4})")


@dataclass(frozen=True, slots=True)
class Signature:
    """The name under an article and the house it stands for, either possibly empty."""

    byline: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """The source mark and dateline that open an article, and how many characters they take from its text."""

    source: str = ""
    place: str = ""
    length: int = 0


def signature_of(text: str) -> Signature | None:
    """The signature a line is ("Minh Ngọc", "Thu Hà – Báo Lao động", "Nguồn: TTXVN"), or None."""
    if len(text) > _LONGEST or text.endswith((":", "!", "?", "…")):
        return None
    text = text.rstrip(". ")
    if found := _SOURCE_LABEL.match(text):
        return Signature(source=text[found.end() :]) if _starts_high(text[found.end() :]) else None
    labelled = _LABEL.match(text)
    name, house = _split(text[labelled.end() :] if labelled else text)
    if not (_is_name(name) or (labelled and _starts_high(name))):
        return None
    if not house or fold(house) in _ROLE_WORDS:
        return Signature(byline=name)
    if _is_name(house) and not house.isupper() and fold(house) not in PLACES:
        return Signature(byline=f"{name}, {house}")
    return Signature(byline=name, source=house)


def opening_of(text: str) -> Opening:
    """What stands before the first sentence: "(LĐXH) - ", "Hà Nội (TTXVN) – ", "Hà Nội, ngày 5/10 – "."""
    if found := _DATELINE.match(text):
        if fold(found["place"]) in PLACES or found["source"]:
            return Opening(found["source"] or "", found["place"], found.end())
        return Opening()
    found = _SOURCE_MARK.match(text)
    if found and _MARK_SHAPE.fullmatch(found["source"]):
        if fold(found["source"]) in PLACES:
            return Opening(place=found["source"], length=found.end())
        return Opening(found["source"], held_at(text[found.end() :]), found.end())
    return Opening(place=held_at(text))


def held_at(text: str) -> str:
    """The town a report opens with ("Ngày 21/12, tại Đà Nẵng, …"), "" when it names none."""
    found = _HELD_AT.match(text)
    return found["place"] if found and fold(found["place"]) in PLACES else ""


def _split(text: str) -> tuple[str, str]:
    parts = _SEPARATOR.split(text, maxsplit=1)
    return (parts[0].strip(), parts[1].strip(" ()")) if len(parts) > 1 else (text.strip(), "")


def _is_name(text: str) -> bool:
    """Two to five capitalised words, or the capitals of an abbreviated name ("PV", "T.H")."""
    words = text.replace(",", " ").replace(" và ", " ").split()
    if len(words) == 1:
        return bool(re.fullmatch(r"[A-ZĐ](?:\.?[A-ZĐ]){1,3}\.?", text))
    return 2 <= len(words) <= 6 and all(word[0].isupper() and word.strip(".").isalpha() for word in words)


def _starts_high(text: str) -> bool:
    return bool(text) and text[0].isupper()
