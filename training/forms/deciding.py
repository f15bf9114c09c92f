"""What is typed about an event that is decided: its days, sessions, place, cancellation, permit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.languages import LANGUAGES
from portal.languages.dates import in_ict
from portal.web.form_fields import DayField, LineField, ScanField, TextField
from training.actions.events import MOST_SESSIONS, PlacePlan, SessionPlan
from training.forms.arranging import MomentField
from training.models import Consultation, Event, Permit, Session
from training.when import When

_FIRST, _LAST = 2000, 2199  # years: what lies outside was mistyped


class DaysForm(forms.Form):
    """The year, the month or the days of an event without sessions."""

    precision = forms.ChoiceField(
        label=_("The date is known to"),
        choices=[each for each in Event.Precision.choices if each[0] != Event.Precision.EXACT],
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(label=_("Year"), min_value=_FIRST, max_value=_LAST, required=False)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12, required=False)
    first = DayField(label=_("First day"), required=False)
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty: one day."))

    NEEDED = {"year": ("year",), "month": ("year", "month"), "day": ("first",)}

    @staticmethod
    def of(event: Event) -> dict[str, Any]:
        exact = event.precision in {Event.Precision.DAY, Event.Precision.EXACT}
        return {
            "precision": Event.Precision.DAY if exact else event.precision, "year": event.begins_on.year,
            "month": event.begins_on.month, "first": event.begins_on if exact else None,
            "last": event.ends_on if exact and event.ends_on != event.begins_on else None,
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in self.NEEDED.get(said.get("precision", ""), ()):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, _("Say this too."))
        for name in ("first", "last"):
            if said.get(name) and not _FIRST <= said[name].year <= _LAST:
                self.add_error(name, _("This year cannot be meant."))
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", _("It ends before it begins."))
        return said

    def when(self) -> When:
        said = self.cleaned_data
        if said["precision"] == "year":
            return When.year(said["year"])
        if said["precision"] == "month":
            return When.month(said["year"], said["month"])
        return When.days(said["first"], said["last"])


class PlaceForm(forms.Form):
    """Where, in both languages; on a map; online."""

    place_vi = LineField(label=_("Place, in Vietnamese"), max_length=300, required=False)
    place_en = LineField(label=_("Place, in English"), max_length=300, required=False)
    map_url = forms.URLField(
        label=_("Address on a map"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Shown as a link; nothing of another site is loaded."),
    )  # fmt: skip
    online_url = forms.URLField(
        label=_("Address online"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Only whoever has a seat is told."),
    )  # fmt: skip

    @staticmethod
    def of(event: Event) -> dict[str, Any]:
        places = {f"place_{each}": event.text("place", each) for each in LANGUAGES}
        return {**places, "map_url": event.map_url, "online_url": event.online_url}

    def plan(self) -> PlacePlan:
        said = self.cleaned_data
        return PlacePlan(
            {each: said[f"place_{each}"] for each in LANGUAGES}, said["map_url"], said["online_url"]
        )


class SessionForm(forms.Form):
    """One session; a row left empty is none."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    begins = MomentField(label=_("Begins"))
    ends = MomentField(label=_("Ends"))
    title_vi = LineField(label=_("Title, in Vietnamese"), max_length=200, required=False)
    title_en = LineField(label=_("Title, in English"), max_length=200, required=False)
    room_vi = LineField(label=_("Room, in Vietnamese"), max_length=200, required=False)
    room_en = LineField(label=_("Room, in English"), max_length=200, required=False)

    @staticmethod
    def of(session: Session) -> dict[str, Any]:
        words = {
            f"{name}_{each}": getattr(session, f"{name}_{each}") or ""
            for name in ("title", "room")
            for each in LANGUAGES
        }
        return {
            **words,
            "pk": session.pk,
            "begins": in_ict(session.begins_at),
            "ends": in_ict(session.ends_at),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.cleaned_data.get("DELETE"):
            return said
        for name in ("begins", "ends"):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, _("Say this too."))
        if said.get("begins") and said.get("ends") and said["ends"] <= said["begins"]:
            self.add_error("ends", _("It ends before it begins."))
        return said

    def plan(self) -> SessionPlan:
        said = self.cleaned_data
        titles, rooms = ({each: said[f"{name}_{each}"] for each in LANGUAGES} for name in ("title", "room"))
        return SessionPlan(said["begins"], said["ends"], titles, rooms, said["pk"])


SessionFormSet = forms.formset_factory(
    SessionForm,
    extra=2,
    can_delete=True,
    max_num=MOST_SESSIONS,
    absolute_max=MOST_SESSIONS,
    validate_max=True,
)


class CancelForm(forms.Form):
    """The public reason in each language, and that it is meant."""

    reason_vi = TextField(label=_("Public reason, in Vietnamese"), max_length=800, required=False)
    reason_en = TextField(label=_("Public reason, in English"), max_length=800, required=False)
    sure = forms.BooleanField(label=_("Yes, this event will not take place."))


class ForeignForm(forms.Form):
    authority = forms.ChoiceField(
        label=_("Who permits it"), choices=Permit.Authority.choices, widget=forms.RadioSelect
    )


class DayForm(forms.Form):
    """A day on which something was sent."""

    day = DayField(label=_("Day"))


class ConsultForm(forms.Form):
    agency = LineField(label=_("Agency"), max_length=200)
    asked_on = DayField(label=_("Asked on"))


class AnswerForm(forms.Form):
    consultation = forms.IntegerField(widget=forms.HiddenInput)
    opinion = forms.ChoiceField(label=_("Answer"), choices=Consultation.Opinion.choices)
    answered_on = DayField(label=_("Answered on"))
    note = LineField(label=_("What it says"), max_length=1000, required=False)


class GrantForm(forms.Form):
    number = LineField(label=_("Number of the decision"), max_length=60)
    decided_on = DayField(label=_("Date of the decision"))
    scan = ScanField(label=_("The decision as a file"), required=False)


class RefusalForm(forms.Form):
    refused_on = DayField(label=_("Date of the decision"))
    why = TextField(label=_("Why it was refused"), max_length=1000)
