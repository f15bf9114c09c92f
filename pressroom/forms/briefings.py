"""What is typed about a briefing: its date and place, its cancellation, seats, questions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.directory.emails import LONGEST
from portal.directory.models import Organisation
from portal.editorial.forms.steps import MomentField
from portal.languages import LANGUAGES
from portal.languages.dates import ICT, in_ict
from portal.search.models import Topic
from portal.web.form_fields import DayField, LineField, TextField
from portal.web.public_forms import PublicForm, SendableEmailField
from pressroom.actions.briefings import Plan
from pressroom.briefing_facts import When, moment_on
from pressroom.models import Briefing, BriefingQuestion, Journalist

#: The words agreed to when a seat is asked for, kept with the seat as they stood.
CONSENT = _(
    "I agree that the ministry keeps my name, my outlet and my coming for this briefing: for the seat, the door and its "
    "records, and for nothing else."
)
_HOUR = {"type": "time", "step": "60"}
_AREA = {"rows": 3}


class PlanForm(forms.Form):
    """Kind, date as exactly as it is known, place in both languages."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Briefing.Kind.choices, widget=forms.RadioSelect)
    precision = forms.ChoiceField(
        label=_("The date is known to"), choices=Briefing.Precision.choices, widget=forms.RadioSelect
    )
    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2199, required=False)
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), choices=[(1, "I"), (2, "II"), (3, "III"), (4, "IV")], coerce=int, required=False
    )
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    day = DayField(label=_("Day"), required=False)
    begins = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs=_HOUR, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until"), required=False, widget=forms.TimeInput(attrs=_HOUR, format="%H:%M")
    )
    place_vi = LineField(label=_("Place, in Vietnamese"), max_length=300, required=False)
    place_en = LineField(label=_("Place, in English"), max_length=300, required=False)
    urgency = TextField(
        label=_("Why the notice is shorter than the law asks"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only where it is. An ad hoc briefing may be urgent; the reason is shown on its page."),
    )  # fmt: skip

    @staticmethod
    def of(briefing: Briefing) -> dict[str, Any]:
        """What the form shows of a briefing."""
        begins, ends = (in_ict(each) if each else None for each in (briefing.begins_at, briefing.ends_at))
        quarter = briefing.quarter()
        return {
            "kind": briefing.kind, "precision": briefing.precision, "year": quarter.year, "quarter": quarter.number,
            "month": briefing.day.month, "day": briefing.day if begins else None, "begins": begins, "ends": ends,
            "urgency": briefing.urgency, **{f"place_{each}": briefing.text("place", each) for each in LANGUAGES},
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        needed = {
            "quarter": ("year", "quarter"),
            "month": ("year", "month"),
            "exact": ("day", "begins", "ends"),
        }
        for name in needed.get(said.get("precision", ""), ()):
            if said.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, _("Say this too."))
        if (
            said.get("precision") == "exact"
            and said.get("begins")
            and said.get("ends")
            and said["ends"] <= said["begins"]
        ):
            self.add_error("ends", _("It ends before it begins."))
        return said

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(said["kind"], self._when(said), {each: said[f"place_{each}"] for each in LANGUAGES})

    def _when(self, said: dict[str, Any]) -> When:
        if said["precision"] == "quarter":
            return When("quarter", date(said["year"], said["quarter"] * 3 - 2, 1))
        if said["precision"] == "month":
            return When("month", date(said["year"], said["month"], 1))
        return When(
            "exact", said["day"], moment_on(said["day"], said["begins"]), moment_on(said["day"], said["ends"])
        )


class ConfirmForm(forms.Form):
    urgency = TextField(
        label=_("Why the notice is shorter than the law asks"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class CancelForm(forms.Form):
    """The public reason in each language."""

    reason_vi = TextField(
        label=_("Public reason, in Vietnamese"),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs=_AREA),
    )
    reason_en = TextField(
        label=_("Public reason, in English"),
        max_length=800,
        required=False,
        widget=forms.Textarea(attrs=_AREA),
    )


class SeatsForm(forms.Form):
    """How many seats there are."""

    capacity = forms.IntegerField(
        label=_("Seats"),
        min_value=0,
        max_value=5000,
        required=False,
        help_text=_("Empty: as many as are asked for."),
    )
    outlet_cap = forms.IntegerField(label=_("For one outlet at most"), min_value=1, max_value=500)
    asks_until = MomentField(
        label=_("May be asked for until"), required=False, help_text=_("Empty: until the briefing begins.")
    )

    @staticmethod
    def of(briefing: Briefing) -> dict[str, Any]:
        until = briefing.asks_until
        return {
            "capacity": briefing.capacity, "outlet_cap": briefing.outlet_cap,
            "asks_until": until.astimezone(ICT) if until else None,
        }  # fmt: skip


class QuestionForm(forms.Form):
    """A question the office writes down."""

    outlet = forms.ModelChoiceField(
        label=_("Outlet"),
        queryset=Organisation.objects.filter(kind=Organisation.Kind.PRESS).order_by("name_vi", "name_en"),
    )
    language = forms.ChoiceField(label=_("Language"), choices=BriefingQuestion.Language.choices)
    topic = forms.ModelChoiceField(label=_("Topic"), queryset=Topic.objects.all(), required=False)
    text = TextField(label=_("Question"), max_length=2000, widget=forms.Textarea(attrs=_AREA))


class NotesForm(forms.Form):
    """What only the chair reads."""

    notes_vi = TextField(
        label=_("Notes in Vietnamese"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "vi"}),
    )
    notes_en = TextField(
        label=_("Notes in English"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "en"}),
    )


class AskForm(PublicForm):
    """A journalist's address."""

    email = SendableEmailField(
        label=_("E-mail address known to the press office"), max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class SeatForm(forms.Form):
    """A journalist takes a seat, and may send a question along."""

    consent = forms.BooleanField(label=CONSENT)
    question = TextField(
        label=_("A question you would like to ask"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Not needed. It goes to the chair’s staff."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of the question"), choices=BriefingQuestion.Language.choices
    )


class AskedForm(forms.Form):
    """One more question of somebody who has a seat or waits for one."""

    question = TextField(label=_("Your question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    language = forms.ChoiceField(
        label=_("Language of the question"), choices=BriefingQuestion.Language.choices
    )


class DoorForm(forms.Form):
    """Somebody of the register whom the office seats itself."""

    journalist = forms.ModelChoiceField(
        label=_("Journalist"),
        queryset=Journalist.objects.filter(state=Journalist.State.ACCREDITED).select_related("outlet"),
    )
