"""What sections count for plans and yearly reports of the whole house: read here, without knowing the section.

The plan register and the report on foreign information (Circular 02/2019/TT-BTTTT, Articles 3 and 10) ask for a span of
days; each section answers with its figures, in words that keep “gần” and “khoảng”, and the address of their rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class YearlyFigure:
    """One number of a section: `key` names it for ever, `words` are how it is printed, `url` leads to what it counts."""

    key: str
    label: Any
    number: Any
    words: str
    is_exact: bool
    url: str = ""


#: (first day, last day, language) → the figures of one section; a fixed number of queries.
Source = Callable[[date, date, str], Iterable[YearlyFigure]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """For an `AppConfig.ready`."""
    if source not in _sources:
        _sources.append(source)


def figures(first: date, last: date, language: str) -> list[YearlyFigure]:
    """Every section's, in the order in which they registered."""
    return [figure for source in _sources for figure in source(first, last, language)]
