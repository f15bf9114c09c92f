"""Setting up, confirming and removing the second factor."""

import django_otp
import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice

from portal.accounts import second_factor
from portal.accounts.forms import CodeForm, PasswordForm
from portal.accounts.passwords import length
from portal.accounts.refusal import Refused
from portal.accounts.views.pages import safe_next, staff_page, staff_view

PENDING_KEY = "second_factor_key"  # stays in the session until a code proves that the app has it


@staff_view
def overview(request: HttpRequest) -> HttpResponse:
    """The person's own account: second factor, recovery codes, password."""
    context = {
        "title": _("Your account"),
        "has_second_factor": second_factor.has_second_factor(request.user),
        "codes_left": second_factor.codes_left(request.user),
    }
    return staff_page(request, "accounts/overview.html", context)


@staff_view
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code that completes sign-in."""
    if not second_factor.has_second_factor(request.user):
        return redirect("accounts:overview")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device = second_factor.verify(request.user, code=form.cleaned_data["code"], now=timezone.now())
        except Refused as refusal:
            form.add_error("code", refusal.reason)
        else:
            _complete_sign_in(request, device)
            return redirect(safe_next(request))
    context = {"title": _("Confirm that it is you"), "form": form, "next": safe_next(request)}
    return staff_page(request, "accounts/second_factor_confirm.html", context)


@staff_view
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the key, take the first code, then show the recovery codes once."""
    if second_factor.has_second_factor(request.user):
        messages.info(request, _("You have already set up a second factor."))
        return redirect("accounts:overview")
    key = request.session.setdefault(PENDING_KEY, second_factor.new_key())
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            device, codes = second_factor.enrol(
                request.user, key=key, code=form.cleaned_data["code"], now=timezone.now()
            )
        except Refused as refusal:
            form.add_error("code", refusal.reason)
        else:
            del request.session[PENDING_KEY]
            _complete_sign_in(request, device)
            return _show_codes(request, codes)
    context = {
        "title": _("Set up the second factor"),
        "form": form,
        "required": settings.REQUIRE_SECOND_FACTOR,
        "picture": _picture(second_factor.unsaved_device(request.user, key).config_url),
        "readable_key": second_factor.readable_key(key),
    }
    return staff_page(request, "accounts/second_factor_set_up.html", context)


@staff_view
def renew_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes for the old ones, after the password."""
    if not second_factor.has_second_factor(request.user):
        return redirect("accounts:second-factor-set-up")
    form = PasswordForm(request, request.POST or None)
    if form.is_valid():
        codes = second_factor.renew_codes(request.user, by=request.user, now=timezone.now())
        return _show_codes(request, codes)
    context = {"title": _("Make new recovery codes"), "form": form}
    return staff_page(request, "accounts/recovery_codes_renew.html", context)


@staff_view
def remove(request: HttpRequest) -> HttpResponse:
    """Remove the second factor, after the password."""
    if not second_factor.has_second_factor(request.user):
        return redirect("accounts:overview")
    form = PasswordForm(request, request.POST or None)
    if form.is_valid() and _password_stands_alone(form):
        second_factor.remove(request.user, by=request.user, now=timezone.now())
        messages.success(request, _("The second factor was removed."))
        return redirect("accounts:overview")
    context = {
        "title": _("Remove the second factor"),
        "form": form,
        "required": settings.REQUIRE_SECOND_FACTOR,
    }
    return staff_page(request, "accounts/second_factor_remove.html", context)


def _complete_sign_in(request: HttpRequest, device: Device) -> None:
    request.session.cycle_key()  # a session known before is worth nothing afterwards
    django_otp.login(request, device)
    if isinstance(device, StaticDevice):
        left = second_factor.codes_left(request.user)
        messages.warning(
            request,
            ngettext(
                "You used a recovery code. You have %(left)d code left.",
                "You used a recovery code. You have %(left)d codes left.",
                left,
            )
            % {"left": left},
        )


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"title": _("Your recovery codes"), "codes": codes}
    return staff_page(request, "accounts/recovery_codes.html", context)


def _password_stands_alone(form: PasswordForm) -> bool:
    """A password that was long enough only beside a second factor must grow first."""
    if settings.REQUIRE_SECOND_FACTOR or length(form.cleaned_data["password"]) >= settings.PASSWORD_LENGTH:
        return True
    form.add_error(
        None,
        _(
            "Without a second factor your password needs at least %(length)d characters. "
            "Change your password first, then remove the second factor."
        )
        % {"length": settings.PASSWORD_LENGTH},
    )
    return False


def _picture(address: str) -> SafeString:
    """The QR code as inline SVG without styles or scripts (it holds no text of ours)."""
    return mark_safe(
        segno.make(address).svg_inline(scale=5, dark="#000", light="#fff", svgclass=None, lineclass=None)
    )
