"""Idle sessions end, staff pages speak the person's language, and a password alone is not enough."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts import idleness
from portal.accounts.sign_in import ALWAYS_OPEN, fully_signed_in, is_staff_page, unfinished_step
from portal.accounts.staff_language import explicit_language, keep_language, staff_language

GetResponse = Callable[[HttpRequest], HttpResponse]


class SessionLimits:
    """Signs out who has been idle for longer than allowed: 15 minutes, administrators 5.

    An anonymous reader's session is never looked at, so public pages stay cacheable.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_signed_in(request) and idleness.is_idle(request, timezone.now()):
            _sign_out(request)
        response = self.get_response(request)
        if _is_signed_in(request):
            idleness.see(request, timezone.now())
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Say why and lead back. (Here, not in __call__: messages are ready only now.)"""
        minutes = getattr(request, "idle_minutes", None)
        if minutes is None or not is_staff_page(request) or request.resolver_match.view_name == "keep-alive":
            return None
        messages.warning(
            request,
            ngettext(
                "You were signed out after %(minutes)d minute without activity. Sign in to go on.",
                "You were signed out after %(minutes)d minutes without activity. Sign in to go on.",
                minutes,
            )
            % {"minutes": minutes},
        )
        if request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        return _redirect(
            reverse("admin:login"), next=_page_to_return_to(request), language=translation.get_language()
        )


class StaffLanguage:
    """Speaks the signed-in person's language under the admin; the sign-in page speaks the visitor's."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff_page(request):
            return self.get_response(request)
        language = staff_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers["Content-Language"] = language
        if chosen := explicit_language(request):
            keep_language(response, chosen)
        return response


class SecondFactor:
    """Leads who has not finished signing in to the next step: second factor, then a password due for change.

    Outside the admin (previews, files) such a person is nobody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _has_session(request) and not is_staff_page(request):
            request.user = SimpleLazyObject(partial(fully_signed_in, request.user))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if not is_staff_page(request) or request.resolver_match.view_name in ALWAYS_OPEN:
            return None
        step = unfinished_step(request.user)
        if not step or step == request.path:
            return None
        if step == reverse("admin:password_change"):
            messages.warning(request, _why_change_password(request))
        return _redirect(step, next=_page_to_return_to(request))


def _has_session(request: HttpRequest) -> bool:
    """Whether a session came with the request or began in it. (Reading the session would vary every page.)"""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified


def _is_signed_in(request: HttpRequest) -> bool:
    return _has_session(request) and idleness.is_signed_in(request)


def _sign_out(request: HttpRequest) -> None:
    request.idle_minutes = idleness.limit_minutes(request)
    request.signed_out_language = request.user.language
    logout(request)


def _page_to_return_to(request: HttpRequest) -> str:
    """This page; after a form was sent, the page it stood on, since its address may answer forms only."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return referer
    return reverse("admin:index")


def _redirect(address: str, **query: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{address}?{urlencode(query)}")


def _why_change_password(request: HttpRequest) -> str:
    if request.user.password_must_change:
        return _("Your password was set by an administrator or is no longer enough. Please choose a new one.")
    return _("Administrators change their password every %(days)d days. Please choose a new one.") % {
        "days": settings.PASSWORD_DAYS_ADMINISTRATOR
    }
