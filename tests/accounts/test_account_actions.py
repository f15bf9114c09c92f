from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from portal.accounts import actions, second_factor, tasks
from portal.accounts.models import AccountEvent, User
from portal.accounts.refusal import Refused


@pytest.fixture
def used(staff, noon):
    """Make a member of staff who last signed in `days` before noon."""

    def make(username, days, seconds=0, **fields):
        moment = noon - timedelta(days=days, seconds=seconds)
        return staff(username, last_login=moment, date_joined=noon - timedelta(days=400), **fields)

    return make


def events(user):
    return list(AccountEvent.objects.filter(user=user).order_by("pk").values_list("verb", "note"))


def test_an_account_is_opened_with_its_roles(superuser, noon):
    Group.objects.get_or_create(name="editor")
    user = actions.open_account(
        "lan",
        "Nguyễn Thị Lan",
        ["editor"],
        by=superuser,
        now=noon,
        email="lan@ministry.example",
        language="en",
    )
    user = User.objects.get(pk=user.pk)
    assert [user.is_staff, user.is_active, user.language, user.email] == [
        True,
        True,
        "en",
        "lan@ministry.example",
    ]
    assert [group.name for group in user.groups.all()] == ["editor"]
    assert events(user) == [("opened", "editor")]
    assert not user.has_usable_password()


def test_an_account_may_be_opened_with_a_good_password_only(superuser, noon):
    user = actions.open_account("lan", "Lan", [], by=superuser, now=noon, password="correct horse battery")
    assert user.check_password("correct horse battery")
    with pytest.raises(ValidationError):
        actions.open_account("minh", "Minh", [], by=superuser, now=noon, password="short")
    assert not User.objects.filter(username="minh").exists()


def test_a_name_is_taken_whatever_its_case(staff, superuser, noon):
    staff("lan")
    with pytest.raises(Refused):
        actions.open_account("LAN", "Lan", [], by=superuser, now=noon)


def test_an_unknown_role_opens_nothing(superuser, noon):
    with pytest.raises(Refused, match="wizard"):
        actions.open_account("lan", "Lan", ["wizard"], by=superuser, now=noon)
    assert User.objects.count() == 1


def test_closing_is_recorded_once(staff, superuser, noon):
    user = staff()
    for _time in range(2):
        actions.close_account(user, by=superuser, now=noon, reason="left the ministry")
    user.refresh_from_db()
    assert user.is_active is False
    assert events(user) == [("closed", "left the ministry")]


def test_the_last_active_superuser_is_never_closed(staff, superuser, noon):
    staff("old", is_superuser=True, is_active=False)
    with pytest.raises(Refused):
        actions.close_account(superuser, by=superuser, now=noon)
    superuser.refresh_from_db()
    assert superuser.is_active


def test_one_of_two_superusers_may_be_closed(staff, superuser, noon):
    actions.close_account(staff("second", is_superuser=True), by=superuser, now=noon)
    assert list(User.objects.active().superusers()) == [superuser]


def test_accounts_idle_for_forty_five_days_are_closed(used, superuser, noon):
    used("at", 45)
    used("beyond", 45, seconds=1)
    used("within", 44, seconds=86399)
    closed = actions.close_idle_accounts(noon)
    assert sorted(user.username for user in closed) == ["at", "beyond"]
    assert sorted(User.objects.active().values_list("username", flat=True)) == ["root", "within"]
    assert events(closed[0]) == [("closed_idle", "")]


def test_closing_idle_accounts_twice_changes_nothing(used, superuser, noon):
    user = used("beyond", 46)
    actions.close_idle_accounts(noon)
    assert actions.close_idle_accounts(noon) == []
    assert len(events(user)) == 1


def test_an_account_never_used_is_counted_from_its_opening(staff, superuser, noon):
    staff("young", date_joined=noon - timedelta(days=44))
    staff("old", date_joined=noon - timedelta(days=45))
    assert [user.username for user in actions.close_idle_accounts(noon)] == ["old"]


def test_a_reopened_account_is_not_closed_again_the_same_night(used, superuser, noon):
    user = used("back", 100)
    actions.close_idle_accounts(noon)
    actions.reopen_account(user, by=superuser, now=noon, reason="back from leave")
    assert actions.close_idle_accounts(noon + timedelta(days=44)) == []
    assert actions.close_idle_accounts(noon + timedelta(days=45)) == [user]


def test_of_idle_superusers_the_last_to_sign_in_stays(used, noon):
    used("first", 90, is_superuser=True)
    used("last", 60, is_superuser=True)
    used("middle", 75, is_superuser=True)
    actions.close_idle_accounts(noon)
    assert list(User.objects.active().values_list("username", flat=True)) == ["last"]


def test_the_number_of_days_is_a_setting(used, superuser, noon, settings):
    settings.ACCOUNT_IDLE_DAYS = 10
    used("idle", 10)
    assert len(actions.close_idle_accounts(noon)) == 1


def test_the_clock_closes_idle_accounts(staff, noon, superuser):
    user = staff(last_login=noon - timedelta(days=4000), date_joined=noon - timedelta(days=4000))
    tasks.close_idle_accounts()
    user.refresh_from_db()
    assert user.is_active is False


def test_a_forgotten_factor_is_removed_and_the_password_is_due(enrolled, superuser, noon):
    user = enrolled()
    actions.forget_second_factor(user, by=superuser, now=noon, reason="lost phone")
    user.refresh_from_db()
    assert [second_factor.has_second_factor(user), user.password_must_change] == [False, True]
    assert events(user)[-1] == ("second_factor_removed", "lost phone")


def test_the_command_line_forgets_a_factor(enrolled):
    user = enrolled()
    call_command("forget_second_factor", "lan", stdout=StringIO())
    assert not second_factor.has_second_factor(user)


def test_the_command_line_names_who_is_missing():
    with pytest.raises(CommandError, match="nobody"):
        call_command("forget_second_factor", "nobody")


def test_the_past_is_not_rewritten(staff, superuser, noon):
    actions.close_account(staff(), by=superuser, now=noon)
    with pytest.raises(TypeError):
        AccountEvent.objects.update(note="never happened")
    with pytest.raises(TypeError):
        AccountEvent.objects.all().delete()


def test_people_are_sorted_by_given_name(staff):
    people = [
        staff(str(place), full_name=name) for place, name in enumerate(["Lê Văn Đức", "Trần Anh", "Ngô Dũng"])
    ]
    assert [user.full_name for user in sorted(people, key=lambda user: user.sort_key)] == [
        "Trần Anh",
        "Ngô Dũng",
        "Lê Văn Đức",
    ]
