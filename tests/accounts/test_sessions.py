import re

import pytest
from django.template import RequestContext, Template
from django.test import Client
from django.utils import timezone

from portal.accounts.idleness import LAST_SEEN

PAGE = "/admin/account/?from=desk"


def idle(client, seconds):
    """Let the person have been last seen `seconds` ago."""
    session = client.session
    session[LAST_SEEN] = int(timezone.now().timestamp()) - seconds
    session.save()


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(("minutes", "stays"), [(14, True), (16, False)])
def test_staff_are_signed_out_after_fifteen_idle_minutes(staff, browser, minutes, stays):
    client = browser(staff(roles=["editor"]))
    idle(client, minutes * 60)
    client.get(PAGE)
    assert is_signed_in(client) is stays


@pytest.mark.parametrize(("minutes", "stays"), [(4, True), (6, False)])
def test_superusers_are_signed_out_after_five(superuser, browser, minutes, stays):
    client = browser(superuser)
    idle(client, minutes * 60)
    client.get(PAGE)
    assert is_signed_in(client) is stays


def test_the_administrators_group_is_signed_out_after_five(staff, browser):
    client = browser(staff(roles=["administrator"]))
    idle(client, 6 * 60)
    client.get(PAGE)
    assert not is_signed_in(client)


def test_the_limits_are_settings(staff, browser, settings):
    settings.SESSION_IDLE_MINUTES = 30
    client = browser(staff())
    idle(client, 16 * 60)
    client.get(PAGE)
    assert is_signed_in(client)


def test_who_is_signed_out_is_told_why_and_led_back(staff, browser):
    client = browser(staff(language="en"))
    idle(client, 16 * 60)
    response = client.get(PAGE, follow=True)
    assert response.redirect_chain == [
        ("/admin/login/?next=%2Fadmin%2Faccount%2F%3Ffrom%3Ddesk&language=en", 302)
    ]
    assert [str(message) for message in response.context["messages"]] == [
        "You were signed out after 15 minutes without activity. Sign in to go on."
    ]


def test_signing_in_again_leads_to_the_page_left(staff, browser):
    user = staff()
    client = browser(user)
    idle(client, 16 * 60)
    login = client.get(PAGE).headers["Location"]
    credentials = {"username": user.username, "password": "correct horse battery"}
    assert client.post(login, credentials).headers["Location"] == PAGE


@pytest.mark.parametrize(
    ("referer", "led_to"),
    [
        (
            "http://testserver/admin/accounts/unit/add/",
            "http%3A%2F%2Ftestserver%2Fadmin%2Faccounts%2Funit%2Fadd%2F",
        ),
        ("https://evil.example/admin/", "%2Fadmin%2F"),
        ("", "%2Fadmin%2F"),
    ],
)
def test_after_a_form_one_is_led_back_to_the_page_it_stood_on(staff, browser, referer, led_to):
    client = browser(staff(language="vi"))
    idle(client, 16 * 60)
    response = client.post(
        "/admin/account/second-factor/remove/", {"password": "x"}, headers={"referer": referer}
    )
    assert response.headers["Location"] == f"/admin/login/?next={led_to}&language=vi"


def test_who_is_idle_is_nobody_outside_the_admin_too(staff, browser):
    client = browser(staff())
    idle(client, 16 * 60)
    assert client.get("/outside/").content == b"nobody"


def test_signing_in_starts_the_count(staff, browser):
    client = browser(staff())
    assert timezone.now().timestamp() - client.session[LAST_SEEN] < 60


def test_the_session_is_written_at_most_once_a_minute(staff, browser):
    client = browser(staff())
    idle(client, 50)
    before = client.session[LAST_SEEN]
    client.get(PAGE)
    assert client.session[LAST_SEEN] == before
    idle(client, 70)
    client.get(PAGE)
    assert client.session[LAST_SEEN] > before


def test_a_stranger_is_given_no_session():
    response = Client().get("/outside/")
    assert response.cookies.get("sessionid") is None


def test_who_types_is_not_idle(staff, browser):
    client = browser(staff())
    idle(client, 14 * 60)
    answer = client.post("/admin/keep-alive/").json()
    assert 14 * 60 < answer["seconds_left"] <= 15 * 60


def test_an_administrator_who_types_has_five_minutes(superuser, browser):
    client = browser(superuser)
    assert 4 * 60 <= client.post("/admin/keep-alive/").json()["seconds_left"] <= 5 * 60


def test_who_was_signed_out_is_not_kept_alive(staff, browser):
    client = browser(staff())
    idle(client, 16 * 60)
    response = client.post("/admin/keep-alive/")
    assert [response.status_code, response.json()] == [401, {"seconds_left": 0}]


def test_keeping_alive_needs_a_form_of_ours(staff):
    user = staff()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post("/admin/keep-alive/").status_code == 403
    assert client.get("/admin/keep-alive/").status_code == 405


def test_a_closed_account_is_out_at_once(staff, browser, superuser):
    user = staff()
    client = browser(user)
    user.is_active = False
    user.save()
    assert client.get(PAGE).headers["Location"].startswith("/admin/login/")


def test_the_page_carries_the_watch_and_the_time_left(superuser, browser):
    response = browser(superuser).get(PAGE)
    page = Template("{% load accounts %}{% session_watch %}").render(RequestContext(response.wsgi_request))
    left = int(re.search(r'data-seconds-left="(\d+)"', page)[1])
    assert 4 * 60 <= left <= 5 * 60
    assert 'action="/admin/keep-alive/"' in page


def test_a_stranger_needs_no_watch():
    response = Client().get("/admin/login/")
    page = Template("{% load accounts %}{% session_watch %}").render(RequestContext(response.wsgi_request))
    assert page.strip() == ""
