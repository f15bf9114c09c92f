"""What can be done to accounts. Every deed leaves an AccountEvent; a refusal raises Refused."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts import second_factor
from portal.accounts.models import AccountEvent, Unit, User
from portal.accounts.refusal import Refused

Verb = AccountEvent.Verb


@transaction.atomic
def open_account(
    username: str,
    full_name: str,
    roles: Iterable[str],
    *,
    by: User | None,
    now: datetime,
    email: str = "",
    pen_name: str = "",
    unit: Unit | None = None,
    language: str = "vi",
    password: str | None = None,
) -> User:
    """A new active member of staff in the groups named by `roles`.

    Without a `password` the person chooses the first one through the password letter. Raises Refused for a
    name already taken or an unknown role, ValidationError for a password the rules refuse.
    """
    username = User.normalize_username(username.strip())
    if User.objects.filter(username__iexact=username).exists():
        raise Refused(_("There is already an account named %(username)s.") % {"username": username})
    groups = _groups(roles)
    user = User(
        username=username,
        full_name=full_name,
        email=User.objects.normalize_email(email),
        pen_name=pen_name,
        unit=unit,
        language=language,
        is_staff=True,
        date_joined=now,
    )
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save()
    user.groups.set(groups)
    record(user, Verb.OPENED, by=by, now=now, note=", ".join(sorted(group.name for group in groups)))
    return user


@transaction.atomic
def close_account(user: User, *, by: User | None, now: datetime, reason: str = "") -> None:
    """No further request of this person is admitted; what they wrote stays theirs.

    Closing twice changes nothing. Raises Refused for the last active superuser.
    """
    _close(user.pk, Verb.CLOSED, by=by, now=now, note=reason)
    user.is_active = False


@transaction.atomic
def reopen_account(user: User, *, by: User | None, now: datetime, reason: str = "") -> None:
    """The person may sign in again; the idle days are counted from now."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        return
    user.is_active = True
    record(user, Verb.REOPENED, by=by, now=now, note=reason)


def close_idle_accounts(now: datetime) -> list[User]:
    """Close every account unused for ACCOUNT_IDLE_DAYS, but not the last active superuser (returned)."""
    moment = now - timedelta(days=settings.ACCOUNT_IDLE_DAYS)
    return [user for user in User.objects.idle_since(moment) if _close_idle(user, moment, now)]


@transaction.atomic
def demand_new_password(user: User, *, by: User, now: datetime) -> None:
    """Whoever was given a password by somebody else chooses their own at the next sign-in."""
    user.password_must_change = True
    user.save(update_fields=["password_must_change"])
    record(user, Verb.PASSWORD_SET, by=by, now=now)


@transaction.atomic
def forget_second_factor(user: User, *, by: User | None, now: datetime, reason: str = "") -> None:
    """For who has lost phone and codes. A new password is due: eight characters alone are too few."""
    second_factor.remove(user, by=by, now=now, note=reason)
    user.password_must_change = True
    user.save(update_fields=["password_must_change"])


def choose_language(user: User, language: str) -> None:
    """The workplace speaks `language` ("vi" or "en") to this person from now on."""
    user.language = language
    user.save(update_fields=["language"])


def record(user: User, verb: Any, *, by: User | None, now: datetime, note: str = "") -> AccountEvent:
    """Write one line into the account's history."""
    return AccountEvent.objects.create(user=user, verb=verb, by=by, at=now, note=note)


def last_superuser_refusal(user: User) -> str:
    """Why this account must stay an active superuser, or "" when another one remains."""
    if not (user.is_superuser and user.is_active):
        return ""
    if User.objects.active().superusers().exclude(pk=user.pk).exists():
        return ""
    return _("This is the last active superuser. Make somebody else a superuser first.")


def _groups(roles: Iterable[str]) -> list[Group]:
    names = set(roles)
    groups = list(Group.objects.filter(name__in=names))
    if unknown := names - {group.name for group in groups}:
        raise Refused(_("There is no role named %(roles)s.") % {"roles": ", ".join(sorted(unknown))})
    return groups


def _close_idle(user: User, moment: datetime, now: datetime) -> bool:
    """Close one account if it is still idle under the lock. Whether it was closed."""
    with transaction.atomic():
        _lock_superusers()
        if not User.objects.idle_since(moment).filter(pk=user.pk).exists():
            return False
        try:
            _close(user.pk, Verb.CLOSED_IDLE, by=None, now=now, note="")
        except Refused:
            return False
    user.is_active = False
    return True


def _close(pk: int, verb: Any, *, by: User | None, now: datetime, note: str) -> None:
    _lock_superusers()
    user = User.objects.select_for_update().get(pk=pk)
    if not user.is_active:
        return
    if refusal := last_superuser_refusal(user):
        raise Refused(refusal)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(user, verb, by=by, now=now, note=note)


def _lock_superusers() -> None:
    """Two superusers closed at once must not each be "not the last": whoever closes holds all of them."""
    list(User.objects.active().superusers().order_by("pk").select_for_update().values_list("pk"))
