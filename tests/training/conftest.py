"""Signing in."""

import pytest
from django.test import Client


@pytest.fixture
def desk_of(db, settings):
    """A browser in which somebody is signed in."""
    settings.REQUIRE_SECOND_FACTOR = False

    def sign_in(person):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
