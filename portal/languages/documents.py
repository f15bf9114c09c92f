"""The number and symbol of an official document: "757/QĐ-LĐTBXH", "72/2015/NĐ-CP", "16-KL/TW".

Types follow Nghị định 30/2020/NĐ-CP, Phụ lục III, and stand in `data/document_types.tsv`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from portal.languages.folding import exact_key, fold, fold_aligned, normalise
from portal.languages.tables import rows

_TYPES = {exact_key(row["symbol"]): row["symbol"] for row in rows("document_types")}
_BY_FOLD = {
    fold(symbol): symbol
    for symbol in _TYPES.values()
    if [fold(each) for each in _TYPES.values()].count(fold(symbol)) == 1
}

_LABEL = re.compile(r"^(?:số|so|no\.?)\s*[:.]?\s*", re.IGNORECASE)
_SEGMENT = r"[^\W_]+(?:&[^\W_]+)?"
_SYMBOL = rf"(?!\d){_SEGMENT}(?:-{_SEGMENT})*"
# "16-KL/TW": Party documents put the type before the slash.
_PARTY = re.compile(rf"(?P<no>\d+[a-zđ]?)-(?P<type>[^\W\d_]+)/(?P<agency>{_SYMBOL})", re.IGNORECASE)
_STATE = re.compile(rf"(?P<no>\d+[a-zđ]?)/(?:(?P<year>\d{{4}})/)?(?P<symbol>{_SYMBOL})", re.IGNORECASE)
# In running text a bare "24/7" or "100/kg" is no document: ask for a year or for a hyphen in the symbol.
_IN_TEXT = re.compile(
    r"(?<![\w/-])\d+[a-z]?"
    r"(?:/\d{4}/[a-z][\w&]*(?:-[a-z][\w&]*)*|/[a-z][\w&]*(?:-[a-z][\w&]*)+|-[a-z]+/[a-z][\w&]*(?:-[\w&]+)*)"
    r"(?![\w/])"
)


@dataclass(frozen=True)
class DocumentNumber:
    """The parts of a number, empty where the number does not say; `number` has no leading zeros."""

    number: str
    year: int | None
    type: str
    agency: str
    unit: str = ""

    @property
    def is_official_letter(self) -> bool:
        """A công văn carries no type but names the unit that drafted it: "121/LĐTBXH-VP"."""
        return not self.type and bool(self.unit)

    @property
    def key(self) -> str:
        """Equal for every spelling of one number: "757/QĐ-LĐ-TBXH" gives "757/QD-LDTBXH"."""
        symbol = "-".join(_key_part(part) for part in (self.type, self.agency, self.unit) if part)
        return "/".join(part for part in (self.number.upper(), str(self.year or ""), symbol) if part)


def docno(text: str) -> DocumentNumber | None:
    """Read one document number, with or without "Số:"; None when the text is not one."""
    text = normalise(text).translate({0xD0: "Đ", 0xF0: "đ"})
    text = re.sub(r"\s*([/–-])\s*", lambda mark: mark[1].replace("–", "-"), _LABEL.sub("", text.strip()))
    if party := _PARTY.fullmatch(text):
        return DocumentNumber(
            _plain_number(party["no"]), None, _type(party["type"]) or party["type"], party["agency"]
        )
    if state := _STATE.fullmatch(text):
        year = int(state["year"]) if state["year"] else None
        return _from_symbol(_plain_number(state["no"]), year, state["symbol"])
    return None


def docno_key(text: str) -> str:
    """The key a number is stored and looked for under; text that is no number gives its folded capitals."""
    number = docno(text)
    return number.key if number else _key_part(text)


def find_numbers(text: str) -> Iterator[tuple[int, int, DocumentNumber]]:
    """The document numbers of a running normalised text: start, end, number."""
    folded, places = fold_aligned(text)
    for found in _IN_TEXT.finditer(folded):
        start, end = places[found.start()], places[found.end() - 1] + 1
        if number := docno(text[start:end]):
            yield start, end, number


def _from_symbol(number: str, year: int | None, symbol: str) -> DocumentNumber:
    first, _, rest = symbol.partition("-")
    if rest and (kind := _type(first)):
        return DocumentNumber(number, year, kind, rest)
    agency, _, unit = symbol.rpartition("-")
    if agency and year is None:
        return DocumentNumber(number, year, "", agency, unit)
    return DocumentNumber(number, year, "", symbol)


def _type(symbol: str) -> str | None:
    return _TYPES.get(exact_key(symbol)) or _BY_FOLD.get(fold(symbol)) or _ambiguous_type(symbol)


def _ambiguous_type(symbol: str) -> str | None:
    """ "HD" typed without its accents may be hướng dẫn or hợp đồng: still a type, kept as typed."""
    known = {fold(each) for each in _TYPES.values()}
    return symbol.upper() if fold(symbol) in known else None


def _plain_number(digits: str) -> str:
    return digits.lstrip("0") or "0"


def _key_part(part: str) -> str:
    return re.sub(r"[\s&.–-]", "", fold(part)).upper()
