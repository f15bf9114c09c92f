"""Figures about people with the words they were given with, and what their sums may say (DOMAIN row 18).

“Gần 150” and “70” make “khoảng 220, trong đó gần 150”: a sum with an approximation in it is one itself and says what of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import override, pgettext, pgettext_lazy

from portal.languages.numbers import number

#: Qualifier of `Event.Qualifier` → its words; an exact figure stands bare.
_SAID = {
    "about": pgettext_lazy("head count", "about %(number)s"),
    "nearly": pgettext_lazy("head count", "nearly %(number)s"),
    "over": pgettext_lazy("head count", "more than %(number)s"),
}
NAMED = 6  # so many approximations are named in a sum; of more, only how much they make


@dataclass(frozen=True)
class Figure:
    """So many; `qualifier` says how the number is meant, "" is exactly. `source` is empty where rows were counted."""

    number: int | Decimal
    qualifier: str = ""
    source: str = ""

    @property
    def is_exact(self) -> bool:
        return not self.qualifier

    def words(self, language: str) -> str:
        """ "khoảng 350", "about 350"; "70"."""
        grouped = number(self.number, language)
        with override(language):
            return str(_SAID[self.qualifier]) % {"number": grouped} if self.qualifier else grouped


@dataclass(frozen=True)
class Total:
    """A sum of figures. `known` of `asked` had one; the approximate ones are kept, to be told."""

    number: int | Decimal = 0
    approximate: tuple[Figure, ...] = ()
    known: int = 0
    asked: int = 0

    @property
    def is_exact(self) -> bool:
        return not self.approximate

    def words(self, language: str) -> str:
        """ "770", or "khoảng 770, trong đó khoảng 350, gần 150"; "–" where nothing is known."""
        if not self.known:
            return "–"
        if self.is_exact or self.known == 1:
            return (self.approximate or (Figure(self.number),))[0].words(language)
        with override(language):
            return self._of_which(language)

    def short(self, language: str) -> str:
        """Without what it is made of: "khoảng 770"."""
        if not self.known or self.is_exact or self.known == 1:
            return self.words(language)
        return Figure(self.number, "about").words(language)

    def _of_which(self, language: str) -> str:
        if len(self.approximate) > NAMED:
            loose = sum(figure.number for figure in self.approximate)
            words = pgettext("head count", "about %(sum)s, of which %(part)s are not counted one by one")
            return words % {"sum": number(self.number, language), "part": number(loose, language)}
        parts = ", ".join(figure.words(language) for figure in self.approximate)
        words = pgettext("head count", "about %(sum)s, of which %(parts)s")
        return words % {"sum": number(self.number, language), "parts": parts}


def total(figures: Iterable[Figure | None]) -> Total:
    """The sum of the figures that are known."""
    asked = list(figures)
    known = [figure for figure in asked if figure is not None]
    return Total(
        sum(figure.number for figure in known),
        tuple(figure for figure in known if not figure.is_exact),
        len(known),
        len(asked),
    )
