"""Locks: which parts of a thing a person may change in place at this moment, and why not the others."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.editorial.models import Edition, Publishable
from portal.languages import LANGUAGES

SHARED = "shared"


@dataclass(frozen=True)
class Locks:
    """Part ("shared", "vi", "en") → why it is locked, in the editor's words; "" for a part that is open."""

    reasons: dict[str, str]

    def is_open(self, part: str) -> bool:
        return not self.reasons[part]

    @property
    def open_parts(self) -> list[str]:
        return [part for part in self.reasons if self.is_open(part)]


def locks_of(item: Publishable | None, person: Any) -> Locks:
    """The locks of one row for one person; `item` None is a thing about to be begun."""
    reasons = {language: _why_locked(item, language, person) for language in LANGUAGES}
    return Locks({SHARED: _why_shared_is_locked(item, person), **reasons})


def part_of(model: type[Publishable], column: str) -> str | None:
    """The part a form's column belongs to: "title_vi" to "vi", "category" to "shared"; None for others."""
    if column in {*model.shared_content, *model.relations_content}:
        return SHARED
    field, _underscore, language = column.rpartition("_")
    return language if language in LANGUAGES and field in model.translated_content else None


def _why_locked(item: Publishable | None, language: str, person: Any) -> str:
    if not person.has_perm(f"editorial.write_{language}"):
        return _("Your role does not include writing in this language.")
    if item is None:
        return ""
    edition = item.edition(language)
    if edition is None:
        return _("This language is not worked on in this copy.")
    return _why_closed(edition)


def _why_shared_is_locked(item: Publishable | None, person: Any) -> str:
    """What both languages share is part of what each approval approves: open while every language is."""
    if not any(person.has_perm(f"editorial.write_{language}") for language in LANGUAGES):
        return _("Your role does not include writing.")
    if item is None:
        return ""
    closed = next((edition for edition in item.editions.all() if not edition.is_open), None)
    if closed is None:
        return ""
    if closed.was_public:
        return _("Readers see this: it is changed in a working copy.")
    return _("One language is approved or scheduled, and this is part of what was approved. Return it first.")


def _why_closed(edition: Edition) -> str:
    if edition.is_open:
        return ""
    if edition.was_public:
        return _("Readers have this text: it is changed in a working copy.")
    if edition.is_dated:
        return _("Scheduled text is locked: take it off the schedule, then return it.")
    return _("Approved text is locked: return it first.")
