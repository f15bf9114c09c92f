from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.passwords import LongEnough, is_too_old

FOURTEEN = "bảy chữ số lẻ!"
EIGHT = "k7$wPq2z"


def accepts(password, user=None):
    try:
        LongEnough().validate(password, user)
    except ValidationError:
        return False
    return True


def test_a_password_alone_needs_fourteen_characters(staff):
    user = staff()
    assert [accepts(FOURTEEN, user), accepts(FOURTEEN[:-1], user)] == [True, False]


def test_beside_a_second_factor_eight_characters_are_enough(enrolled):
    user = enrolled()
    assert [accepts(EIGHT, user), accepts(EIGHT[:-1], user)] == [True, False]


def test_somebody_not_yet_saved_has_no_second_factor():
    assert [accepts(EIGHT, User(username="new")), accepts(EIGHT), accepts(FOURTEEN)] == [False, False, True]


def test_a_vietnamese_letter_counts_once_however_it_was_typed():
    decomposed = (
        "e\N{COMBINING CIRCUMFLEX ACCENT}\N{COMBINING ACUTE ACCENT}" * 5
    )  # five letters ế, fifteen code points
    assert not accepts(decomposed)


def test_the_rule_is_installed_and_explained(settings):
    with pytest.raises(ValidationError, match="at least 14"):
        validate_password(EIGHT)
    assert "14" in password_validators_help_text_html()


def test_every_way_to_set_a_password_is_remembered(staff):
    user = staff()
    User.objects.filter(pk=user.pk).update(password_changed_at=None, password_must_change=True)
    user.set_password("another good password")
    user.save()
    user.refresh_from_db()
    assert timezone.now() - user.password_changed_at < timedelta(minutes=1)
    assert user.password_must_change is False


@pytest.mark.parametrize(("days", "old"), [(59, False), (60, True)])
def test_an_administrators_password_grows_old_at_sixty_days(superuser, noon, days, old):
    superuser.password_changed_at = noon - timedelta(days=days)
    assert is_too_old(superuser, noon) is old


def test_the_administrators_group_counts_as_administrators(staff, noon):
    user = staff(roles=["administrator"])
    user.password_changed_at = noon - timedelta(days=61)
    assert is_too_old(user, noon)


def test_nobody_elses_password_grows_old(staff, noon):
    user = staff(roles=["editor"])
    user.password_changed_at = noon - timedelta(days=1000)
    assert not is_too_old(user, noon)


def test_a_password_never_remembered_is_as_old_as_the_account(superuser, noon):
    superuser.password_changed_at = None
    superuser.date_joined = noon - timedelta(days=60)
    assert is_too_old(superuser, noon)


def test_an_administrator_with_an_old_password_is_led_to_change_it(superuser, browser):
    long_ago = timezone.now() - timedelta(days=61)
    User.objects.filter(pk=superuser.pk).update(password_changed_at=long_ago)
    client = browser(superuser)
    response = client.get("/admin/account/", follow=True)
    assert response.redirect_chain == [("/admin/password_change/?next=%2Fadmin%2Faccount%2F", 302)]
    assert "60" in response.content.decode()


def test_after_the_change_the_administrator_goes_on(superuser, browser):
    User.objects.filter(pk=superuser.pk).update(password_changed_at=timezone.now() - timedelta(days=61))
    client = browser(superuser)
    new = "a wholly new secret"
    client.post(
        reverse("admin:password_change"),
        {"old_password": "correct horse battery", "new_password1": new, "new_password2": new},
    )
    assert client.get("/admin/account/").status_code == 200


def test_a_password_of_thirteen_characters_is_refused_on_the_change_page(staff, browser):
    client = browser(staff())
    short = "x9 kjd wq mn2"
    response = client.post(
        reverse("admin:password_change"),
        {"old_password": "correct horse battery", "new_password1": short, "new_password2": short},
    )
    assert "at least 14 characters" in response.content.decode()
    assert User.objects.get().check_password("correct horse battery")
