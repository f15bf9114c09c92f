"""The second factor: one TOTP device (RFC 6238) per person, and ten recovery codes.

Recovery codes are kept sealed: the database holds a keyed digest, the person the only readable copy.
"""

import base64
import secrets
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from portal.accounts.models import AccountEvent, User
from portal.accounts.refusal import Refused

RECOVERY_CODES = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for something else: no i l o 0 1


def has_second_factor(user: User) -> bool:
    """Whether this person has a confirmed device; an unsaved person has none."""
    return user.pk is not None and TOTPDevice.objects.filter(user=user, confirmed=True).exists()


def new_key() -> str:
    """160 random bits, hex-encoded, to be confirmed with `enrol`."""
    return random_hex(20)


def unsaved_device(user: User, key: str) -> TOTPDevice:
    """The device `key` would make: gives the address and the key that an authenticator app reads."""
    return TOTPDevice(user=user, key=key, name="totp")


def readable_key(key: str) -> str:
    """The key for typing by hand: base32 in groups of four."""
    text = base64.b32encode(bytes.fromhex(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@transaction.atomic
def enrol(user: User, *, key: str, code: str, now: datetime) -> tuple[TOTPDevice, list[str]]:
    """Confirm the device that shows `code` and return it with ten new recovery codes. Raises Refused."""
    User.objects.select_for_update().get(pk=user.pk)
    if has_second_factor(user):
        raise Refused(_("You have already set up a second factor."))
    device = unsaved_device(user, key)
    device.save()
    if not device.verify_token(code):
        raise Refused(_("This code does not match. Check the clock of your phone and try again."))
    AccountEvent.objects.create(user=user, by=user, at=now, verb=AccountEvent.Verb.SECOND_FACTOR_ADDED)
    return device, _replace_codes(user)


def verify(user: User, *, code: str, now: datetime) -> Device:
    """The device that accepted `code` (six digits from the app, or a recovery code). Raises Refused.

    A code is accepted once. Each failure doubles the pause before the next try.
    """
    code = _bare(code)
    # The failure count must stay when we refuse, so the refusal is raised after the transaction.
    with transaction.atomic():
        device = _devices_for(code).select_for_update().filter(user=user, confirmed=True).first()
        if device is None:
            raise Refused(_("This code is wrong or has been used already."))
        allowed, why = device.verify_is_allowed()
        accepted = allowed and device.verify_token(_as_stored(device, code))
        if accepted and isinstance(device, StaticDevice):
            _record_use(device, now)
    if not allowed:
        raise Refused(_pause(why["locked_until"], now))
    if not accepted:
        raise Refused(_("This code is wrong or has been used already."))
    return device


@transaction.atomic
def renew_codes(user: User, *, by: User, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones stop working."""
    User.objects.select_for_update().get(pk=user.pk)
    codes = _replace_codes(user)
    AccountEvent.objects.create(user=user, by=by, at=now, verb=AccountEvent.Verb.RECOVERY_CODES_MADE)
    return codes


@transaction.atomic
def remove(user: User, *, by: User | None, now: datetime, note: str = "") -> None:
    """Forget the device and the recovery codes; nothing happens to who has none."""
    devices, _rows = TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    if devices:
        AccountEvent.objects.create(
            user=user, by=by, at=now, verb=AccountEvent.Verb.SECOND_FACTOR_REMOVED, note=note
        )


def codes_left(user: User) -> int:
    """How many recovery codes still work."""
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user, confirmed=True))


def _replace_codes(user: User) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes = [_random_code() for _number in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=_sealed(device, _bare(code)))
    return codes


def _random_code() -> str:
    """Ten letters and figures (49 bits) as xxxxx-xxxxx."""
    letters = "".join(secrets.choice(ALPHABET) for _place in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _bare(code: str) -> str:
    return "".join(code.split()).replace("-", "").lower()


def _devices_for(code: str) -> QuerySet[Device]:
    if len(code) == 6 and code.isdigit():
        return TOTPDevice.objects.all()
    return StaticDevice.objects.all()


def _as_stored(device: Device, code: str) -> str:
    return _sealed(device, code) if isinstance(device, StaticDevice) else code


def _sealed(device: StaticDevice, code: str) -> str:
    """The keyed digest that stands for a code: 80 bits, the 16 characters the column holds."""
    digest = salted_hmac("portal.accounts.recovery", f"{device.pk}:{code}", algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()


def _record_use(device: StaticDevice, now: datetime) -> None:
    AccountEvent.objects.create(
        user=device.user, by=device.user, at=now, verb=AccountEvent.Verb.RECOVERY_CODE_USED
    )


def _pause(until: datetime, now: datetime) -> str:
    seconds = max(1, round((until - now).total_seconds()))
    return ngettext(
        "There were too many wrong codes. Wait %(seconds)d second and try again.",
        "There were too many wrong codes. Wait %(seconds)d seconds and try again.",
        seconds,
    ) % {"seconds": seconds}
