"""Pictures and attachments of one thing as rows of a form, known by asset and role as in a content."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.editorial.content import PLACED_WORDS, Content
from portal.editorial.locks import SHARED, Locks
from portal.languages import LANGUAGES
from portal.languages.folding import normalise
from portal.library.models import Asset, Placement

PREFIX = "placements"
MOST = 60

LONG_WORDS = {"alt", "caption"}


class PlacementForm(forms.Form):
    """One picture or attachment: which, where, and what is said about it in each language."""

    asset = forms.UUIDField(
        label=_("Picture or file"),
        error_messages={"invalid": _("This is no picture or file of the library.")},
    )
    role = forms.ChoiceField(
        label=Placement._meta.get_field("role").verbose_name, choices=Placement.Role.choices
    )
    position = forms.IntegerField(
        label=Placement._meta.get_field("position").verbose_name, min_value=0, max_value=999, required=False
    )
    decorative = forms.BooleanField(label=_("Decorative: says nothing the text does not say"), required=False)

    def __init__(
        self,
        *args: Any,
        locks: Locks,
        assets: dict[str, Asset],
        standing: dict[str, dict[str, Any]],
        roles: tuple[str, ...],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.locks = locks
        self.fields["role"].choices = [choice for choice in Placement.Role.choices if choice[0] in roles]
        for language in LANGUAGES:
            if locks.is_open(language):
                self._add_words(language)
        if not locks.is_open(SHARED):
            del self.fields["position"], self.fields["decorative"]
        self.shown_asset = assets.get(str(self["asset"].value() or ""))
        self.shown_role = dict(Placement.Role.choices).get(str(self["role"].value()), "")
        self.standing = standing.get(f"{self['role'].value()}:{self['asset'].value()}", {})

    def _add_words(self, language: str) -> None:
        for word in PLACED_WORDS:
            column = Placement._meta.get_field(word)
            field = forms.CharField(label=column.verbose_name, max_length=column.max_length, required=False)
            if word in LONG_WORDS:
                field.widget = forms.Textarea(attrs={"rows": 2})
            field.widget.attrs |= {"lang": language, "maxlength": column.max_length}
            self.fields[f"{word}_{language}"] = field

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        return {
            name: normalise(value).strip() if isinstance(value, str) else value
            for name, value in given.items()
        }

    def words(self, language: str) -> dict[str, str]:
        return {word: self.cleaned_data.get(f"{word}_{language}") or "" for word in PLACED_WORDS}

    @property
    def columns(self) -> list[dict[str, Any]]:
        """For the template: the words of each language, as fields where they are open, as text where not."""
        return [
            {
                "language": language,
                "fields": [
                    self[f"{word}_{language}"] for word in PLACED_WORDS if f"{word}_{language}" in self.fields
                ],
                "words": [
                    (
                        Placement._meta.get_field(word).verbose_name,
                        self.standing.get(f"{word}_{language}", ""),
                    )
                    for word in PLACED_WORDS
                ],
            }
            for language in LANGUAGES
        ]


class PlacementRows(forms.BaseFormSet):
    """All rows together: one cover, each asset once in a role, pictures where pictures are wanted."""

    def __init__(
        self, *args: Any, locks: Locks, standing: Content, roles: tuple[str, ...], **kwargs: Any
    ) -> None:
        self.locks = locks
        self.standing = standing
        super().__init__(*args, prefix=PREFIX, initial=initial_rows(standing), **kwargs)
        rows = {row["key"]: row for row in self.initial}
        self.form_kwargs = {"locks": locks, "assets": self._assets(), "standing": rows, "roles": roles}

    def _assets(self) -> dict[str, Asset]:
        """uuid → asset of every row, in one query."""
        named = {row["asset"] for row in self.initial or []}
        if self.is_bound:
            named |= {
                value
                for name, value in self.data.items()
                if name.startswith(f"{PREFIX}-") and name.endswith("-asset")
            }
        return {
            str(asset.uuid): asset
            for asset in Asset.objects.filter(uuid__in=[uuid for uuid in named if _is_uuid(uuid)])
        }

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if not self.locks.is_open(SHARED):
            form.fields.pop("DELETE", None)

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = self.kept()
        keys = [_key(form) for form in rows]
        if len(keys) != len(set(keys)):
            raise ValidationError(_("The same picture or file stands twice in the same place."))
        if sum(form.cleaned_data["role"] == Placement.Role.COVER for form in rows) > 1:
            raise ValidationError(_("There is one cover picture. Choose which."))
        for form in rows:
            self._check_asset(form)

    def _check_asset(self, form: PlacementForm) -> None:
        if form.shown_asset is None:
            form.add_error("asset", _("This is no picture or file of the library."))
        elif form.cleaned_data["role"] not in Placement.FILES and not form.shown_asset.is_image:
            form.add_error("role", _("This file is not a picture: it can only be an attachment."))

    def kept(self) -> list[PlacementForm]:
        """The rows that stay, in their order."""
        filled = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        return sorted(filled, key=lambda form: form.cleaned_data.get("position") or 0)

    def content(self) -> Content:
        """What the rows say, as a content: {"shared": {"placements": […]}, "vi": …, "en": …}."""
        standing = {row["key"] for row in self.initial}
        rows = self.kept()
        said: Content = {SHARED: {PREFIX: [_structure(form) for form in rows]}}
        if not self.locks.is_open(SHARED):
            said[SHARED][PREFIX] = self.standing[SHARED][PREFIX] if self.standing else []
            rows = [form for form in rows if _key(form) in standing]
        for language in LANGUAGES:
            if self.locks.is_open(language):
                said[language] = {PREFIX: {_key(form): form.words(language) for form in rows}}
            else:
                said[language] = {PREFIX: dict(self.standing[language][PREFIX]) if self.standing else {}}
        return said


def _structure(form: PlacementForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"asset": str(given["asset"]), "role": given["role"], "decorative": bool(given.get("decorative"))}


def _key(form: PlacementForm) -> str:
    return f"{form.cleaned_data['role']}:{form.cleaned_data['asset']}"


def initial_rows(standing: Content) -> list[dict[str, Any]]:
    """The rows of a stored content as a form's initial values."""
    if not standing:
        return []
    return [
        {**row, "key": key, "position": position, **_initial_words(standing, key)}
        for position, row in enumerate(standing[SHARED][PREFIX], start=1)
        for key in [f"{row['role']}:{row['asset']}"]
    ]


def _initial_words(standing: Content, key: str) -> dict[str, str]:
    return {
        f"{word}_{language}": standing[language][PREFIX].get(key, {}).get(word, "")
        for language in LANGUAGES
        for word in PLACED_WORDS
    }


def _is_uuid(text: str) -> bool:
    try:
        forms.UUIDField().clean(text)
    except ValidationError:
        return False
    return True


PlacementFormSet = forms.formset_factory(
    PlacementForm, formset=PlacementRows, extra=0, can_delete=True, max_num=MOST
)
