"""What a file would do to the directory, told line by line before anything is done.

Nothing is ever taken away by a file: what it does not name stays, empty cells change nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.refusal import Refused
from portal.directory import countries, further_columns
from portal.directory.models import Country, Organisation, Post
from portal.directory.reading import Cells, Table
from portal.directory.rows import OrganisationKey, PostKey, Row, checked, organisation_key
from portal.languages.folding import fold

#: What a line can do, each with its sentence. A change of a field is named like the field.
SENTENCES = {
    "country": gettext_noop("New country: %(after)s."),
    "organisation": gettext_noop("New organisation: %(after)s."),
    "post": gettext_noop("New post: %(after)s."),
    "first_address": gettext_noop("The address is %(after)s."),
    "address": gettext_noop("The address changes from %(before)s to %(after)s."),
    "name_vi": gettext_noop("The Vietnamese name changes from “%(before)s” to “%(after)s”."),
    "title_vi": gettext_noop("The Vietnamese title of the post changes from “%(before)s” to “%(after)s”."),
    "language": gettext_noop("The language of letters changes from %(before)s to %(after)s."),
    "salutation_en": gettext_noop("Letters in English begin “%(after)s” (before: %(before)s)."),
    "salutation_vi": gettext_noop("Letters in Vietnamese begin “%(after)s” (before: %(before)s)."),
    "national_day": gettext_noop("The national day becomes %(after)s (before: %(before)s)."),
    "relations_since": gettext_noop("Diplomatic relations are since %(after)s (before: %(before)s)."),
}


class Outcome(Enum):
    """What becomes of a line."""

    NEW = "new"
    CHANGED = "changed"
    NOTHING = "nothing"
    REFUSED = "refused"


@dataclass(frozen=True)
class Change:
    """One thing a line does: a key of SENTENCES or a further column, what stood there, what will."""

    what: str
    after: str
    before: str = ""

    def __str__(self) -> str:
        return _(SENTENCES.get(self.what) or further_columns.sentence(self.what)) % {
            "before": self._told(self.before),
            "after": self._told(self.after),
        }

    def _told(self, value: str) -> str:
        if self.what == "language" and value:
            return str(Post.Language(value).label)
        return value or "–"


@dataclass(frozen=True)
class Line:
    """What would happen to one line of the file; `refusal` says why nothing can."""

    number: int
    name: str
    row: Row | None = None
    changes: tuple[Change, ...] = ()
    refusal: str = ""

    @property
    def outcome(self) -> Outcome:
        if self.refusal:
            return Outcome.REFUSED
        if not self.changes:
            return Outcome.NOTHING
        is_new = {change.what for change in self.changes} & {"organisation", "post"}
        return Outcome.NEW if is_new else Outcome.CHANGED

    @property
    def sentences(self) -> list[str]:
        if self.refusal:
            return [_("Refused: %(reason)s") % {"reason": self.refusal}]
        return [str(change) for change in self.changes] or [_("Nothing changes.")]


@dataclass(frozen=True)
class Plan:
    """What a file would do, line by line."""

    lines: list[Line]
    left_out: list[str]  # columns nobody knows

    def counted(self, outcome: Outcome) -> int:
        return sum(line.outcome is outcome for line in self.lines)

    @property
    def to_do(self) -> list[Line]:
        return [line for line in self.lines if line.outcome in {Outcome.NEW, Outcome.CHANGED}]

    @property
    def summary(self) -> str:
        return _("%(new)d new, %(changed)d changed, %(nothing)d as they are, %(refused)d refused.") % {
            outcome.value: self.counted(outcome) for outcome in Outcome
        }

    @property
    def digest(self) -> str:
        """The same for two plans that do the same, in whatever language they are told."""
        deeds = [(line.number, line.row, line.changes) for line in self.to_do]
        return hashlib.sha256(repr(deeds).encode()).hexdigest()


def plan(table: Table) -> Plan:
    """What the file would do to the directory as it is now; changes nothing."""
    planner = _Planner(Known())
    return Plan([planner.line(number, cells) for number, cells in table.lines], table.left_out)


class Known:
    """The directory as it is, found by what a line calls things."""

    def __init__(self) -> None:
        self.countries: dict[str, Country] = {country.code: country for country in Country.objects.all()}
        self.organisations: dict[OrganisationKey, Organisation] = {
            _key(organisation): organisation
            for organisation in Organisation.objects.select_related("country").order_by("-pk")
        }
        self.posts: dict[PostKey, Post] = {
            (*_key(post.organisation), fold(post.title_en)): post
            for post in Post.objects.with_current_address().order_by("-pk")
        }
        self.further = further_columns.as_they_are()


class _Planner:
    """Reads the lines in their order and remembers what earlier ones said."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.line_of_post: dict[PostKey, int] = {}
        self.said: dict[tuple[Any, str], tuple[Any, int]] = {}  # (whose, field): value, line
        self.new: set[Any] = set()  # countries and organisations earlier lines bring

    def line(self, number: int, cells: Cells) -> Line:
        name = " ".join(f"{cells.get('post_vi', '')}, {cells.get('name_vi', '')}".split())[:200]
        try:
            row = checked(cells)
            self._refuse(row, number)
            changes = self._changes(row, number)
        except Refused as refusal:
            return Line(number, name, refusal=str(refusal))
        self.line_of_post[row.post_key] = number
        return Line(number, str(row), row, changes)

    def _refuse(self, row: Row, number: int) -> None:
        if earlier := self.line_of_post.get(row.post_key):
            raise Refused(_("Line %(line)d names this post already.") % {"line": earlier})
        if row.country and row.country not in self.known.countries and not countries.is_known(row.country):
            raise Refused(_("There is no country with the code “%(code)s”.") % {"code": row.country[:20]})
        organisation, post = self._there(row)
        if organisation and not organisation.is_active:
            raise Refused(_("This organisation is no longer in use: make it active first."))
        if post and not post.is_active:
            raise Refused(_("This post is no longer in use: make it active first."))
        for whose, field, value in _sayings(row):
            said, earlier = self.said.get((whose, field), (value, number))
            if said != value:
                raise Refused(
                    _("Line %(line)d says “%(said)s” and this one “%(value)s”.")
                    % {"line": earlier, "said": said, "value": value}
                )

    def _changes(self, row: Row, number: int) -> tuple[Change, ...]:
        """In the order they are done. What an earlier line has brought or said is not said again."""
        organisation, post = self._there(row)
        changes = []
        if row.country and self._is_new(row.country, self.known.countries):
            changes.append(Change("country", f"{countries.named(row.country).name_vi} ({row.country})"))
        if self._is_new(row.organisation_key, self.known.organisations):
            changes.append(Change("organisation", row.name_vi))
        if post is None:
            changes.append(Change("post", row.title_vi))
        changes += self._changed_fields(
            row, number, self.known.countries.get(row.country), organisation, post
        )
        return (*changes, *_address_change(row, post), *self._further_changes(row, post))

    def _further_changes(self, row: Row, post: Post | None) -> Iterator[Change]:
        for name, cell in row.further:
            if added := self.known.further[name].added(cell, post):
                yield Change(name, added)

    def _is_new(self, key: Any, there: Any) -> bool:
        if key in there or key in self.new:
            return False
        self.new.add(key)
        return True

    def _changed_fields(
        self, row: Row, number: int, *there: Country | Organisation | Post | None
    ) -> list[Change]:
        rows = dict(zip(_whose(row), there, strict=True))
        changes = []
        for whose, field, value in _sayings(row):
            is_first = self.said.setdefault((whose, field), (value, number)) == (value, number)
            thing = rows[whose]
            if not is_first or (thing is None and field not in (*OF_COUNTRIES, *SALUTATIONS)):
                continue
            before = (getattr(thing, field) or "") if thing else ""
            if before != value:
                changes.append(Change(field, _written(value), _written(before)))
        return changes

    def _there(self, row: Row) -> tuple[Organisation | None, Post | None]:
        return self.known.organisations.get(row.organisation_key), self.known.posts.get(row.post_key)


OF_COUNTRIES = ("national_day", "relations_since")
SALUTATIONS = ("salutation_en", "salutation_vi")


def _whose(row: Row) -> tuple[Any, Any, Any]:
    return row.country, row.organisation_key, row.post_key


def _sayings(row: Row) -> list[tuple[Any, str, Any]]:
    """(whose, field, value): what the line says about things other lines may speak of too."""
    country, organisation, post = _whose(row)
    said = [
        (organisation, "name_vi", row.name_vi),
        (post, "title_vi", row.title_vi),
        (post, "language", row.language),
        *[(post, field, getattr(row, field)) for field in SALUTATIONS],
    ]
    if country:
        said += [(country, field, getattr(row, field)) for field in OF_COUNTRIES]
    return [saying for saying in said if saying[2]]


def _address_change(row: Row, post: Post | None) -> list[Change]:
    before = post.current_address if post else None
    if before is None:
        return [Change("first_address", row.email)]
    return [] if before.email == row.email else [Change("address", row.email, before.email)]


def _written(value: date | str | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _key(organisation: Organisation) -> OrganisationKey:
    code = organisation.country.code if organisation.country else ""
    return organisation_key(organisation.kind, code, organisation.name_en)
