"""What is asked of who wants a badge."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.languages.dates import vietnamese_day
from portal.web.form_fields import LANGUAGES, DayField, LineField, ScanField
from portal.web.public_forms import PublicForm, SendableEmailField
from pressroom.actions.accreditation import Scan
from pressroom.models import AccreditationFile, AccreditationRound, Journalist

#: The words agreed to, kept with each request as they stood.
CONSENT = _(
    "I agree that the ministry keeps what I have written here and the files I send, to decide on this badge and for "
    "nothing else. The files are seen by the press office alone and deleted %(days)d days after the event."
)


class AccreditationForm(PublicForm):
    full_name = LineField(
        label=_("Full name"), max_length=120, help_text=_("As on the card: it is printed on the badge.")
    )
    outlet_name = LineField(label=_("Outlet"), max_length=200)
    role = LineField(
        label=_("Role"), max_length=120, required=False, help_text=_("Reporter, editor, camera operator …")
    )
    email = SendableEmailField(label=_("E-mail address"))
    phone = LineField(label=_("Telephone"), max_length=40)
    card_kind = forms.ChoiceField(
        label=_("Kind of card"),
        choices=[
            (Journalist.Card.PRESS_CARD, _("Press card")),
            (Journalist.Card.PERMIT, _("Permit of foreign press")),
        ],
    )
    card_number = LineField(label=_("Number of the card or permit"), max_length=40)
    card_issuer = LineField(label=_("Issued by"), max_length=160)
    card_valid_until = DayField(label=_("Valid until"))
    equipment = LineField(
        label=_("Equipment"),
        max_length=300,
        required=False,
        help_text=_("Cameras, tripods, what needs power."),
    )
    card = ScanField(
        label=_("Scan of the press card or permit"), help_text=_("A picture or a PDF, up to 10 MB.")
    )
    letter = ScanField(
        label=_("Letter of your editorial office"), required=False,
        help_text=_("A picture or a PDF, up to 10 MB. Not needed when we know you."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letters"), choices=LANGUAGES)
    consent = forms.BooleanField()

    def __init__(self, *args: Any, round_: AccreditationRound, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round_
        self.fields["consent"].label = self.words_agreed_to

    @property
    def words_agreed_to(self) -> str:
        return str(CONSENT) % {"days": self.round.keep_files_for}

    def clean_card_valid_until(self) -> Any:
        day = self.cleaned_data["card_valid_until"]
        if day < vietnamese_day(timezone.now()):
            raise forms.ValidationError(_("This card has run out."))
        return day

    def particulars(self) -> dict[str, Any]:
        """What `accreditation.ask` takes."""
        names = (
            "full_name", "outlet_name", "role", "email", "phone", "card_kind", "card_number", "card_issuer",
            "card_valid_until", "equipment", "language",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}

    def scans(self) -> list[Scan]:
        kinds = {"card": AccreditationFile.Kind.CARD, "letter": AccreditationFile.Kind.LETTER}
        return [(kind, self.cleaned_data[name]) for name, kind in kinds.items() if self.cleaned_data[name]]
