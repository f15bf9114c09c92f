"""Numbers as the two languages write them: 1.490.000 and 2,16 in Vietnamese, 1,490,000 and 2.16 in English.

Reading always takes the language: "1.300" is thirteen hundred in one and one and three tenths in the other.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.languages.folding import normalise

Number = int | float | Decimal

_MARKS = {"vi": (".", ","), "en": (",", ".")}
_SCALES = {
    "vi": {
        **{
            "trăm": 10**2,
            "nghìn": 10**3,
            "ngàn": 10**3,
            "vạn": 10**4,
            "triệu": 10**6,
            "tỷ": 10**9,
            "tỉ": 10**9,
        },
        **{"nghìn tỷ": 10**12, "nghìn tỉ": 10**12, "ngàn tỷ": 10**12, "ngàn tỉ": 10**12},
    },
    "en": {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}
_QUALIFIERS = {
    "vi": ("xấp xỉ", "khoảng", "gần", "hơn", "trên", "dưới", "chừng"),
    "en": ("approximately", "about", "nearly", "almost", "more than", "over", "under", "around"),
}
_SIZES = ("B", "KB", "MB", "GB", "TB")


class InvalidNumber(ValueError):
    """The text is not a number of that language."""


@dataclass(frozen=True)
class ParsedNumber:
    """A value and the word that softened it ("khoảng", "nearly"), empty when it is exact."""

    value: Decimal
    qualifier: str = ""

    @property
    def approximate(self) -> bool:
        return bool(self.qualifier)


def number(value: Number, language: str) -> str:
    """Grouped by thousands, decimals as given: "1.490.000", "2,16"; `ValueError` for infinity and NaN."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"not a finite number: {value}")
    group, point = _MARKS[language]
    return f"{exact:,f}".translate({ord(","): group, ord("."): point})


def percent(ratio: Number, language: str) -> str:
    """A share of one with at most one decimal and no space: 0.655 gives "65,5%"."""
    return number(_rounded(Decimal(str(ratio)) * 100), language) + "%"


def money(dong: int, language: str) -> str:
    """An amount of đồng in prose: "1.490.000 đồng" or "VND 1,490,000"."""
    return f"{number(dong, 'vi')} đồng" if language == "vi" else f"VND {number(dong, 'en')}"


def document_number(value: int) -> str:
    """The number of a document, never grouped, padded below ten (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{value:02}"


def file_size(size: int, language: str) -> str:
    """A size in bytes for a reader, 1 KB being 1024 bytes: "1,2 MB" or "1.2 MB"."""
    amount = Decimal(size)
    for unit in _SIZES:
        shown = _rounded(amount) if unit not in {"B", "KB"} else amount.quantize(Decimal(1), ROUND_HALF_UP)
        if shown < 1024 or unit == _SIZES[-1]:
            break
        amount /= 1024
    return f"{number(shown, language)} {unit}"


def parse_number(text: str, language: str) -> ParsedNumber:
    """Read "1.234.567,89", "2,26 triệu", "khoảng 350", "65,5%" (a share of one), or raise `InvalidNumber`."""
    words = " ".join(normalise(text).lower().split())
    qualifier = next((each for each in _QUALIFIERS[language] if words.startswith(each + " ")), "")
    found = re.fullmatch(r"(-?[\d.,]+)(%| ?[^\W\d]+(?: [^\W\d]+)*)?", words.removeprefix(qualifier).strip())
    if found is None:
        raise InvalidNumber(f"not a number: {text!r}")
    value = _figures(found[1], language) * _scale((found[2] or "").strip(), language)
    whole = value.to_integral_value()
    return ParsedNumber(whole if value == whole else value.normalize(), qualifier)


def _figures(figures: str, language: str) -> Decimal:
    group, point = (re.escape(mark) for mark in _MARKS[language])
    if not re.fullmatch(rf"-?(?:\d+|\d{{1,3}}(?:{group}\d{{3}})+)(?:{point}\d+)?", figures, re.ASCII):
        raise InvalidNumber(f"not grouped as a number is: {figures!r}")
    plain = figures.replace(_MARKS[language][0], "").replace(_MARKS[language][1], ".")
    return Decimal(plain)


def _scale(word: str, language: str) -> Decimal:
    if word in {"", "đồng", "vnd"}:
        return Decimal(1)
    if word == "%":
        return Decimal("0.01")
    scale = _SCALES[language].get(word.removesuffix(" đồng"))
    if scale is None:
        raise InvalidNumber(f"not a number word: {word!r}")
    return Decimal(scale)


def _rounded(value: Decimal) -> Decimal:
    """One decimal, and none where it would be zero."""
    tenth = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return tenth.quantize(Decimal(1)) if tenth == tenth.to_integral_value() else tenth
