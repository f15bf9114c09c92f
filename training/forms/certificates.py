"""Forms of the office about certificates."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.people.models import Person
from portal.web.form_fields import DayField, LineField, TextField


class IssueForm(forms.Form):
    """What is the same on all certificates of one issue."""

    signer = forms.ModelChoiceField(label=_("Signer"), queryset=Person.objects.none())
    hours = forms.DecimalField(
        label=_("Length in hours"), min_value=0.25, max_value=2000, max_digits=6, decimal_places=2
    )
    issued_on = DayField(label=_("Date on the certificates"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signer"].queryset = signers(today)


def signers(today: date) -> Any:
    """Whoever holds an office, by name."""
    held = Person.objects.filter(offices__since__lte=today).exclude(offices__until__lt=today)
    return held.distinct().order_by("full_name", "pk")


class EndForm(forms.Form):
    """Why a certificate is revoked; shown to whoever looks at its page."""

    why_vi = TextField(
        label=_("Reason in Vietnamese"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    why_en = TextField(label=_("Reason in English"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def why(self) -> dict[str, str]:
        return {"vi": self.cleaned_data["why_vi"], "en": self.cleaned_data["why_en"]}


class ReissueForm(EndForm):
    """The name as it should have been, or is now."""

    full_name = LineField(label=_("Name on the new certificate"), max_length=200)
