"""The form of a publishable thing: open parts only; a stale one is refused with both texts side by side."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.editorial import content as contents
from portal.editorial.contributors import versions_of
from portal.editorial.forms.placements import PREFIX, PlacementFormSet, PlacementRows
from portal.editorial.forms.records import RecordsWidget
from portal.editorial.locks import SHARED, locks_of, part_of
from portal.languages import LANGUAGES
from portal.languages.slugs import slugify
from portal.richtext import asset_ids
from portal.richtext.fields import RichText

CONFLICT = _(
    "Somebody else changed this piece after you opened it. "
    "Nothing of yours is lost: compare both texts below."
)
LOCKED_MEANWHILE = _(
    "This part was locked after you opened it. What you typed is kept below, to copy; it has not been saved."
)


class PublishableForm(forms.ModelForm):
    """Fields of locked parts are not in the form at all, so nothing sent for them can be saved."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opened_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    data: Any
    person: Any = None  # given by the admin, which makes a class of the form for each request

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = self._standing()
        self.locks = locks_of(self.instance if self.instance.pk else None, self.person)
        self.differences: list[str] = []
        self.typed: dict[str, Any] = {}
        self.closed: dict[str, forms.Field] = {}
        self._remember_what_was_opened()
        self._close_locked_fields()
        self.placements = self._placement_rows()

    def _standing(self) -> contents.Content:
        """The content in the database, before what was sent is on the instance; {} for a new thing."""
        if not self.instance.pk:
            return {}
        contents.load([self.instance])
        return contents.content_of(self.instance)

    def _remember_what_was_opened(self) -> None:
        self.last_version = 0
        if self.instance.pk:
            copy = self.instance.pk if self.instance.is_working_copy else None
            self.last_version = (
                versions_of(self.instance).filter(copy_id=copy).values_list("number", flat=True).first() or 0
            )
        self.initial |= {"lock_version": self.instance.lock_version, "opened_version": self.last_version}

    def _close_locked_fields(self) -> None:
        for name in list(self.fields):
            part = part_of(type(self.instance), name)
            if part and not self.locks.is_open(part):
                self.closed[name] = self.fields.pop(name)

    def _placement_rows(self) -> PlacementRows:
        sent = self.is_bound and f"{PREFIX}-TOTAL_FORMS" in self.data
        return self._rows(self.data if sent else None)

    def _rows(self, sent: Any) -> PlacementRows:
        roles = type(self.instance).placement_roles
        return PlacementFormSet(sent, locks=self.locks, standing=self.standing, roles=roles)

    def is_valid(self) -> bool:
        """The text and its pictures are judged together, so that one answer shows every error."""
        rows_are_valid = not self.placements.is_bound or self.placements.is_valid()
        return super().is_valid() and rows_are_valid

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        for language in LANGUAGES:
            if given.get(f"slug_{language}"):
                given[f"slug_{language}"] = slugify(given[f"slug_{language}"])[:150].strip("-")
        titles = [f"title_{language}" for language in LANGUAGES if f"title_{language}" in self.fields]
        if not self.instance.pk and titles and not any((given.get(title) or "").strip() for title in titles):
            self.add_error(titles[0], _("Give it a headline in one language; all else can wait."))
        return given

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.instance.pk:
            return
        self._check_figures()
        if self._is_stale():
            self._show_both()

    def _check_figures(self) -> None:
        """A picture put into the text is a picture of the piece: impossible while the pictures are locked."""
        if self.locks.is_open(SHARED) or not self.standing:
            return
        known = {row["asset"] for row in self.standing[SHARED]["placements"] if row["role"] == "figure"}
        for name in self._rich_columns():
            if {str(uuid) for uuid in asset_ids(getattr(self.instance, name) or "")} - known:
                self.add_error(
                    name,
                    _("The pictures of this piece are locked now, so no new one can be put into the text."),
                )

    def _rich_columns(self) -> list[str]:
        columns = [
            f"{field}_{language}"
            for field in self.instance.translated_content
            if isinstance(self.instance._meta.get_field(field), RichText)
            for language in LANGUAGES
        ]
        return [name for name in columns if name in self.fields]

    # The lost update.

    def _is_stale(self) -> bool:
        if self.cleaned_data.get("lock_version") != self.instance.lock_version:
            self.add_error(None, ValidationError(CONFLICT, code="conflict"))
            return True
        if self._typed_into_locked():
            self.add_error(None, ValidationError(LOCKED_MEANWHILE, code="conflict"))
            return True
        return False

    def _typed_into_locked(self) -> dict[str, Any]:
        """Name → what was sent for a field that is locked now and says something else."""
        typed = {}
        for name, field in self.closed.items():
            if name in self.data and (sent := self._sent(name, field)) != self._theirs(name):
                typed[name] = sent
        return typed

    def _sent(self, name: str, field: forms.Field) -> Any:
        """What was sent for a closed field, as a stored content would say it."""
        raw = field.widget.value_from_datadict(self.data, self.files, name)
        column = self.instance._meta.get_field(name)
        try:
            given = field.clean(raw)
            if name in self.instance.relations_content:
                return sorted(related.pk for related in given)
            given = given.pk if isinstance(given, models.Model) else column.to_python(given)
        except ValidationError:
            return str(raw)
        return given or "" if part_of(type(self.instance), name) in LANGUAGES else contents.plain(given)

    def _theirs(self, name: str) -> Any:
        """What stands in the database for a field of the form."""
        part = part_of(type(self.instance), name) or SHARED
        return self.standing[part][name if part == SHARED else name.removesuffix(f"_{part}")]

    def _show_both(self) -> None:
        """Opened, mine, theirs: where only theirs moved the form takes it, otherwise both are shown."""
        opened = self._opened_content()
        self.data = self.data.copy()
        self.data["lock_version"], self.data["opened_version"] = self.instance.lock_version, self.last_version
        self.typed = self._typed_into_locked()
        self.differences = list(self.typed)
        for name in self.fields:
            part = part_of(type(self.instance), name)
            if part is None:
                continue
            field = name if part == SHARED else name.removesuffix(f"_{part}")
            mine, theirs = self._mine(name), self._theirs(name)
            if mine == theirs:
                continue
            if opened is not None and mine == opened[part].get(field):
                self._put(name, theirs)
            else:
                self.typed[name] = mine
                self.differences.append(name)
        self._compare_placements(opened)

    def _opened_content(self) -> contents.Content | None:
        number = self.cleaned_data.get("opened_version")
        version = versions_of(self.instance).filter(number=number).first() if number else None
        return version.content if version else None

    def _mine(self, name: str) -> Any:
        """A field of the form as a stored content would say it."""
        if name in self.instance.relations_content:
            return sorted(related.pk for related in self.cleaned_data.get(name, []))
        column = self.instance._meta.get_field(name)
        if part_of(type(self.instance), name) == SHARED:
            return contents.plain(getattr(self.instance, column.attname))
        return getattr(self.instance, name) or ""

    def _put(self, name: str, value: Any) -> None:
        widget = self.fields[name].widget
        if isinstance(value, list):
            self.data.setlist(self.add_prefix(name), [str(each) for each in value])
        elif isinstance(widget, RecordsWidget):
            widget.put(self.data, self.add_prefix(name), "" if value is None else str(value))
        elif isinstance(widget, forms.CheckboxInput):
            self.data.pop(self.add_prefix(name), None)
            if value:
                self.data[self.add_prefix(name)] = "on"
        else:
            self.data[self.add_prefix(name)] = "" if value is None else str(value)

    def _compare_placements(self, opened: contents.Content | None) -> None:
        if not self.placements.is_bound or not self.placements.is_valid():
            return
        mine, theirs = self.placements.content(), _placements(self.standing)
        if mine == theirs:
            return
        if opened is not None and mine == _placements(opened):
            self.placements = self._rows(None)
        else:
            self.typed[PREFIX] = mine
            self.differences.append(PREFIX)

    @property
    def has_conflict(self) -> bool:
        return any(
            error.code == "conflict"
            for error in self.errors.get("__all__", forms.utils.ErrorList()).as_data()
        )


def _placements(content: contents.Content) -> contents.Content:
    return {part: {PREFIX: said[PREFIX]} for part, said in content.items()}
