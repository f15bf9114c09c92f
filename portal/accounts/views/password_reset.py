"""The forgotten password: Django's views in the admin's frame. No stranger learns who has an account."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from portal.accounts.client_address import client_address
from portal.accounts.forms import ResetForm
from portal.accounts.limits import may_ask

LETTERS_PER_HOUR = 3  # to one address
ASKS_PER_HOUR = 20  # from one network address


class AdminFrame:
    """Gives the page what the admin's base template reads."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}  # type: ignore[misc]


class RedirectThenWork(HttpResponseRedirect):
    """Does its work after the answer has left, so that the time it takes tells nothing."""

    def __init__(self, address: str, work: Callable[[], None]) -> None:
        super().__init__(address)
        self.work = work

    def close(self) -> None:
        try:
            self.work()
        finally:
            super().close()


class Ask(AdminFrame, views.PasswordResetView):
    """Asks for an address; the same answer, as fast, whether or not it is somebody's."""

    form_class = ResetForm
    template_name = "registration/password_reset_form.html"
    email_template_name = "registration/password_reset_email.txt"
    title = _("Forgotten password")

    def form_valid(self, form: ResetForm) -> HttpResponse:
        return RedirectThenWork(str(self.success_url), lambda: self._send(form))

    def _send(self, form: ResetForm) -> None:
        if not may_ask("password reset", client_address(self.request), ASKS_PER_HOUR):
            return
        if not may_ask("password reset", form.cleaned_data["email"].casefold(), LETTERS_PER_HOUR):
            return
        origin = urlsplit(settings.PUBLIC_ORIGIN)
        form.save(
            domain_override=origin.netloc or self.request.get_host(),
            use_https=origin.scheme == "https" if origin.netloc else self.request.is_secure(),
            subject_template_name=self.subject_template_name,
            email_template_name=self.email_template_name,
            extra_email_context={"hours": settings.PASSWORD_RESET_TIMEOUT // 3600},
        )


class Asked(AdminFrame, views.PasswordResetDoneView):
    template_name = "registration/password_reset_done.html"
    title = _("Look in your mailbox")


class Choose(AdminFrame, views.PasswordResetConfirmView):
    """The new password, behind the link of the letter."""

    template_name = "registration/password_reset_confirm.html"
    title = _("Choose a new password")


class Chosen(AdminFrame, views.PasswordResetCompleteView):
    template_name = "registration/password_reset_complete.html"
    title = _("Your password was changed")
