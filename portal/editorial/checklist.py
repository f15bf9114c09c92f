"""What stands between a text and its publication: blockers and warnings, each naming the field it is about."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from portal.editorial.models import Publishable
from portal.languages import lint
from portal.library.models import Placement
from portal.richtext import asset_ids, plain_text, problems


@dataclass(frozen=True)
class Finding:
    """One remark on a text; a blocker stops submitting, approving and publishing."""

    field: str
    message: Any
    blocks: bool


Check = Callable[[Publishable, str], Iterator[Finding]]
_checks: list[Check] = []


def check(function: Check) -> Check:
    """Register a check that every publishable thing passes; sections add theirs in apps.py."""
    _checks.append(function)
    return function


def findings(item: Publishable, language: str) -> list[Finding]:
    """All remarks on one language, blockers first."""
    found = [finding for examine in _checks for finding in examine(item, language)]
    return sorted(found, key=lambda finding: not finding.blocks)


def missing_fields(item: Publishable, language: str) -> list[str]:
    """The names of required fields that say nothing in this language."""
    return [
        str(item._meta.get_field(field).verbose_name)
        for field in item.required_content
        if not plain_text(item.words(field, language)).strip()
    ]


def _named(placed: Placement) -> dict[str, str]:
    return {"picture": str(placed.asset.filename)}


@check
def pictures_are_described(item: Publishable, language: str) -> Iterator[Finding]:
    """WCAG 1.1.1 and the house's rule: alternative text (or decorative) and a caption, in each language."""
    for placed in item.placements.all():
        if placed.role in Placement.FILES:
            if not getattr(placed, f"title_{language}"):
                yield Finding(
                    "placements",
                    _("The attachment “%(picture)s” has no title in this language.") % _named(placed),
                    True,
                )
            continue
        if not placed.decorative and not getattr(placed, f"alt_{language}"):
            yield Finding(
                "placements",
                _(
                    "The picture “%(picture)s” has no alternative text in this language: describe it, or mark it decorative."
                )
                % _named(placed),
                True,
            )
        if not getattr(placed, f"caption_{language}"):
            yield Finding(
                "placements",
                _("The picture “%(picture)s” has no caption in this language.") % _named(placed),
                True,
            )


@check
def figures_are_placed(item: Publishable, language: str) -> Iterator[Finding]:
    """A picture named in the text must be one of the pictures of this piece."""
    placed = {placed.asset.uuid for placed in item.placements.all() if placed.role == Placement.Role.FIGURE}
    for field in item.translated_content:
        for uuid in asset_ids(item.text(field, language)):
            if uuid not in placed:
                yield Finding(field, _("The text shows a picture that is no longer in the library."), True)


@check
def a_change_is_named(item: Publishable, language: str) -> Iterator[Finding]:
    """A working copy says what kind of change it is; an update or a correction tells readers what changed."""
    if not item.is_working_copy:
        return
    kind = item.text("change_kind", language)
    if not kind:
        yield Finding(
            "change_kind", _("Say what kind of change this is: a minor fix, an update or a correction."), True
        )
    elif kind != item.ChangeKind.MINOR and not item.text("change_note", language):
        yield Finding("change_note", _("Tell readers in one sentence what has changed."), True)


@check
def markup_serves_every_reader(item: Publishable, language: str) -> Iterator[Finding]:
    for field in item.translated_content:
        for problem in problems(item.words(field, language), language):
            yield Finding(field, str(problem), False)


@check
def spelling_of_machines(item: Publishable, language: str) -> Iterator[Finding]:
    """Typing accidents of real Vietnamese pages: told, never rewritten."""
    if language != "vi":
        return
    for field in item.translated_content:
        for warning in lint.lint(plain_text(item.words(field, language))):
            yield Finding(field, warning.message, False)
