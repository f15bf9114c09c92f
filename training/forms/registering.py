"""What is asked of whoever wants a seat: the least that is needed."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages.sorting import vietnamese_key
from portal.web.form_fields import LANGUAGES, LineField, TextField
from portal.web.public_forms import PublicForm, SendableEmailField
from training.models import Event, Registration

#: The words agreed to, kept with each registration as they stood.
CONSENT = _(
    "I agree that the ministry keeps what I have written here to organise this event, to write to me about it, and to record that "
    "I took part. I can see, correct and withdraw it on my own page. What I need on the day is deleted soon after the event."
)
_PICKED = (Organisation.Kind.UNIT, Organisation.Kind.PROVINCE)


class PersonForm(forms.Form):
    """Who somebody is."""

    address = forms.ChoiceField(
        label=_("Form of address"), required=False,
        choices=[("", _("none")), *Registration._meta.get_field("address").choices],
    )  # fmt: skip
    full_name = LineField(
        label=_("Full name"), max_length=200, help_text=_("As it is to stand on a certificate."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    job_title = LineField(
        label=_("Position"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )  # fmt: skip


class UnitForm(forms.Form):
    """Where somebody works: one of a list, or written."""

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Organisation.objects.none(), required=False, empty_label=_("not in this list"),
    )  # fmt: skip
    unit_name = LineField(
        label=_("Organisation, when it is not in the list"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip

    def offer_units(self, event: Event) -> None:
        """Units of the ministry, provincial departments, and whomever the event keeps seats for."""
        field: Any = self.fields["unit"]
        units = units_for(event)
        field.queryset = Organisation.objects.filter(pk__in=[each.pk for each in units])
        field.choices = [("", field.empty_label), *_by_kind(units)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("unit"):
            said["unit_name"] = ""
        elif not said.get("unit_name") and not {"unit", "unit_name"} & set(self.errors):
            self.add_error("unit", _("Choose your unit, or write below what it is called."))
        return said


def units_for(event: Event) -> list[Organisation]:
    """Two queries."""
    quotas = list(event.quotas.prefetch_related("units"))
    kinds = {*_PICKED, *(each.kind for each in quotas if each.kind)}
    named = [unit.pk for each in quotas for unit in each.units.all()]
    active = Organisation.objects.active()
    found = active.filter(kind__in=kinds) | active.filter(pk__in=named)
    order = list(Organisation.Kind.values)
    return sorted(
        found, key=lambda each: (each.kind not in _PICKED, order.index(each.kind), vietnamese_key(str(each)))
    )


def _by_kind(units: list[Organisation]) -> list[tuple[Any, list[tuple[int, str]]]]:
    return [
        (Organisation.Kind(kind).label, [(each.pk, str(each)) for each in group])
        for kind, group in groupby(units, key=lambda each: each.kind)
    ]


class RegistrationForm(PublicForm, PersonForm, UnitForm):
    """A seat for oneself."""

    email = SendableEmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("A letter with a link goes there: the registration counts once you have confirmed it."),
    )  # fmt: skip
    needs = TextField(
        label=_("What you need on the day"), max_length=1000, required=False,
        help_text=_("Step-free access, sign language, food …"), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    consent = forms.BooleanField(label=CONSENT)

    field_order = ("full_name", "address", "email", "unit", "unit_name", "job_title", "needs", "language")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units(event)

    def particulars(self) -> dict[str, Any]:
        """What `registering.register` takes."""
        names = ("full_name", "address", "email", "unit", "unit_name", "job_title", "needs", "language")
        return {name: self.cleaned_data[name] for name in names}


class OwnForm(PersonForm):
    """What somebody may put right on their own page."""

    needs = TextField(
        label=_("What you need on the day"), max_length=1000, required=False,
        help_text=_("Step-free access, sign language, food …"), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
