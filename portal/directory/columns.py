"""The shape of the directory's files: the columns, the words for the kinds, the guard against formulas."""

from typing import Any

from portal.directory import further_columns
from portal.directory.models import Organisation

NATIONAL_DAY, RELATIONS_SINCE = "national_day", "diplomatic_relations_since"
REQUIRED = ("type", "name_en", "name_vi", "post_en", "post_vi", "email")
COLUMNS = (
    "type", "country", "name_en", "name_vi", "post_en", "post_vi", "email", "language", NATIONAL_DAY, RELATIONS_SINCE,
    "salutation_en", "salutation_vi",
)  # fmt: skip

Kind = Organisation.Kind
NEEDS_COUNTRY = (Kind.EMBASSY, Kind.CONSULATE)
WORDS_OF_KINDS: dict[Any, str] = {
    Kind.EMBASSY: "embassy",
    Kind.CONSULATE: "consulate",
    Kind.INTERNATIONAL: "international_organisation",
    Kind.NGO: "foreign_ngo",
    Kind.PARTNER: "partner",
    Kind.PRESS: "press_outlet",
    Kind.UNIT: "ministry_unit",
    Kind.PROVINCE: "provincial_department",
}
#: What stands under "type": the words above and our own short ones.
KINDS: dict[str, Any] = {word: kind for kind, word in WORDS_OF_KINDS.items()} | {
    str(kind): kind for kind in WORDS_OF_KINDS
}

#: A cell that begins so is a formula to some program. OWASP, “CSV Injection”.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def all_columns() -> tuple[str, ...]:
    """The directory's own and those of other packages, in the order of an export."""
    return (*COLUMNS, *further_columns.names())


def is_formula(cell: str) -> bool:
    return cell.startswith("=")


def guarded(text: str) -> str:
    """A cell no program takes for a formula; `without_guard` gives the text back."""
    return f"{_GUARD}{text}" if text.lstrip(_GUARD).startswith(_DANGEROUS) else text


def without_guard(text: str) -> str:
    is_guarded = text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_DANGEROUS)
    return text[1:] if is_guarded else text
