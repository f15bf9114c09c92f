"""The forms of the account pages and of the staff admin."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    PasswordResetForm,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.actions import last_superuser_refusal
from portal.accounts.models import User


class CodeForm(forms.Form):
    """A code from the authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autofocus": True,
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class PasswordForm(forms.Form):
    """The person's password once more, before something that weakens the account."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Asked through `authenticate`, so that wrong guesses count towards the lock-out."""
        password = self.cleaned_data["password"]
        if not authenticate(self.request, username=self.request.user.get_username(), password=password):
            raise ValidationError(_("This password is not right."), code="wrong_password")
        return password


class ResetForm(PasswordResetForm):
    """Django's form; the letter speaks the language of the person it goes to."""

    def get_users(self, email: str) -> Iterator[User]:
        """Active people with this address, also those of a new account who have no password yet."""
        people = User.objects.active().filter(email__iexact=email)
        return (user for user in people if user.has_usable_password() or user.is_new)

    def send_mail(self, subject: str, body: str, context: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        with translation.override(context["user"].language):
            super().send_mail(subject, body, context, *args, **kwargs)


class NewStaffForm(UserCreationForm):
    """A new account, with a first password that its owner will have to replace."""

    class Meta:
        model = User
        fields = ["username", "full_name", "email", "unit", "language"]


class GivenPasswordForm(AdminPasswordChangeForm):
    """A password an administrator gives to somebody. (Who may not sign in has a closed account instead.)"""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True


class StaffForm(UserChangeForm):
    """One member of staff; the last active superuser cannot be closed or demoted."""

    groups = forms.ModelMultipleChoiceField(
        label=_("Roles"),
        queryset=Group.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = "__all__"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for field in ("is_active", "is_staff", "is_superuser"):
            self._keep_a_superuser(field, cleaned)
        return cleaned

    def _keep_a_superuser(self, field: str, cleaned: dict[str, Any]) -> None:
        if cleaned.get(field, True):
            return
        if refusal := last_superuser_refusal(self.instance):
            self.add_error(field, refusal)
