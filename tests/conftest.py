"""What every test may count on: clean caches, the roles, cheap password hashing."""

from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.utils import translation


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The production arrangement stands on PostgreSQL: the half of the run that has none leaves it out."""
    if configured.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    elsewhere = [item for item in items if item.get_closest_marker("production")]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


@pytest.fixture(autouse=True)
def _calm(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = True
    cache.clear()
    translation.activate("vi")
    yield
    translation.activate("vi")
