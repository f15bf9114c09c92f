import pytest
from django.urls import reverse

NAMES = [
    "accounts:overview",
    "accounts:language",
    "accounts:second-factor",
    "accounts:second-factor-set-up",
    "accounts:second-factor-remove",
    "accounts:recovery-codes",
    "keep-alive",
    "admin_password_reset",
    "password_reset_done",
    "password_reset_complete",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_portal_has_every_account_page_under_the_admin(settings, name):
    settings.ROOT_URLCONF = "portal.urls"
    assert reverse(name).startswith("/admin/")
