"""How long a password must be, and how old an administrator's may grow (Law 116/2025, protection level 2)."""

import unicodedata
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.accounts.second_factor import has_second_factor


class LongEnough:
    """Django password validator: 14 characters, or 8 for who also confirms a second factor."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raise ValidationError when `password` is too short for `user`, who may not be saved yet."""
        required = required_length(user)
        if length(password) >= required:
            return
        raise ValidationError(
            ngettext(
                "This password is too short. It must contain at least %(required)d character.",
                "This password is too short. It must contain at least %(required)d characters.",
                required,
            ),
            code="password_too_short",
            params={"required": required},
        )

    def get_help_text(self) -> str:
        return _(
            "Your password must contain at least %(alone)d characters, "
            "or %(with_second_factor)d if you have set up a second factor."
        ) % {
            "alone": settings.PASSWORD_LENGTH,
            "with_second_factor": settings.PASSWORD_LENGTH_WITH_SECOND_FACTOR,
        }

    def password_changed(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Remember when. Django tells its validators of every change, whichever form or command made it."""
        if not isinstance(user, User):
            return
        user.password_changed_at = timezone.now()
        user.password_must_change = False
        # By UPDATE: we are called from within save(), which would call us again.
        User.objects.filter(pk=user.pk).update(
            password_changed_at=user.password_changed_at, password_must_change=False
        )


def length(password: str) -> int:
    """Characters as a person counts them: a Vietnamese letter is one, however it was typed."""
    return len(unicodedata.normalize("NFC", password))


def required_length(user: AbstractBaseUser | None) -> int:
    """Characters this person's password needs."""
    if isinstance(user, User) and has_second_factor(user):
        return settings.PASSWORD_LENGTH_WITH_SECOND_FACTOR
    return settings.PASSWORD_LENGTH


def is_too_old(user: User, now: datetime) -> bool:
    """Whether an administrator's password has reached its age limit; nobody else's password grows old."""
    since = user.password_changed_at or user.date_joined
    return now - since >= timedelta(days=settings.PASSWORD_DAYS_ADMINISTRATOR) and user.is_administrator
