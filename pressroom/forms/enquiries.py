"""What journalists, units and officers are asked at the enquiry desk."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.directory.emails import sendable
from portal.directory.models import Organisation
from portal.editorial.forms.steps import MomentField
from portal.languages.dates import vietnamese_day
from portal.web.form_fields import LineField, TextField
from portal.web.public_forms import PublicForm, SendableEmailField
from pressroom.models import Enquiry, RefusalGround

#: The words agreed to, kept with each enquiry as they stood.
CONSENT = _(
    "I agree that the ministry keeps my name, outlet, e-mail address and telephone number to answer this question, and for "
    "nothing else. They are erased some time after the enquiry is closed."
)
LONGEST_QUESTION = 4000


def area(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class AskForm(PublicForm):
    """A journalist's question."""

    asked_by = LineField(label=_("Your name"), max_length=120)
    outlet_name = LineField(
        label=_("Outlet"), max_length=200, help_text=_("The newspaper, agency or station you ask for.")
    )
    email = SendableEmailField(
        label=_("E-mail address"),
        help_text=_("The answer is sent here, with a link to follow your question."),
    )  # fmt: skip
    phone = LineField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Only if we may call you back.")
    )
    subject = LineField(label=_("What it is about"), max_length=200)
    question = TextField(label=_("Question"), max_length=LONGEST_QUESTION, widget=area(8))
    wanted_by = MomentField(
        label=_("Your deadline"), required=False,
        help_text=_("Viet Nam time (UTC+7). Leave it empty if you have none."),
    )  # fmt: skip
    terms = forms.ChoiceField(
        label=_("Terms"), choices=Enquiry.Terms.choices, initial=Enquiry.Terms.ON_RECORD,
        help_text=_("An answer on the record may be published here for everybody."),
    )  # fmt: skip
    may_be_named = forms.BooleanField(
        label=_("If the answer is published here, my name may stand beside my outlet’s."), required=False
    )
    consent = forms.BooleanField(label=CONSENT)

    def enquiry(self, language: str) -> Enquiry:
        """The enquiry that was asked, not saved yet."""
        said = {name: self.cleaned_data[name] for name in self._meta_names()}
        return Enquiry(channel=Enquiry.Channel.FORM, language=language, consent=str(CONSENT), **said)

    @staticmethod
    def _meta_names() -> tuple[str, ...]:
        return (
            "asked_by",
            "outlet_name",
            "email",
            "phone",
            "subject",
            "question",
            "wanted_by",
            "terms",
            "may_be_named",
        )


class FollowUpForm(PublicForm):
    question = TextField(label=_("Your further question"), max_length=LONGEST_QUESTION, widget=area(5))


class UnitAnswerForm(PublicForm):
    """What a unit's focal point writes on the page of the letter."""

    answer = TextField(label=_("What your unit says"), max_length=20_000, widget=area(10))
    name = LineField(label=_("Your name and post"), max_length=160)


class TakeInForm(forms.ModelForm):
    """An enquiry that came by telephone, e-mail or at a meeting, written down by an officer."""

    class Meta:
        model = Enquiry
        fields = ["channel", "asked_by", "outlet", "outlet_name", "email", "phone", "language", "subject",
                  "question", "asked_at", "wanted_by", "terms", "may_be_named"]  # fmt: skip
        field_classes = {"asked_at": MomentField, "wanted_by": MomentField}
        widgets = {"question": area(8)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [
            each for each in Enquiry.Channel.choices if each[0] != Enquiry.Channel.FORM
        ]
        self.fields["channel"].initial = Enquiry.Channel.PHONE
        self.fields["asked_at"].initial = timezone.now()
        self.fields["outlet"].queryset = Organisation.objects.active().filter(kind=Organisation.Kind.PRESS)

    def clean_email(self) -> str:
        return _sendable(self.cleaned_data["email"]) if self.cleaned_data["email"] else ""

    def clean(self) -> dict[str, Any]:
        """A journalist of the register is known by the address; somebody and some way to answer there must be."""
        said = super().clean()
        if not said.get("asked_by"):
            self.add_error("asked_by", _("Say who asked."))
        if not said.get("email") and not said.get("phone"):
            self.add_error(
                "email", _("Without an e-mail address or a telephone number nobody can be answered.")
            )
        asked = said.get("asked_at")
        if asked and asked > timezone.now():
            self.add_error("asked_at", _("Nobody has asked in the future."))
        return said


class DraftForm(forms.Form):
    """The answer in both languages; with a ground it is a refusal."""

    answer_vi = TextField(label=_("Answer in Vietnamese"), required=False, max_length=20_000, widget=area(10))
    answer_en = TextField(label=_("Answer in English"), required=False, max_length=20_000, widget=area(10))
    ground = forms.ModelChoiceField(
        label=_("Refused on the ground of"), queryset=RefusalGround.objects.none(), required=False,
        empty_label=_("no refusal: this is an answer"),
    )  # fmt: skip
    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ground"].queryset = RefusalGround.objects.valid_on(vietnamese_day(timezone.now()))
        for language in ("vi", "en"):
            self.fields[f"answer_{language}"].widget.attrs["lang"] = language

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not (said.get("answer_vi") or said.get("answer_en")):
            self.add_error(
                None, _("Write the answer, or the words of the refusal, in one language at least.")
            )
        return said

    def answers(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"answer_{language}"] for language in ("vi", "en")}


class UnitForm(forms.Form):
    """Which unit is asked, for what, by when."""

    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Organisation.objects.active().filter(kind=Organisation.Kind.UNIT)
    )
    words = TextField(label=_("What the unit is asked for"), max_length=4000, widget=area(4))
    due_at = MomentField(
        label=_("Due"),
        required=False,
        help_text=_("Left empty, the time the house’s rules give. Viet Nam time (UTC+7)."),
    )


class UnitWordsForm(forms.Form):
    """What a unit told an officer by telephone or on paper."""

    answer = TextField(label=_("What the unit says"), max_length=20_000, widget=area(4))
    name = LineField(label=_("Who said it"), max_length=160)


class TermsForm(forms.Form):
    terms = forms.ChoiceField(label=_("Terms"), choices=Enquiry.Terms.choices)
    may_be_named = forms.BooleanField(label=_("The journalist may be named"), required=False)


class ReasonForm(forms.Form):
    note = TextField(label=_("In a few words"), max_length=2000, widget=area(2))


def _sendable(written: str) -> str:
    try:
        return sendable(written)
    except Refused as refusal:
        raise forms.ValidationError(str(refusal)) from refusal
