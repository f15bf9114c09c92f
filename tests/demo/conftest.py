"""The demonstration, loaded once for the tests of a module that read it."""

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from demo import loading
from tests import delivered

MD5 = "django.contrib.auth.hashers.MD5PasswordHasher"


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker, tmp_path_factory):
    """A portal with the demonstration until the last test of this module; answers when it was loaded."""
    quick = {"MEDIA_ROOT": tmp_path_factory.mktemp("media"), "PASSWORD_HASHERS": [MD5]}
    with django_db_blocker.unblock(), override_settings(**quick), transaction.atomic():
        delivered.restore()
        now = timezone.now()
        assert loading.load(now)
        yield now
        transaction.set_rollback(True)
