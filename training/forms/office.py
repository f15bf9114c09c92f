"""What organisers type about an event's participants: head counts, exports, letters, periods, requests on paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.form_fields import LANGUAGES, DayField, LineField
from training.audiences import STATES
from training.models import Event, HeadCount, Keeping, RightsRequest

LONGEST_PERIOD = 3650  # days


class HeadCountForm(forms.Form):
    """A figure from minutes or a report, with its word and where it stands."""

    what = forms.ChoiceField(label=_("What was counted"), choices=HeadCount.What.choices)
    qualifier = forms.ChoiceField(label=_("The source says"), choices=Event.Qualifier.choices, required=False)
    number = forms.IntegerField(
        label=_("Number"), min_value=0, max_value=1_000_000, required=False,
        help_text=_("Empty takes an earlier figure back."),
    )  # fmt: skip
    source = LineField(label=_("Source"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("number") is not None and not said.get("source"):
            self.add_error("source", _("Say where the figure is taken from."))
        return said


class ExportForm(forms.Form):
    """For what the copy is taken stands in it and in the history."""

    purpose = LineField(
        label=_("For what"),
        max_length=200,
        help_text=_("It stands in the file, and in the history of the event."),
    )
    form = forms.ChoiceField(label=_("As"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])


class LetterForm(forms.Form):
    """To whom a letter is begun."""

    states = forms.MultipleChoiceField(
        label=_("To those who"), choices=[(state.value, state.label) for state in STATES],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        help_text=_("It reaches those who want letters in this language."),
    )


class PeriodsForm(forms.Form):
    """Days for which this event keeps what; empty is what holds for all events."""

    reason = LineField(label=_("Why for another time"), max_length=300, required=False)

    def __init__(self, *args: Any, general: dict[str, int], own: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for what, label in Keeping.choices:
            self.fields[what] = forms.IntegerField(
                label=label, min_value=0, max_value=LONGEST_PERIOD, required=False, initial=own.get(what),
                widget=forms.NumberInput(attrs={"placeholder": general.get(what, "")}),
            )  # fmt: skip
        self.order_fields([*Keeping.values, "reason"])

    def days(self) -> dict[str, int | None]:
        return {what: self.cleaned_data[what] for what in Keeping.values}


class RightsRequestForm(forms.Form):
    """A request that came on paper, about one registration that was found."""

    registration = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    kind = forms.ChoiceField(label=_("Asks"), choices=RightsRequest.Kind.choices)
    received_on = DayField(label=_("Received on"))
    reference = LineField(label=_("Number of the letter"), max_length=100, required=False)
