"""Signing people in, and the forms they send."""

import pytest
from django.test import Client

from tests.admin.forms import sent_by


@pytest.fixture
def desk_of(db):
    """A browser in which somebody is signed in."""

    def sign_in(person):
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture
def fill_in():
    """The fields of a change form as its page would send them, some of them changed."""
    return sent_by
