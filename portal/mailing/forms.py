"""Signing up: as few questions as the letter needs."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.directory.emails import sendable
from portal.mailing.models import MailingList

#: The words agreed to, kept with each subscription as they stood.
CONSENT = _(
    "I agree that the ministry keeps this address and language to send me the lists chosen above, and for nothing else. "
    "I can leave at any time by the link in each letter."
)
STAMP_SALT = "mailing sign-up"
STAMP_HOLDS = timedelta(hours=24)


def stamp() -> str:
    """Shows that a form came from our page."""
    return signing.dumps("form", salt=STAMP_SALT)


class SignUpForm(forms.Form):
    """An address, a language, lists, consent. Whoever fills the field no reader sees is a machine."""

    email = forms.CharField(label=_("E-mail address"), max_length=254, widget=forms.EmailInput)
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    lists = forms.ModelMultipleChoiceField(
        label=_("What to send"), queryset=MailingList.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    consent = forms.BooleanField(label=CONSENT)
    website = forms.CharField(required=False)
    stamp = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lists"].queryset = MailingList.objects.filter(is_public=True)

    def clean_email(self) -> str:
        try:
            return sendable(self.cleaned_data["email"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_stamp(self) -> str:
        try:
            return signing.loads(self.cleaned_data["stamp"], salt=STAMP_SALT, max_age=STAMP_HOLDS)
        except signing.BadSignature as problem:
            raise forms.ValidationError(_("This form is out of date. Send it once more.")) from problem

    @property
    def is_from_a_machine(self) -> bool:
        return bool(self.data.get("website"))
