"""One line of a file, believed after this: every cell checked, every refusal a sentence."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.directory import further_columns
from portal.directory.columns import (
    KINDS,
    NATIONAL_DAY,
    NEEDS_COUNTRY,
    RELATIONS_SINCE,
    REQUIRED,
    all_columns,
    is_formula,
    without_guard,
)
from portal.directory.emails import sendable
from portal.directory.models import Organisation, Post
from portal.directory.reading import Cells, breaks_its_line
from portal.languages import LANGUAGES
from portal.languages.dates import InvalidDate, parse_date
from portal.languages.folding import fold, normalise

LEAP_YEAR = 2000  # a national day may be 29 February
LONGEST = {
    "name_en": Organisation._meta.get_field("name_en").max_length,
    "name_vi": Organisation._meta.get_field("name_vi").max_length,
    "post_en": Post._meta.get_field("title_en").max_length,
    "post_vi": Post._meta.get_field("title_vi").max_length,
    "salutation_en": Post._meta.get_field("salutation_en").max_length,
    "salutation_vi": Post._meta.get_field("salutation_vi").max_length,
}
OrganisationKey = tuple[str, str, str]
PostKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class Row:
    """What a line says; empty where it says nothing. `email` is as sent, days are date or "MM-DD"."""

    kind: str
    country: str
    name_en: str
    name_vi: str
    title_en: str
    title_vi: str
    email: str
    language: str
    national_day: str
    relations_since: date | None
    salutation_en: str
    salutation_vi: str
    further: tuple[tuple[str, str], ...]  # columns of other packages, each with what stands there

    @property
    def organisation_key(self) -> OrganisationKey:
        return organisation_key(self.kind, self.country, self.name_en)

    @property
    def post_key(self) -> PostKey:
        return (*self.organisation_key, fold(self.title_en))

    def __str__(self) -> str:
        return f"{self.title_vi}, {self.name_vi}"


def organisation_key(kind: str, country: str, name_en: str | None) -> OrganisationKey:
    """Case and diacritics make no other organisation."""
    return kind, country, fold(name_en or "")


def checked(cells: Cells) -> Row:
    """The line as a Row. Raises Refused with the first thing that is wrong."""
    texts = {column: _text(column, cells.get(column, "")) for column in all_columns()}
    if missing := [column for column in REQUIRED if not texts[column]]:
        raise Refused(_("These cells are empty: %(columns)s.") % {"columns": ", ".join(missing)})
    kind = _kind(texts["type"])
    return Row(
        kind=kind,
        country=_country_code(kind, texts["country"]),
        name_en=texts["name_en"],
        name_vi=texts["name_vi"],
        title_en=texts["post_en"],
        title_vi=texts["post_vi"],
        email=sendable(texts["email"]),
        language=_language(texts["language"]),
        national_day=_national_day(texts[NATIONAL_DAY]),
        relations_since=_day(texts[RELATIONS_SINCE]),
        salutation_en=texts["salutation_en"],
        salutation_vi=texts["salutation_vi"],
        further=tuple((name, texts[name]) for name in further_columns.names() if texts[name]),
    )


def _text(column: str, cell: str) -> str:
    if is_formula(cell):
        raise Refused(_("The cell under “%(column)s” is a formula.") % {"column": column})
    if breaks_its_line(cell):
        raise Refused(
            _("The cell under “%(column)s” has a line break or another hidden character.")
            % {"column": column}
        )
    text = " ".join(normalise(without_guard(cell)).split())
    most = LONGEST.get(column)
    if most and len(text) > most:
        raise Refused(
            _("The cell under “%(column)s” is longer than %(most)d characters.")
            % {"column": column, "most": most}
        )
    return text


def _kind(word: str) -> str:
    if kind := KINDS.get(word.lower()):
        return kind
    raise Refused(_("There is no type “%(word)s”.") % {"word": word[:100]})


def _country_code(kind: str, code: str) -> str:
    """Whether the code is known is asked where the countries are known."""
    if not code and kind in NEEDS_COUNTRY:
        raise Refused(_("An embassy or a consulate needs its country."))
    return code.upper()


def _language(word: str) -> str:
    if word and word.lower() not in LANGUAGES:
        raise Refused(_("“%(word)s” is not a language of the portal: write vi or en.") % {"word": word[:100]})
    return word.lower()


def _national_day(text: str) -> str:
    if not text:
        return ""
    try:
        if not re.fullmatch(r"\d\d-\d\d", text, re.ASCII):
            raise ValueError
        date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError as problem:
        raise Refused(
            _("“%(text)s” is not a national day: write month and day, like 09-02.") % {"text": text[:100]}
        ) from problem
    return text


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_date(text).day
    except InvalidDate as problem:
        raise Refused(
            _("“%(text)s” is not a day: write it like 1950-01-18 or 18/01/1950.") % {"text": text[:100]}
        ) from problem
