"""Two contents compared for people: word by word, with names where the stored content has identifiers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.editorial.content import PLACED_WORDS, Content
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES
from portal.languages.dates import short_day
from portal.languages.fields import Records
from portal.library.models import Asset, Placement
from portal.richtext.compare import ParagraphChange, Piece, paragraph_diff, words_diff
from portal.richtext.fields import RichText


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: `paragraphs` of rich text, `pieces` of plain text or of names gone and come."""

    name: str
    label: str
    paragraphs: list[ParagraphChange] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class PartChange:
    """What differs in one part: "shared", "vi" or "en"."""

    part: str
    fields: list[FieldChange]


def compare(model: type[Publishable], old: Content, new: Content) -> list[PartChange]:
    """The parts that differ, in the order shared, vi, en; [] when the two say the same."""
    names = _Names(model, [old, new])
    parts = [PartChange("shared", list(_shared_changes(model, old["shared"], new["shared"], names)))]
    parts += [PartChange(each, list(_text_changes(model, old[each], new[each], names))) for each in LANGUAGES]
    return [part for part in parts if part.fields]


def compare_field(model: type[Publishable], name: str, part: str, old: Any, new: Any) -> FieldChange:
    """One field of one part, `name` without its language; `old` and `new` as a stored content says them."""
    label = str(model._meta.get_field(name).verbose_name)
    if part != "shared":
        return _text_change(model, name, label, old or "", new or "")
    content = [{"shared": {name: value}} for value in (old, new)]
    names = _Names(model, content)
    return FieldChange(name, label, pieces=_names_gone_and_come(names.of(name, old), names.of(name, new)))


def compare_placements(model: type[Publishable], old: Content, new: Content) -> list[FieldChange]:
    """The pictures and attachments of two contents: which, where, and the words on them."""
    names = _Names(model, [old, new])
    changes = []
    if old["shared"]["placements"] != new["shared"]["placements"]:
        changes.append(_placed_change(old["shared"]["placements"], new["shared"]["placements"], names))
    for language in LANGUAGES:
        changes += _word_changes(old[language]["placements"], new[language]["placements"], names)
    return changes


def _text_changes(
    model: type[Publishable], old: dict[str, Any], new: dict[str, Any], names: "_Names"
) -> Iterable[FieldChange]:
    for name in model.translated_content:
        before, after = old.get(name) or "", new.get(name) or ""
        if before != after:
            yield _text_change(model, name, str(model._meta.get_field(name).verbose_name), before, after)
    yield from _word_changes(old["placements"], new["placements"], names)


def _text_change(model: type[Publishable], name: str, label: str, old: str, new: str) -> FieldChange:
    column = model._meta.get_field(name)
    if isinstance(column, RichText):
        return FieldChange(name, label, paragraphs=paragraph_diff(old, new))
    if isinstance(column, Records):
        old, new = column.words(old), column.words(new)
    if column.choices:
        called = dict(column.flatchoices)
        return FieldChange(
            name, label, pieces=_gone_and_come(str(called.get(old, old)), str(called.get(new, new)))
        )
    return FieldChange(name, label, pieces=words_diff(old, new))


def _shared_changes(
    model: type[Publishable], old: dict[str, Any], new: dict[str, Any], names: "_Names"
) -> Iterable[FieldChange]:
    for name in (*model.shared_content, *model.relations_content):
        if old.get(name) != new.get(name):
            label = str(model._meta.get_field(name).verbose_name)
            yield FieldChange(
                name,
                label,
                pieces=_names_gone_and_come(names.of(name, old.get(name)), names.of(name, new.get(name))),
            )
    if old["placements"] != new["placements"]:
        yield _placed_change(old["placements"], new["placements"], names)


def _placed_change(old: list[dict[str, Any]], new: list[dict[str, Any]], names: "_Names") -> FieldChange:
    label = str(Placement._meta.verbose_name_plural)
    return FieldChange("placements", label, pieces=_names_gone_and_come(names.placed(old), names.placed(new)))


def _word_changes(
    old: dict[str, dict[str, str]], new: dict[str, dict[str, str]], names: "_Names"
) -> list[FieldChange]:
    """The words on pictures and attachments that stand in either content."""
    changes = []
    for key in [*old, *[key for key in new if key not in old]]:
        for word in PLACED_WORDS:
            before, after = old.get(key, {}).get(word, ""), new.get(key, {}).get(word, "")
            if before != after:
                label = (
                    f"{names.asset(key.partition(':')[2])} – {Placement._meta.get_field(word).verbose_name}"
                )
                changes.append(FieldChange("placements", label, pieces=words_diff(before, after)))
    return changes


def _names_gone_and_come(old: list[str], new: list[str]) -> list[Piece]:
    """Lists of names: those that stay, those gone, those come; in another order they are listed twice."""
    if sorted(old) == sorted(new):
        return _gone_and_come(", ".join(old), ", ".join(new))
    stayed = [name for name in new if name in old]
    pieces = [Piece("same", ", ".join(stayed) + " ")] if stayed else []
    gone = ", ".join(name for name in old if name not in new)
    return pieces + _gone_and_come(gone, ", ".join(name for name in new if name not in old))


def _gone_and_come(old: str, new: str) -> list[Piece]:
    pieces = [Piece("removed", f"{old} "), Piece("added", new)]
    return [piece for piece in pieces if piece.text.strip()]


class _Names:
    """What identifiers in contents are called, asked for in one query for each kind of thing."""

    def __init__(self, model: type[Publishable], contents: list[Content]) -> None:
        self.model = model
        self.contents = contents
        placed = {row["asset"] for content in contents for row in content["shared"].get("placements", [])}
        self.assets = {str(asset.uuid): str(asset) for asset in Asset.objects.filter(uuid__in=placed)}
        self.related: dict[str, dict[Any, str]] = {}

    def of(self, name: str, value: Any) -> list[str]:
        """The readable values of a shared field; [] for nothing."""
        if value is None or value in ("", []):
            return []
        column = self.model._meta.get_field(name)
        if column.is_relation:
            called = self._related(name, column)
            return [
                called.get(pk, _("no longer there (%(number)s)") % {"number": pk}) for pk in _as_list(value)
            ]
        return [_readable(column, value)]

    def _related(self, name: str, column: models.Field) -> dict[Any, str]:
        if name not in self.related:
            pks = {pk for content in self.contents for pk in _as_list(content["shared"].get(name))}
            self.related[name] = {
                row.pk: str(row) for row in column.related_model._default_manager.filter(pk__in=pks)
            }
        return self.related[name]

    def asset(self, uuid: str) -> str:
        return self.assets.get(uuid) or _("no longer there (%(number)s)") % {"number": uuid[:8]}

    def placed(self, rows: list[dict[str, Any]]) -> list[str]:
        return [self._placement(row) for row in rows]

    def _placement(self, row: dict[str, Any]) -> str:
        role = dict(Placement.Role.choices).get(row["role"], row["role"])
        name = f"{self.asset(row['asset'])} ({role})"
        return _("%(picture)s, decorative") % {"picture": name} if row["decorative"] else name


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _readable(column: models.Field, value: Any) -> str:
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(column, models.BooleanField):
        return _("yes") if value else _("no")
    if isinstance(column, models.DateField) and isinstance(day := parse_date(str(value)), date):
        return short_day(day, get_language() or "vi")
    return str(value)
