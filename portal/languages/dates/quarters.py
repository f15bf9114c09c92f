"""Quarters of the Vietnamese year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.languages.dates.words import QUARTERS
from portal.languages.dates.zone import day_bounds, vietnamese_day
from portal.languages.folding import fold

_NUMBERS = {word.lower(): place for words in QUARTERS.values() for place, word in enumerate(words, start=1)}
_NUMBERS |= {str(number): number for number in range(1, 5)}
_NUMBERS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_YEAR = r"(?:\s*[/,-]?\s*(?:(?:nam|of)\s+)?(?P<year>\d{4})\b)?"
_FORMS = [
    re.compile(rf"(?<![\w-])(?:quy|qui)\s*(?P<number>iv|i{{1,3}}|[1-4])\b{_YEAR}"),
    re.compile(rf"(?<![\w-])q(?P<number>[1-4])\b{_YEAR}"),
    re.compile(rf"\b(?P<number>first|second|third|fourth|1st|2nd|3rd|4th)\s+quarter\b{_YEAR}"),
    re.compile(r"(?<![\w-])(?P<year>\d{4})-q(?P<number>[1-4])\b"),
]


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of one year, ordered by time; `number` is 1 to 4, `ValueError` otherwise."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in range(1, 5):
            raise ValueError(f"a year has four quarters, not {self.number}")

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    def bounds(self) -> tuple[datetime, datetime]:
        """The quarter's first instant and the first instant after it, in UTC."""
        return day_bounds(self.first_day)[0], day_bounds(self.next.first_day)[0]

    def title(self, language: str) -> str:
        """ "Quý III/2018" or "Third quarter of 2018"."""
        word = QUARTERS[language][self.number - 1]
        return f"Quý {word}/{self.year}" if language == "vi" else f"{word} quarter of {self.year}"

    def short(self, language: str) -> str:
        """ "Quý III/2018" or "Q3 2018"."""
        return self.title("vi") if language == "vi" else f"Q{self.number} {self.year}"


def quarter_of(moment: date | datetime) -> Quarter:
    """The Vietnamese quarter a day or a moment falls in."""
    day = vietnamese_day(moment)
    return Quarter(day.year, (day.month + 2) // 3)


def parse_quarter(text: str) -> Quarter | None:
    """Read "Quý III/2018", "quý 3 năm 2018", "Q3 2018", "third quarter of 2018"; None without a year."""
    for _, _, number, year in find_quarters(fold(text)):
        if year is not None:
            return Quarter(year, number)
    return None


def find_quarters(folded: str) -> Iterator[tuple[int, int, int, int | None]]:
    """The quarters named in a folded text: start, end, number, and the year if it is said."""
    for form in _FORMS:
        for found in form.finditer(folded):
            year = found["year"]
            yield found.start(), found.end(), _NUMBERS[found["number"]], int(year) if year else None
