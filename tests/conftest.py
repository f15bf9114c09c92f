"""What every test may count on: clean caches, the roles, cheap password hashing."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _calm(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = True
    cache.clear()
    translation.activate("vi")
    yield
    translation.activate("vi")
