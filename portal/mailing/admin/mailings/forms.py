"""The words of a mailing, and whom they are for."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mailing import letters
from portal.mailing.composing import GREETING, own_mail_url
from portal.mailing.models import Mailing, Message


class MailingForm(forms.ModelForm):
    """The words beside the mailing; where the reader's own page stands, they say {page}, where they greet, {greeting}."""

    subject = forms.CharField(label=_("Subject"), max_length=300)
    language = forms.ChoiceField(label=_("Language"), choices=[("vi", _("Vietnamese")), ("en", _("English"))])
    text = forms.CharField(
        label=_("Text"), widget=forms.Textarea(attrs={"rows": 18, "cols": 78}),
        initial="{greeting}\n\n\n\n{page}",
        help_text=_(
            "Write {greeting} where the letter greets: a post with its own salutation, everybody else with “Dear reader,”. "
            "Write {page} where the address of the reader's own page shall stand: there they leave the list."
        ),
    )  # fmt: skip

    class Meta:
        model = Mailing
        fields = ["title", "lists", "is_in_both_languages", "staff_first", "few_first"]
        widgets: ClassVar[dict[str, Any]] = {"lists": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.message.html:
            self._close("subject", "language", "text")
        elif self.instance.pk:
            message = self.instance.message
            self.initial |= {
                "subject": message.subject,
                "language": message.language,
                "text": message.text.replace(own_mail_url(), "{page}").replace(GREETING, "{greeting}"),
            }

        if self.instance.follows_another:
            self._close("lists", "is_in_both_languages")

    def _close(self, *names: str) -> None:
        """What was composed elsewhere is not written here."""
        for name in names:
            self.fields.pop(name, None)

    @property
    def has_words(self) -> bool:
        return "text" in self.fields

    def message(self) -> Message:
        """The words as they are sent."""
        said = self.cleaned_data
        text = said["text"].replace("{page}", own_mail_url()).replace("{greeting}", GREETING)
        return Message(
            subject=said["subject"], text=text, language=said["language"],
            sender=letters.sender(said["language"]), list_id="portal", created_at=timezone.now(),
        )  # fmt: skip
