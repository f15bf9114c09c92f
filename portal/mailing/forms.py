"""What readers are asked when they sign up, and staff when somebody has left."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused
from portal.directory.emails import LONGEST, sendable
from portal.directory.models import Post
from portal.languages.dates import vietnamese_day
from portal.languages.folding import normalise
from portal.mailing.models import MailingList, Returned
from portal.web.public_forms import PublicForm, SendableEmailField

#: The words agreed to, kept with each subscription as they stood.
CONSENT = _(
    "I agree that the ministry keeps this address and language to send me the lists chosen above, and for nothing else. "
    "I can leave at any time by the link in each letter."
)


class SignUpForm(PublicForm):
    """An address, a language, lists, consent."""

    email = SendableEmailField(label=_("E-mail address"))
    language = forms.ChoiceField(
        label=_("Language of the letters"), choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    lists = forms.ModelMultipleChoiceField(
        label=_("What to send"), queryset=MailingList.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    consent = forms.BooleanField(label=CONSENT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lists"].queryset = MailingList.objects.filter(is_public=True)


class ReplyForm(forms.Form):
    """What becomes of the posts an automatic reply came from. Whether an address is needed, the decision says."""

    posts = forms.ModelMultipleChoiceField(
        label=_("Posts"), queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    email = forms.CharField(
        label=_("New address"), max_length=LONGEST, required=False,
        help_text=_("A proposal is read from the reply by a machine: compare it with the words."),
        widget=forms.TextInput(attrs={"inputmode": "email", "size": 50, "autocomplete": "off"}),
    )  # fmt: skip
    holder = forms.CharField(
        label=_("New holder"), max_length=120, required=False, widget=forms.TextInput(attrs={"size": 50})
    )  # fmt: skip
    note = forms.CharField(
        label=_("Reason"), max_length=500, required=False,
        help_text=_("Kept in the history, and with the address that is left."),
        widget=forms.TextInput(attrs={"size": 50}),
    )  # fmt: skip

    def __init__(self, *args: Any, reply: Returned, decision: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision
        posts = reply.posts().select_related("organisation")
        self.fields["posts"].queryset = posts
        self.initial |= {
            "posts": [post.pk for post in posts],
            "email": reply.proposed,
            "note": _("Automatic reply of %(day)s") % {"day": vietnamese_day(reply.at).strftime("%d/%m/%Y")},
        }

    def clean_email(self) -> str:
        if self.decision != Returned.Decision.NEW_ADDRESS:
            return ""
        try:
            return sendable(self.cleaned_data["email"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean_holder(self) -> str:
        return " ".join(normalise(self.cleaned_data["holder"]).split())
