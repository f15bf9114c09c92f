"""The library's forms in the admin."""

from typing import Any

from django import forms
from django.core.files import File
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.library.actions import WORDS, kept_before
from portal.library.models import Asset
from portal.library.uploads import Inspected, Refused, inspect

DESCRIPTION = (*WORDS, "focal_x", "focal_y")


class AssetForm(forms.ModelForm):
    """What is said about an asset, and the point of a picture that must stay in sight."""

    focal_x = forms.FloatField(
        label=_("Focal point, from the left (0–1)"), min_value=0, max_value=1, initial=0.5, required=False
    )
    focal_y = forms.FloatField(
        label=_("Focal point, from the top (0–1)"), min_value=0, max_value=1, initial=0.5, required=False
    )

    class Meta:
        model = Asset
        fields = ["title", "alt", "caption", "credit", "focal_x", "focal_y"]

    def description(self) -> dict[str, Any]:
        """What the action needs: the words in both languages and the focal point (if empty: the middle)."""
        given = {field: self.cleaned_data[field] for field in DESCRIPTION if field in self.cleaned_data}
        for axis in ("focal_x", "focal_y"):
            if given.get(axis) is None:
                given[axis] = 0.5
        return given


class NewAssetForm(AssetForm):
    """An upload. What is wrong with the file stands at the file's field."""

    original = forms.FileField(
        label=_("File"),
        help_text=_(
            "Pictures (JPEG, PNG, WebP, GIF, AVIF) up to 15 MB and 40 million pixels; "
            "documents (PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV, TXT) up to 20 MB. "
            "Places and other personal details hidden in photographs are removed."
        ),
    )
    inspected: Inspected
    by: User | None = None  # set by the page: whoever uploads

    class Meta(AssetForm.Meta):
        fields = ["original", *AssetForm.Meta.fields]

    def clean_original(self) -> File:
        file = self.cleaned_data["original"]
        try:
            self.inspected = inspect(file)
            kept_before(self.inspected, self.by, now())
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
