"""How organisers arrange the seats of an event."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.languages import LANGUAGES
from portal.languages.dates import ICT
from portal.web.form_fields import LineField
from portal.web.public_forms import SendableEmailField
from training.actions.arrangements import ARRANGED, Group
from training.forms.registering import PersonForm, UnitForm
from training.models import Event, Quota

_FIRST, _LAST = 2000, 2200  # years: what lies outside was mistyped


class MomentField(forms.DateTimeField):
    """A day and an hour in Viet Nam."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"]
        super().__init__(**{"required": False, "widget": widget, "input_formats": formats, **kwargs})

    def to_python(self, value: Any) -> datetime | None:
        moment = super().to_python(value)
        if moment is not None and not _FIRST <= moment.year <= _LAST:
            raise forms.ValidationError(_("This year cannot be meant."))
        return moment


class HallForm(forms.Form):
    """Capacity, window, how seats are given, what a certificate asks."""

    capacity = forms.IntegerField(
        label=_("Seats"), min_value=0, max_value=100_000, required=False, help_text=_("Empty: nobody registers here."),
    )  # fmt: skip
    admission = forms.ChoiceField(label=_("How seats are given"), choices=Event.Admission.choices)
    opens_at = MomentField(
        label=_("Registration opens"), help_text=_("Empty: as soon as the event is published.")
    )
    closes_at = MomentField(label=_("Registration closes"), help_text=_("Empty: when the event begins."))
    offer_hours = forms.IntegerField(label=_("An offered seat waits, hours"), min_value=1, max_value=720)
    planned_count = forms.IntegerField(
        label=_("Participants planned"), min_value=0, max_value=100_000, required=False
    )
    planned_qualifier = forms.ChoiceField(
        label=_("The plan says"), choices=Event.Qualifier.choices, required=False
    )
    gives_certificate = forms.BooleanField(label=_("Gives a certificate"), required=False)
    attendance_percent = forms.IntegerField(
        label=_("Sessions attended for a certificate, per cent"), min_value=1, max_value=100
    )

    @staticmethod
    def of(event: Event) -> dict[str, Any]:
        said = {name: getattr(event, name) for name in ARRANGED}
        return said | {name: _shown(said[name]) for name in ("opens_at", "closes_at")}


def _shown(moment: datetime | None) -> datetime | None:
    return moment.astimezone(ICT) if moment else None


class GroupForm(forms.Form):
    """A group for which seats are kept."""

    name_vi = LineField(label=_("Group, in Vietnamese"), max_length=160)
    name_en = LineField(label=_("Group, in English"), max_length=160)
    seats = forms.IntegerField(label=_("Seats"), min_value=0, max_value=100_000)
    kind = forms.ChoiceField(
        label=_("For all of a kind"), required=False, choices=[("", "—"), *Organisation.Kind.choices]
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Or for these units"), queryset=Organisation.objects.active(), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("With neither a kind nor units, the group has those alone who are named by its focal point or moved there."),
    )  # fmt: skip
    released_at = MomentField(
        label=_("Unused seats are for all from"), help_text=_("Empty: they stay with the group.")
    )
    focal_name = LineField(label=_("Focal point"), max_length=200, required=False)
    focal_email = SendableEmailField(label=_("Its e-mail address"), required=False)
    focal_language = forms.ChoiceField(
        label=_("Language of its letters"), choices=Quota._meta.get_field("focal_language").choices
    )

    @staticmethod
    def of(quota: Quota) -> dict[str, Any]:
        names = ("name_vi", "name_en", "seats", "kind", "focal_name", "focal_email", "focal_language")
        said = {name: getattr(quota, name) for name in names}
        return said | {"units": list(quota.units.all()), "released_at": _shown(quota.released_at)}

    def group(self) -> Group:
        said = dict(self.cleaned_data)
        names = {language: said.pop(f"name_{language}") for language in LANGUAGES}
        return Group(names=names, units=tuple(said.pop("units")), **said)


class SomebodyForm(PersonForm, UnitForm):
    """Somebody whom the organisers register themselves."""

    email = SendableEmailField(label=_("E-mail address"))
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=Quota._meta.get_field("focal_language").choices
    )

    field_order = ("full_name", "address", "email", "phone", "unit", "unit_name", "job_title", "language")

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units(event)
