from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import second_factor
from portal.accounts.models import User

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # 12:00 in Ha Noi
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _addresses(settings, db):
    settings.ROOT_URLCONF = "tests.accounts.addresses"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.REQUIRE_SECOND_FACTOR = False
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def noon():
    return NOON


@pytest.fixture
def staff():
    """Make a member of staff: staff("lan", roles=["editor"], language="en")."""

    def make(username="lan", *, roles=(), password=PASSWORD, **fields):
        fields = {
            "full_name": "Nguyễn Thị Lan",
            "email": f"{username}@ministry.example",
            "is_staff": True,
            "language": "en",  # the words asserted are the English ones, unless a test says otherwise
            **fields,
        }
        user = User.objects.create_user(username, password=password, **fields)
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        return user

    return make


@pytest.fixture
def superuser(staff):
    return staff("root", is_superuser=True, full_name="Trần Văn Gốc")


@pytest.fixture
def browser():
    """Sign somebody in with the password, on the real sign-in page, in a browser of their own."""

    def sign_in(user, password=PASSWORD):
        client = Client()
        response = client.post(
            "/admin/login/", {"username": user.username, "password": password, "next": "/admin/account/"}
        )
        assert response.status_code == 302
        return client

    return sign_in


@pytest.fixture
def code():
    """What the person's app shows, `later` half-minutes from now."""

    def show(user_or_key, later=0):
        key = user_or_key if isinstance(user_or_key, str) else TOTPDevice.objects.get(user=user_or_key).key
        clock = TOTP(bytes.fromhex(key))
        clock.time = timezone.now().timestamp() + 30 * later
        return f"{clock.token():06d}"

    return show


@pytest.fixture
def enrolled(staff, code):
    """A member of staff with a second factor; `.codes` are the recovery codes."""

    def make(username="lan", **fields):
        user = staff(username, **fields)
        key = second_factor.new_key()
        _device, user.codes = second_factor.enrol(user, key=key, code=code(key), now=timezone.now())
        return user

    return make
