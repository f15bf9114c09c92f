"""A file of journalists, line by line: what each would do, told before anything is done.

Nothing is taken away by a file: what it does not name stays, and empty cells change nothing.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.directory.columns import is_formula, without_guard
from portal.directory.emails import sendable
from portal.directory.models import Organisation
from portal.directory.reading import Cells, breaks_its_line
from portal.languages.dates import InvalidDate, parse_date
from portal.languages.folding import fold, normalise
from pressroom.models import Journalist

REQUIRED = ("full_name", "email", "outlet_en")
COLUMNS = (
    "full_name", "email", "outlet_en", "outlet_vi", "phone", "role", "language", "card_kind", "card_number",
    "card_issuer", "card_valid_until",
)  # fmt: skip
#: Columns that are fields as they stand.
PLAIN = ("full_name", "phone", "role", "card_number", "card_issuer")


@dataclass(frozen=True)
class Line:
    """What a line would do: `said` for a new journalist or one known by the address; or why nothing can be done."""

    number: int
    name: str
    said: dict[str, Any] = field(default_factory=dict)
    known: int | None = None
    changes: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def does_something(self) -> bool:
        return not self.refusal and (self.known is None or bool(self.changes))

    @property
    def sentence(self) -> str:
        if self.refusal:
            return _("Refused: %(reason)s") % {"reason": self.refusal}
        if self.known is None:
            return _("New journalist.")
        return "; ".join(self.changes) or _("Nothing changes.")


def plan(lines: list[tuple[int, Cells]]) -> list[Line]:
    """What the file would do to the register as it is now. Two queries, however long it is."""
    press = Organisation.objects.active().filter(kind=Organisation.Kind.PRESS)
    outlets = {fold(name): each for each in press for name in (each.name_vi, each.name_en) if name}
    known = {each.email.lower(): each for each in Journalist.objects.active()}
    seen: dict[str, int] = {}
    planned = []
    for number, cells in lines:
        line = _line(number, cells, outlets, known)
        email = str(line.said.get("email", "")).lower()
        if email and email in seen:
            said = _("Line %(line)d names this address already.") % {"line": seen[email]}
            line = Line(number, line.name, refusal=said)
        elif email:
            seen[email] = number
        planned.append(line)
    return planned


def _line(number: int, cells: Cells, outlets: dict[str, Organisation], known: dict[str, Journalist]) -> Line:
    name = " ".join(cells.get("full_name", "").split())[:120]
    try:
        said = _said(cells, outlets)
    except Refused as refusal:
        return Line(number, name, refusal=str(refusal))
    journalist = known.get(said["email"].lower())
    changes = _changes(journalist, said) if journalist else ()
    return Line(number, name, said, journalist.pk if journalist else None, changes)


def _said(cells: Cells, outlets: dict[str, Organisation]) -> dict[str, Any]:
    """The cells believed. Raises Refused with the first thing that is wrong."""
    texts = {column: _text(column, cells.get(column, "")) for column in COLUMNS}
    if missing := [column for column in REQUIRED if not texts[column]]:
        raise Refused(_("These cells are empty: %(columns)s.") % {"columns": ", ".join(missing)})
    outlet = outlets.get(fold(texts["outlet_en"]))
    if outlet is None:
        raise Refused(
            _("There is no press outlet “%(name)s” in the directory.") % {"name": texts["outlet_en"][:100]}
        )
    said: dict[str, Any] = {column: texts[column] for column in PLAIN}
    said |= {
        "email": sendable(texts["email"]), "outlet": outlet.pk,
        "language": _one_of(texts["language"], Journalist.Language.values),
        "card_kind": _one_of(texts["card_kind"], Journalist.Card.values),
        "card_valid_until": _day(texts["card_valid_until"]),
    }  # fmt: skip
    return said


def _text(column: str, cell: str) -> str:
    if is_formula(cell):
        raise Refused(_("The cell under “%(column)s” is a formula.") % {"column": column})
    if breaks_its_line(cell):
        raise Refused(
            _("The cell under “%(column)s” has a line break or another hidden character.")
            % {"column": column}
        )
    text = " ".join(normalise(without_guard(cell)).split())
    most = Journalist._meta.get_field(column).max_length if column in PLAIN else 254
    if most and len(text) > most:
        raise Refused(
            _("The cell under “%(column)s” is longer than %(most)d characters.")
            % {"column": column, "most": most}
        )
    return text


def _one_of(word: str, allowed: list[str]) -> str:
    if word and word.lower() not in allowed:
        raise Refused(
            _("“%(word)s” is none of these: %(allowed)s.")
            % {"word": word[:60], "allowed": ", ".join(allowed)}
        )
    return word.lower()


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text).day
    except InvalidDate as problem:
        raise Refused(
            _("“%(text)s” is not a day: write it like 1950-01-18 or 18/01/1950.") % {"text": text[:100]}
        ) from problem


def _changes(journalist: Journalist, said: dict[str, Any]) -> tuple[str, ...]:
    """What differs, in words; an empty cell says nothing."""
    found = []
    for name, value in said.items():
        before = journalist.outlet_id if name == "outlet" else getattr(journalist, name)
        if value and name != "email" and before != value:
            label = str(Journalist._meta.get_field(name).verbose_name)
            found.append(_("%(field)s changes") % {"field": label})
    return tuple(found)
