"""What a foreign newsroom is asked that wants something of the ministry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Country
from portal.languages.sorting import vietnamese_key
from portal.web.form_fields import LANGUAGES, DayField, LineField, TextField
from portal.web.public_forms import PublicForm, SendableEmailField
from pressroom.models import ForeignPressRequest

#: The words agreed to, kept with each request as they stood.
CONSENT = _(
    "I agree that the ministry keeps what I have written here to answer this request, and passes it on to the units "
    "and authorities that must take part in the answer."
)


class ForeignPressForm(PublicForm):
    kind = forms.ChoiceField(label=_("What you ask for"), widget=forms.RadioSelect, choices=[
        (ForeignPressRequest.Kind.INTERVIEW, _("An interview")),
        (ForeignPressRequest.Kind.VISIT, _("A visit")),
        (ForeignPressRequest.Kind.FILMING, _("Help with a filming permit")),
        (ForeignPressRequest.Kind.ASSISTANCE, _("Other assistance")),
    ])  # fmt: skip
    subject = TextField(
        label=_("What it is about"),
        max_length=4000,
        help_text=_("Whom you wish to meet, what you wish to see or film."),
    )
    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Until"))
    places = TextField(
        label=_("Places"), max_length=1000, help_text=_("Cities, provinces, institutions, one on a line."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    people = forms.IntegerField(label=_("People in your team"), min_value=1, max_value=200, initial=1)
    full_name = LineField(label=_("Your full name"), max_length=120)
    outlet_name = LineField(label=_("Outlet"), max_length=200)
    country = forms.ModelChoiceField(
        label=_("Country of the outlet"), queryset=Country.objects.none(), required=False, empty_label="–"
    )
    email = SendableEmailField(label=_("E-mail address"))
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    consent = forms.BooleanField(label=CONSENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].queryset = Country.objects.all()
        countries = sorted(self.fields["country"].queryset, key=lambda country: vietnamese_key(str(country)))
        self.fields["country"].choices = [("", "–"), *((each.pk, str(each)) for each in countries)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return said

    def particulars(self) -> dict[str, Any]:
        """What `foreign_press.ask` takes."""
        names = (
            "kind", "subject", "first_day", "last_day", "places", "people", "full_name", "outlet_name", "country",
            "email", "phone", "language",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}
