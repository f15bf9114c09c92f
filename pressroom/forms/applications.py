"""What journalists are asked who want our releases, and what they may change later."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.web.form_fields import LANGUAGES, LineField
from portal.web.public_forms import PublicForm, SendableEmailField
from pressroom.forms.fields import BeatsField
from pressroom.models import Journalist

#: The words agreed to, kept with each application as they stood.
CONSENT = _(
    "I agree that the ministry keeps what I have written here to send me releases for the press and invitations, "
    "and for nothing else. I can change it, leave or have it erased at any time by the link in each letter."
)
FREQUENCIES = [
    (Journalist.Frequency.AT_ONCE, _("At once: each release by itself")),
    (Journalist.Frequency.DAILY, _("Once a day, at 17:00")),
    (Journalist.Frequency.WEEKLY, _("Once a week, on Friday at 17:00")),
]


class ApplicationForm(PublicForm):
    full_name = LineField(label=_("Full name"), max_length=120)
    outlet_name = LineField(label=_("Outlet"), max_length=200)
    role = LineField(
        label=_("Role"), max_length=120, required=False, help_text=_("Reporter, editor, camera operator …")
    )
    email = SendableEmailField(label=_("E-mail address"))
    card_number = LineField(
        label=_("Number of your press card or permit"), max_length=40, required=False,
        help_text=_("Leave it empty when you have none: we ask you when it is needed."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    frequency = forms.ChoiceField(label=_("How often"), choices=FREQUENCIES, widget=forms.RadioSelect)
    beats = BeatsField(label=_("Your beats"), help_text=_("Tick none to receive everything."))
    consent = forms.BooleanField(label=CONSENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beats"].queryset = BeatsField.offered(timezone.now())

    def particulars(self) -> dict[str, Any]:
        """What `applications.apply` takes."""
        names = ("full_name", "outlet_name", "role", "email", "card_number", "language", "frequency", "beats")
        return {name: self.cleaned_data[name] for name in names}


class PreferencesForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    frequency = forms.ChoiceField(
        label=_("How often"), widget=forms.RadioSelect,
        choices=[*FREQUENCIES, (Journalist.Frequency.NEVER, _("Not at all"))],
    )  # fmt: skip
    beats = BeatsField(label=_("Your beats"), help_text=_("Tick none to receive everything."))

    def __init__(self, *args: Any, journalist: Journalist, **kwargs: Any) -> None:
        chosen = [topic.pk for topic in journalist.beats.all()]
        initial = {"language": journalist.language, "frequency": journalist.frequency, "beats": chosen}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["beats"].queryset = BeatsField.offered(timezone.now(), chosen)
