"""Forms that anybody may fill in: a stamp shows that a form came from our page, an unseen field catches machines."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.directory.emails import sendable

STAMP_SALT = "public form"
TOO_MANY = _(
    "Too much has come from your network in the last hour. What you have written is still here: send it later."
)
STAMP_HOLDS = timedelta(hours=24)


def stamp() -> str:
    """Shows that a form came from our page; a fresh one for every page shown, also after an error."""
    return signing.dumps("form", salt=STAMP_SALT)


def refuse_for_now(form: forms.Form) -> None:
    """Too much has come from one network: what was typed stays in the form, and its page answers 429."""
    form.add_error(None, TOO_MANY)


class PublicForm(forms.Form):
    """A form with its stamp. Whoever fills the field no reader sees is a machine (`web/_public_form_end.html`)."""

    website = forms.CharField(required=False, widget=forms.HiddenInput)
    stamp = forms.CharField(widget=forms.HiddenInput)

    def clean_stamp(self) -> str:
        try:
            return signing.loads(self.cleaned_data["stamp"], salt=STAMP_SALT, max_age=STAMP_HOLDS)
        except signing.BadSignature as problem:
            raise forms.ValidationError(_("This form is out of date. Send it once more.")) from problem

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))


class SendableEmailField(forms.CharField):
    """An address letters can be sent to, as they are sent."""

    widget = forms.EmailInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 254, **kwargs})

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        try:
            return sendable(written) if written else ""
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
