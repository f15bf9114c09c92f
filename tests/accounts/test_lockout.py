from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localtime

from portal.accounts.templatetags.accounts import full_minute_after

RIGHT = "correct horse battery"


def attempt(client, password, username="lan", address="192.0.2.1", query=""):
    return client.post(
        f"/admin/login/{query}",
        {"username": username, "password": password, "next": "/admin/account/"},
        REMOTE_ADDR=address,
    )


def lock(client):
    return [attempt(client, "wrong").status_code for _time in range(5)]


def wait(minutes):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=minutes))


def test_the_fifth_failure_locks(staff, client):
    staff()
    assert lock(client) == [200, 200, 200, 200, 429]


def test_the_sixth_try_is_refused_even_with_the_right_password(staff, client):
    staff()
    lock(client)
    assert attempt(client, RIGHT).status_code == 429
    assert "_auth_user_id" not in client.session


def test_after_the_pause_the_right_password_is_admitted(staff, client):
    staff()
    lock(client)
    wait(minutes=14)
    assert attempt(client, RIGHT).status_code == 429
    wait(minutes=16)
    assert attempt(client, RIGHT).headers["Location"] == "/admin/account/"


def test_a_success_forgets_the_failures_before_it(staff, client):
    staff()
    for _time in range(4):
        attempt(client, "wrong")
    attempt(client, RIGHT)
    client.logout()
    assert attempt(client, "wrong").status_code == 200


def test_the_lock_holds_for_one_name_from_one_place(staff, client):
    staff()
    staff("minh")
    lock(client)
    assert attempt(client, RIGHT, username="minh").status_code == 302
    client.logout()
    assert attempt(client, RIGHT, address="192.0.2.2").status_code == 302


def test_the_page_says_when_to_try_again(staff, client):
    staff()
    lock(client)
    before = full_minute_after(timezone.now(), timedelta(minutes=15))
    page = attempt(client, RIGHT, query="?language=en").content.decode()
    after = full_minute_after(timezone.now(), timedelta(minutes=15))
    assert any(f"Try again at {moment:%H:%M}" in page for moment in (before, after))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_speaks_the_visitors_language(staff, client, language):
    staff()
    lock(client)
    response = attempt(client, RIGHT, query=f"?language={language}")
    assert [response.status_code, response.headers["Content-Language"]] == [429, language]


def test_the_pause_ends_on_a_full_minute_of_ha_noi_time(noon):
    end = full_minute_after(noon + timedelta(seconds=20), timedelta(minutes=15))
    assert end == localtime(noon + timedelta(minutes=16))
    assert f"{end:%H:%M}" == "12:16"


def test_a_name_nobody_has_is_locked_like_any_other():
    assert lock(Client()) == [200, 200, 200, 200, 429]
