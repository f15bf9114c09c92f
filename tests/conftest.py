"""What every test may count on: clean caches, the roles, cheap password hashing."""

from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from tests import delivered


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The production arrangement stands on PostgreSQL: the half of the run that has none leaves it out."""
    if configured.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    elsewhere = [item for item in items if item.get_closest_marker("production")]
    config.hook.pytest_deselected(items=elsewhere)
    items[:] = [item for item in items if item not in elsewhere]


@pytest.fixture(autouse=True)
def _delivered(request, _django_db_marker) -> None:
    if request.node.get_closest_marker("django_db"):
        delivered.restore()


@pytest.fixture(autouse=True)
def _calm(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.AXES_ENABLED = True
    cache.clear()
    translation.activate("vi")
    yield
    translation.activate("vi")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """With an end: a thread of the server in this process, or what a killed worker left, may hold its connection still."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
