"""The people a focal point names."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.web.form_fields import LANGUAGES, LineField
from portal.web.public_forms import SendableEmailField
from training.actions.nominating import Person


class NomineeForm(forms.Form):
    """One person."""

    full_name = LineField(label=_("Full name"), max_length=200)
    job_title = LineField(label=_("Position"), max_length=200, required=False)
    email = SendableEmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)

    def has_changed(self) -> bool:
        """The language alone names nobody."""
        return any(name != "language" for name in self.changed_data)

    def person(self) -> Person:
        return Person(**self.cleaned_data)


class _Rows(forms.BaseFormSet):
    def people(self) -> list[Person]:
        return [form.person() for form in self.forms if form.has_changed()]


#: More than these are named in a second sheet.
MOST_ROWS = 20


def rows(sent: Any, free: int) -> Any:
    """A row for each free seat."""
    count = min(free, MOST_ROWS)
    made: Any = forms.formset_factory(
        NomineeForm, formset=_Rows, extra=count, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    return made(sent, prefix="person")
