"""What a step asks of the person who takes it: a note, an hour, the piece that replaces this one."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.editorial.states import Step
from portal.web.form_fields import refuse_impossible_year

NOTES: dict[str, tuple[Any, Any]] = {
    "optional": (_("Note"), _("For colleagues. You may leave it empty.")),
    "required": (_("Why?"), _("For colleagues: they read it on their desk and in the history.")),
    "public": (_("Public explanation"), _("Readers see these words, in the language of this text.")),
}


class MomentField(forms.DateTimeField):
    """A day and hour in Viet Nam time, to the second, as the browser's own control or as 20/11/2026 12:00."""

    is_moment = True  # the template says the chosen hour again in words, with its zone

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateTimeInput(
                attrs={"type": "datetime-local", "step": "1", "data-moment": ""}, format="%Y-%m-%dT%H:%M:%S"
            ),
        )
        kwargs.setdefault(
            "input_formats",
            [
                f"{day}{hour}"
                for day in ("%Y-%m-%dT", "%d/%m/%Y ", "%Y-%m-%d ")
                for hour in ("%H:%M", "%H:%M:%S")
            ],
        )
        kwargs.setdefault("help_text", _("Viet Nam time (UTC+7)."))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if moment is not None:
            refuse_impossible_year(moment)
        return moment


class NoteForm(forms.Form):
    """The lock version of the page the step was taken from, and a note where the step has one."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def add_note(self, kind: str) -> None:
        if not kind:
            return
        label, help_text = NOTES[kind]
        widget = forms.Textarea(attrs={"rows": 3})
        self.fields["note"] = forms.CharField(
            label=label, help_text=help_text, widget=widget, required=kind != "optional", max_length=2000
        )


class ExpiryForm(NoteForm):
    """When a text leaves the lists by itself; empty: never."""

    expire_at = MomentField(label=_("Expires"), required=False)


def step_form(step: Step, *args: Any, **kwargs: Any) -> NoteForm:
    """The form of one step of the table."""
    form = NoteForm(*args, **kwargs)
    if step.needs_time:
        form.fields["at"] = MomentField(label=_("Publish at"))
    form.add_note(step.note)
    if step.needs_successor:
        form.fields["successor"] = forms.CharField(
            label=_("Replaced by"),
            help_text=_(
                "Address on this portal of the piece that replaces this one, such as /vi/tin-tuc/…-12/. "
                "May stay empty."
            ),
            required=False,
            max_length=400,
        )
    return form
