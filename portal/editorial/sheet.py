"""The sheet: how the fields of a publishable thing lie on the change form, two languages side by side."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.editorial.comparing import FieldChange, compare_field, compare_placements
from portal.editorial.content import Content
from portal.editorial.forms import PublishableForm
from portal.editorial.forms.placements import PREFIX
from portal.editorial.locks import SHARED, part_of
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES
from portal.languages.fields import Records
from portal.library.models import Placement
from portal.richtext import expand_figures
from portal.richtext.fields import RichText

#: What a working copy says about the change it is; a first text has nothing to say there.
OF_THE_CHANGE = ("change_kind", "change_note")


@dataclass(frozen=True)
class Cell:
    """One field of the sheet: open (`bound`) or read-only (`text`)."""

    name: str
    label: str
    bound: Any = None
    text: Any = ""
    rich: bool = False


@dataclass(frozen=True)
class Column:
    """The fields of one part, and why they are locked ("" when they are open)."""

    part: str
    reason: str
    cells: list[Cell]


@dataclass(frozen=True)
class Difference:
    """A field two people changed: what mine would change in theirs; `copy` is text that cannot be saved."""

    part: str
    label: str
    changes: list[FieldChange]
    copy: str = ""


@dataclass(frozen=True)
class Sheet:
    columns: list[Column]
    shared: Column
    placements: Any
    placements_reason: str
    placement_roles: list[dict[str, Any]]  # those a button adds; figures come by the text
    differences: list[Difference]
    conflict: bool


def field_names(model: type[Publishable], *, of_a_copy: bool) -> list[str]:
    """The translated fields in the order they are written: headline, texts, last what is rarely touched."""
    texts = [name for name in model.translated_content if name not in {"title", "slug", *OF_THE_CHANGE}]
    return [*(OF_THE_CHANGE if of_a_copy else ()), "title", *texts, "slug"]


def shared_names(model: type[Publishable]) -> list[str]:
    return [*model.shared_content, *model.relations_content]


def sheet_of(form: PublishableForm) -> Sheet:
    item = form.instance
    names = field_names(type(item), of_a_copy=item.is_working_copy)
    columns = [
        Column(part, form.locks.reasons[part], [_text_cell(form, name, part) for name in names])
        for part in LANGUAGES
    ]
    shared = Column(
        SHARED, form.locks.reasons[SHARED], [_shared_cell(form, name) for name in shared_names(type(item))]
    )
    differences = [_difference(form, name) for name in form.differences]
    roles = _placement_roles(type(item))
    return Sheet(
        columns, shared, form.placements, form.locks.reasons[SHARED], roles, differences, form.has_conflict
    )


def _placement_roles(model: type[Publishable]) -> list[dict[str, Any]]:
    return [
        {"name": role, "label": label, "kind": "any" if role in Placement.FILES else "image"}
        for role, label in Placement.Role.choices
        if role in model.placement_roles and role != Placement.Role.FIGURE
    ]


def _text_cell(form: PublishableForm, name: str, language: str) -> Cell:
    column = form.instance._meta.get_field(name)
    label, rich = str(column.verbose_name), isinstance(column, RichText)
    bound = f"{name}_{language}"
    if bound in form.fields:
        return Cell(bound, label, bound=form[bound], rich=rich)
    value = form.standing[language].get(name, "") if form.standing else ""
    if column.choices:
        value = str(dict(column.flatchoices).get(value, value))
    if isinstance(column, Records):
        value = column.words(value)
    return Cell(bound, label, text=_shown(value) if rich else value, rich=rich)


def _shared_cell(form: PublishableForm, name: str) -> Cell:
    column = form.instance._meta.get_field(name)
    label = str(column.verbose_name)
    if name in form.fields:
        return Cell(name, label, bound=form[name])
    if not form.standing:
        return Cell(name, label)
    standing = compare_field(type(form.instance), name, SHARED, None, form.standing[SHARED].get(name))
    return Cell(name, label, text="".join(piece.text for piece in standing.pieces))


def _shown(html: str) -> SafeString:
    """Rich text to read. Safe: cleaned when it was saved, and figures are our own template."""

    def figure(uuid: UUID) -> str:
        return render_to_string("editorial/_figure.html", {"uuid": uuid})

    return mark_safe(expand_figures(html, figure))


def _difference(form: PublishableForm, name: str) -> Difference:
    model, standing = type(form.instance), form.standing
    if name == PREFIX:
        changes = compare_placements(model, _only_placements(standing), form.typed[PREFIX])
        return Difference(SHARED, _("Pictures and attachments"), changes)
    part = part_of(model, name) or SHARED
    field = name if part == SHARED else name.removesuffix(f"_{part}")
    change = compare_field(model, field, part, standing[part].get(field), form.typed[name])
    kept = form.typed[name] if part != SHARED and name not in form.fields else ""
    return Difference(part, change.label, [change], copy=kept)


def _only_placements(content: Content) -> Content:
    return {part: {PREFIX: said[PREFIX]} for part, said in content.items()}
