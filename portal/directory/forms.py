"""The directory's forms in the admin."""

from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.directory.emails import LONGEST, readable, sendable
from portal.directory.models import Address, Post
from portal.directory.reading import MOST_BYTES, Table, read
from portal.languages.folding import normalise


class PostForm(forms.ModelForm):
    """A post with the address it has today; emptied, the address is left."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "Another address takes its place from today. Emptied: the holder has left, nothing more is sent."
        ),
    )
    holder = forms.CharField(label=_("Holder"), max_length=120, required=False)
    note = forms.CharField(
        label=_("Note on leaving"),
        max_length=500,
        required=False,
        help_text=_("Kept with the address that is left: who said so, who follows."),
    )

    class Meta:
        model = Post
        fields = ["organisation", "title", "salutation", "language", "is_general", "is_active"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current: Address | None = self.instance.current_address if self.instance.pk else None
        if self.current:
            self.initial |= {"email": self.current.readable_email, "holder": self.current.holder}
        self.fields["email"].widget.attrs |= {"inputmode": "email", "size": 50, "autocomplete": "off"}

    def clean_email(self) -> str:
        written = self.cleaned_data["email"]
        if not written or (self.current and written in {readable(self.current.email), self.current.email}):
            return self.current.email if written and self.current else ""
        try:
            return sendable(written)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_holder(self) -> str:
        return " ".join(normalise(self.cleaned_data["holder"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("email") and not cleaned.get("is_active") and self.is_new_address:
            self.add_error("email", _("A post that is not active gets no new address."))
        if (
            cleaned.get("holder")
            and not cleaned.get("email")
            and "email" not in self.errors
            and not self.is_leaving
        ):
            self.add_error("email", _("A holder needs an address."))
        return cleaned

    @property
    def is_leaving(self) -> bool:
        return bool(self.current) and not self.cleaned_data.get("email")

    @property
    def is_new_address(self) -> bool:
        before = (self.current.email, self.current.holder) if self.current else ("", "")
        after = (self.cleaned_data.get("email") or "", self.cleaned_data.get("holder") or "")
        return bool(after[0]) and before != after


class UploadForm(forms.Form):
    """A file for the import. What is wrong with it as a whole stands at its field."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV or TSV in UTF-8, or an Excel workbook (.xlsx); up to 5 MB and 20,000 lines. "
            "Nothing is changed before you have seen what would happen."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    table: Table

    def clean_file(self) -> File:
        file = self.cleaned_data["file"]
        try:
            self.table = read(file.read(MOST_BYTES + 1))
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
