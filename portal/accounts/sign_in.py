"""What stands between a password and the workplace: the second factor, then a password due for change."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.passwords import is_too_old
from portal.accounts.second_factor import has_second_factor

# Where a person is let in at any stage: to sign in or out, to choose a language, to recover a password.
ALWAYS_OPEN = {
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
    "accounts:language",
    "keep-alive",
    "admin_password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
}


def is_staff_page(request: HttpRequest) -> bool:
    """Whether the address lies under the admin."""
    return request.path.startswith(reverse("admin:index"))


def unfinished_step(user: User | AnonymousUser) -> str:
    """The address of the page this person must pass before working, "" when sign-in is complete."""
    if not user.is_authenticated:
        return ""
    if step := second_factor_step(user):
        return step
    if user.password_must_change or is_too_old(user, timezone.now()):
        return reverse("admin:password_change")
    return ""


def second_factor_step(user: User) -> str:
    """The page that confirms or sets up the second factor, "" when that is done or not asked."""
    if user.is_verified():
        return ""
    if has_second_factor(user):
        return reverse("accounts:second-factor")
    return reverse("accounts:second-factor-set-up") if settings.REQUIRE_SECOND_FACTOR else ""


def fully_signed_in(user: User | AnonymousUser) -> User | AnonymousUser:
    """The person, or nobody while only the password has been shown."""
    if user.is_authenticated and second_factor_step(user):
        return AnonymousUser()
    return user
