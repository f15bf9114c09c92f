import re

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.accounts import second_factor
from portal.accounts.models import AccountEvent
from portal.accounts.refusal import Refused

CONFIRM = "/admin/account/second-factor/"
SET_UP = "/admin/account/second-factor/set-up/"
REMOVE = "/admin/account/second-factor/remove/"
CODES = "/admin/account/second-factor/recovery-codes/"
PAGE = "/admin/account/"
RIGHT = "correct horse battery"


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def verified(enrolled, browser, code):
    """A browser of somebody who has shown password and code, and that person."""

    def sign_in(**fields):
        user = enrolled(**fields)
        client = browser(user, fields.get("password", RIGHT))
        client.post(CONFIRM, {"code": code(user, later=1)})
        return client, user

    return sign_in


def verbs(user):
    return sorted(AccountEvent.objects.filter(user=user).values_list("verb", flat=True))


# Who is asked.


def test_who_has_no_device_works_with_the_password_where_none_is_required(staff, browser):
    assert browser(staff()).get(PAGE).status_code == 200


def test_where_it_is_required_nobody_works_before_setting_it_up(required, staff, browser):
    response = browser(staff()).get("/admin/accounts/unit/?q=x")
    assert response.headers["Location"] == f"{SET_UP}?next=%2Fadmin%2Faccounts%2Funit%2F%3Fq%3Dx"


def test_who_has_a_device_is_asked_even_where_none_is_required(enrolled, browser):
    assert browser(enrolled()).get(PAGE).headers["Location"] == f"{CONFIRM}?next=%2Fadmin%2Faccount%2F"


def test_outside_the_admin_a_password_alone_makes_nobody(enrolled, browser, code):
    user = enrolled()
    client = browser(user)
    assert client.get("/outside/").content == b"nobody"
    client.post(CONFIRM, {"code": code(user, later=1)})
    assert client.get("/outside/").content == b"lan"


def test_before_the_code_neither_the_password_nor_the_device_can_be_changed(enrolled, browser):
    client = browser(enrolled())
    for address in ("/admin/password_change/", REMOVE, CODES, SET_UP):
        assert client.get(address).headers["Location"].startswith(CONFIRM)
        assert client.post(address, {"password": RIGHT}).headers["Location"].startswith(CONFIRM)
    assert TOTPDevice.objects.count() == 1


def test_before_the_code_one_may_sign_out_and_choose_a_language(enrolled, browser):
    client = browser(enrolled())
    assert client.post("/admin/account/language/", {"language": "en"}).status_code == 302
    client.post("/admin/logout/")
    assert "_auth_user_id" not in client.session


def test_strangers_are_sent_to_sign_in():
    assert Client().get(SET_UP).headers["Location"] == f"/admin/login/?next={SET_UP}"


# Signing in with a code.


def test_the_code_completes_the_sign_in_and_leads_on(enrolled, browser, code):
    user = enrolled()
    client = browser(user)
    response = client.post(CONFIRM, {"code": code(user, later=1), "next": PAGE})
    assert response.headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_the_session_gets_a_new_key_with_the_code(enrolled, browser, code):
    user = enrolled()
    client = browser(user)
    before = client.session.session_key
    client.post(CONFIRM, {"code": code(user, later=1)})
    assert client.session.session_key != before


def test_a_code_is_accepted_once(enrolled, browser, code):
    user = enrolled()
    shown = code(user, later=1)
    first, second = browser(user), browser(user)
    first.post(CONFIRM, {"code": shown})
    response = second.post(CONFIRM, {"code": shown})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]
    assert second.get(PAGE).status_code == 302


def test_the_code_that_set_the_device_up_does_not_sign_in(staff, code):
    user, key = staff(), second_factor.new_key()
    shown = code(key)
    second_factor.enrol(user, key=key, code=shown, now=timezone.now())
    with pytest.raises(Refused):
        second_factor.verify(user, code=shown, now=timezone.now())


def test_after_a_wrong_code_even_the_right_one_waits(enrolled, code):
    user = enrolled()
    with pytest.raises(Refused):
        second_factor.verify(user, code="000000", now=timezone.now())
    with pytest.raises(Refused, match=r"1"):
        second_factor.verify(user, code=code(user, later=1), now=timezone.now())


def test_each_wrong_code_doubles_the_pause(enrolled):
    user = enrolled()
    for failures in range(1, 6):
        TOTPDevice.objects.update(throttling_failure_timestamp=None)
        with pytest.raises(Refused):
            second_factor.verify(user, code="000000", now=timezone.now())
        assert TOTPDevice.objects.get().throttling_failure_count == failures
    _allowed, why = TOTPDevice.objects.get().verify_is_allowed()
    assert 14 < (why["locked_until"] - timezone.now()).total_seconds() <= 16


def test_somebody_elses_code_is_refused(enrolled, code):
    lan, minh = enrolled("lan"), enrolled("minh")
    with pytest.raises(Refused):
        second_factor.verify(lan, code=code(minh, later=1), now=timezone.now())


@pytest.mark.parametrize("nonsense", ["", "abc", "12345", "１２３４５６", "-1", "0" * 20, "🔑"])
def test_nonsense_is_refused_in_words(enrolled, browser, nonsense):
    response = browser(enrolled()).post(CONFIRM, {"code": nonsense})
    assert response.status_code == 200
    assert response.context["form"].errors["code"]


def test_a_forged_next_leads_home(enrolled, browser, code):
    user = enrolled()
    response = browser(user).post(f"{CONFIRM}?next=//evil.example/", {"code": code(user, later=1)})
    assert response.headers["Location"] == "/admin/"


# Recovery codes.


def test_a_recovery_code_works_once(enrolled, browser):
    user = enrolled()
    client = browser(user)
    client.post(CONFIRM, {"code": user.codes[0]})
    assert client.get(PAGE).status_code == 200
    assert second_factor.codes_left(user) == 9
    with pytest.raises(Refused):
        second_factor.verify(user, code=user.codes[0], now=timezone.now())


def test_a_recovery_code_may_be_typed_carelessly(enrolled):
    user = enrolled()
    second_factor.verify(user, code=f" {user.codes[3].upper().replace('-', ' ')} ", now=timezone.now())
    assert "recovery_code_used" in verbs(user)


def test_there_are_ten_different_codes_and_the_database_holds_none_of_them(enrolled):
    user = enrolled()
    assert len(set(user.codes)) == 10
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert stored.isdisjoint({code.replace("-", "") for code in user.codes})


def test_new_codes_replace_the_old_ones(verified):
    client, user = verified()
    response = client.post(CODES, {"password": RIGHT})
    new = response.context["codes"]
    assert all(code in response.content.decode() for code in new)
    with pytest.raises(Refused):
        second_factor.verify(user, code=user.codes[0], now=timezone.now())
    StaticToken.objects.get_queryset().first().device.throttle_reset()
    second_factor.verify(user, code=new[0], now=timezone.now())


def test_new_codes_need_the_password(verified):
    client, _user = verified()
    response = client.post(CODES, {"password": "wrong"})
    assert response.context["form"].errors["password"]


# Setting up.


def test_setting_up_shows_the_key_as_picture_and_as_text(staff, browser):
    client = browser(staff())
    page = client.get(SET_UP)
    key = client.session["second_factor_key"]
    assert second_factor.readable_key(key) in page.content.decode()
    assert "<svg" in page.content.decode()
    assert " style=" not in re.search(r"<svg.*?</svg>", page.content.decode(), re.S)[0]
    assert "no-store" in page.headers["Cache-Control"]


def test_the_key_stays_while_the_page_is_open_and_differs_between_browsers(staff, browser):
    user = staff()
    first, second = browser(user), browser(user)
    keys = []
    for client in (first, first, second):
        client.get(SET_UP)
        keys.append(client.session["second_factor_key"])
    assert keys[0] == keys[1] != keys[2]


def test_the_right_code_sets_up_signs_in_and_shows_the_codes(required, staff, browser, code):
    user = staff()
    client = browser(user)
    client.get(SET_UP)
    response = client.post(SET_UP, {"code": code(client.session["second_factor_key"])})
    assert [len(response.context["codes"]), "no-store" in response.headers["Cache-Control"]] == [10, True]
    assert client.get(PAGE).status_code == 200
    assert verbs(user) == ["second_factor_added"]
    assert "second_factor_key" not in client.session


def test_a_wrong_code_sets_nothing_up(staff, browser, code):
    client = browser(staff())
    client.get(SET_UP)
    right = code(client.session["second_factor_key"])
    response = client.post(SET_UP, {"code": f"{(int(right) + 1) % 1_000_000:06d}"})
    assert response.context["form"].errors["code"]
    assert not TOTPDevice.objects.exists()


def test_the_codes_are_shown_only_once(staff, browser, code):
    client = browser(staff())
    client.get(SET_UP)
    shown = code(client.session["second_factor_key"])
    client.post(SET_UP, {"code": shown})
    assert client.post(SET_UP, {"code": shown}).headers["Location"] == PAGE
    assert client.get(SET_UP).headers["Location"] == PAGE


def test_other_sessions_are_asked_once_a_device_is_set_up(staff, browser, code):
    user = staff()
    here, elsewhere = browser(user), browser(user)
    here.get(SET_UP)
    here.post(SET_UP, {"code": code(here.session["second_factor_key"])})
    assert elsewhere.get(PAGE).headers["Location"].startswith(CONFIRM)


def test_nobody_has_two_devices(enrolled, code):
    user, key = enrolled(), second_factor.new_key()
    with pytest.raises(Refused):
        second_factor.enrol(user, key=key, code=code(key), now=timezone.now())


# Removing.


def test_removing_needs_the_password(verified):
    client, user = verified()
    client.post(REMOVE, {"password": "wrong"})
    assert second_factor.has_second_factor(user)
    client.post(REMOVE, {"password": RIGHT})
    assert not second_factor.has_second_factor(user)
    assert [second_factor.codes_left(user), verbs(user)[-1]] == [0, "second_factor_removed"]


def test_guessing_the_password_there_locks_too(verified):
    client, _user = verified()
    answers = [client.post(REMOVE, {"password": "wrong"}).status_code for _time in range(5)]
    assert answers == [200, 200, 200, 200, 429]


def test_a_short_password_must_grow_before_it_stands_alone(verified):
    client, user = verified(password="k7$wPq2z")
    response = client.post(REMOVE, {"password": "k7$wPq2z"})
    assert response.context["form"].non_field_errors()
    assert second_factor.has_second_factor(user)


def test_where_it_is_required_removing_leads_to_setting_up_again(required, verified):
    client, _user = verified(password="k7$wPq2z")
    client.post(REMOVE, {"password": "k7$wPq2z"})
    assert client.get(PAGE).headers["Location"].startswith(SET_UP)
