"""What a crisis dossier asks of those who keep it."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.editorial.forms.steps import MomentField
from portal.web.form_fields import LineField, TextField
from pressroom.forms.enquiries import area
from pressroom.models import Crisis, Enquiry


def allowed() -> Any:
    """Staff who may see crisis dossiers: nobody else is given anything of one."""
    seeing = Permission.objects.filter(content_type__app_label="pressroom", codename="view_crisis")
    held = Q(groups__permissions__in=seeing) | Q(user_permissions__in=seeing) | Q(is_superuser=True)
    return User.objects.active().filter(held).distinct().order_by("full_name", "pk")


class OpenForm(forms.ModelForm):
    """What is known in the first minute."""

    class Meta:
        model = Crisis
        fields = ["title", "severity", "learned_at", "signs", "truth", "owner"]
        field_classes = {"learned_at": MomentField}
        widgets = {"signs": area(3), "truth": area(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["learned_at"].initial = timezone.now()
        self.fields["owner"].queryset = allowed()


class WordsForm(forms.ModelForm):
    """What the dossier says."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Crisis
        fields = ["title", "severity", "owner", "signs", "truth", "holding_vi", "holding_en"]
        widgets = {"signs": area(3), "truth": area(4), "holding_vi": area(5), "holding_en": area(5)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = allowed()


class RecordForm(forms.Form):
    at = MomentField(label=_("When"))
    what = TextField(label=_("What"), max_length=4000, widget=area(2))
    source = LineField(label=_("Source"), max_length=300)


class TaskForm(forms.Form):
    what = TextField(label=_("Task"), max_length=1000, widget=area(2))
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none())
    due_at = MomentField(label=_("Due"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = allowed()


class FileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("Seen only by those who may see this dossier."))


class StatementForm(forms.Form):
    at = MomentField(label=_("Made at"))
    proof = TextField(
        label=_("Proof"),
        max_length=2000,
        widget=area(2),
        help_text=_("Its address or number; for a spoken one, who heard it."),
    )


class EnquiriesForm(forms.Form):
    """The newest since the house learned of it, and however many are related already: what is not offered is let go."""

    enquiries = forms.ModelMultipleChoiceField(
        label=_("Enquiries about this issue"), queryset=Enquiry.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, crisis: Crisis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Enquiry.objects.filter(asked_at__gte=crisis.learned_at).order_by("-asked_at", "-pk")
        offered = Q(pk__in=list(newest.values_list("pk", flat=True)[:40])) | Q(crises=crisis)
        self.fields["enquiries"].queryset = Enquiry.objects.filter(offered).distinct()


class LessonForm(forms.Form):
    lesson = TextField(label=_("What the house has learned"), max_length=8000, widget=area(3))
