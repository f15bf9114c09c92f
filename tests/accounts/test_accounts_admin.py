import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.accounts.models import AccountEvent, Unit, User

LIST = "/admin/accounts/user/"
NEW = "a wholly new secret"


@pytest.fixture
def administrator(staff):
    """A member of the administrators' group who is no superuser."""
    user = staff("quan", roles=["administrator"], full_name="Lê Minh Quân")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return user


def page_of(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def form_of(user, **changes):
    """What the change page would send, with `changes`; a field set to None is left out (an unticked box)."""
    fields = {
        "username": user.username,
        "full_name": user.full_name,
        "pen_name": user.pen_name,
        "email": user.email,
        "unit": user.unit_id or "",
        "language": user.language,
        "is_active": "on" if user.is_active else None,
        "is_staff": "on",
        "is_superuser": "on" if user.is_superuser else None,
        "groups": [group.pk for group in user.groups.all()],
        "events-TOTAL_FORMS": 0,
        "events-INITIAL_FORMS": 0,
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def act(client, name, *users):
    return client.post(LIST, {"action": name, "_selected_action": [user.pk for user in users]}, follow=True)


def verbs(user):
    return list(AccountEvent.objects.filter(user=user).order_by("pk").values_list("verb", flat=True))


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_the_list_shows_who_has_a_second_factor(superuser, staff, enrolled, browser):
    staff("minh", roles=["editor"])
    enrolled("lan", roles=["editor", "publisher"])
    response = browser(superuser).get(LIST)
    rows = {user.username: user.with_second_factor for user in response.context["cl"].queryset}
    assert rows == {"root": False, "minh": False, "lan": True}
    assert "editor, publisher" in response.content.decode()


def test_the_list_costs_the_same_for_many(superuser, staff, browser, django_assert_max_num_queries):
    client = browser(superuser)
    staff("first", roles=["editor"])
    client.get(LIST)
    with django_assert_max_num_queries(13) as few:
        client.get(LIST)
    for number in range(20):
        staff(f"more{number}", roles=["editor"], unit=Unit.objects.create(code=f"u{number}"))
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


def test_closing_on_the_page_is_recorded(superuser, staff, browser):
    user = staff()
    browser(superuser).post(page_of(user), form_of(user, is_active=None))
    user.refresh_from_db()
    assert [user.is_active, verbs(user)] == [False, ["closed"]]
    assert AccountEvent.objects.get().by == superuser


def test_reopening_on_the_page_is_recorded(superuser, staff, browser):
    user = staff(is_active=False)
    browser(superuser).post(page_of(user), form_of(user, is_active="on"))
    user.refresh_from_db()
    assert [user.is_active, verbs(user)] == [True, ["reopened"]]


def test_saving_without_a_change_records_nothing(superuser, staff, browser):
    user = staff(roles=["editor"])
    response = browser(superuser).post(page_of(user), form_of(user))
    assert [response.status_code, verbs(user)] == [302, []]


@pytest.mark.parametrize("field", ["is_active", "is_staff", "is_superuser"])
def test_the_last_superuser_can_neither_close_nor_demote_the_account(superuser, browser, field):
    response = browser(superuser).post(page_of(superuser), form_of(superuser, **{field: None}))
    assert response.context["adminform"].form.errors[field]
    superuser.refresh_from_db()
    assert getattr(superuser, field)


def test_a_change_of_roles_is_recorded(superuser, staff, browser):
    user = staff(roles=["editor"])
    publisher, _made = Group.objects.get_or_create(name="publisher")
    browser(superuser).post(page_of(user), form_of(user, groups=[publisher.pk]))
    event = AccountEvent.objects.get()
    assert [event.verb, event.note] == ["roles_changed", "+publisher, −editor"]


def test_a_new_account_must_replace_the_password_it_was_given(superuser, browser):
    unit = Unit.objects.create(code="vp", name_vi="Văn phòng")
    browser(superuser).post(
        "/admin/accounts/user/add/",
        {
            "username": "lan",
            "full_name": "Nguyễn Thị Lan",
            "email": "lan@ministry.example",
            "unit": unit.pk,
            "language": "vi",
            "password1": NEW,
            "password2": NEW,
        },
    )
    user = User.objects.get(username="lan")
    assert [user.is_staff, user.password_must_change, verbs(user)] == [True, True, ["opened", "password_set"]]
    assert browser(user, NEW).get("/admin/account/").headers["Location"].startswith("/admin/password_change/")


def test_a_password_given_by_an_administrator_is_for_one_sign_in(superuser, staff, browser):
    user = staff()
    browser(superuser).post(f"{LIST}{user.pk}/password/", {"password1": NEW, "password2": NEW})
    client = browser(user, NEW)
    assert client.get("/admin/account/").headers["Location"].startswith("/admin/password_change/")
    own = "my very own secret words"
    client.post("/admin/password_change/", {"old_password": NEW, "new_password1": own, "new_password2": own})
    assert client.get("/admin/account/").status_code == 200


def test_ones_own_password_is_changed_on_ones_own_page(superuser, browser):
    response = browser(superuser).get(f"{LIST}{superuser.pk}/password/")
    assert response.headers["Location"] == "/admin/password_change/"


def test_an_account_with_traces_is_kept_with_a_clear_message(superuser, staff, browser):
    user = staff()
    client = browser(superuser)
    client.post(page_of(user), form_of(user, is_active=None))
    for answer in (
        client.get(f"{LIST}{user.pk}/delete/", follow=True),
        client.post(f"{LIST}{user.pk}/delete/", {"post": "yes"}, follow=True),
    ):
        assert answer.redirect_chain == [(page_of(user), 302)]
        assert "Close it instead" in told(answer)
    assert User.objects.filter(pk=user.pk).exists()


def test_an_account_without_traces_may_be_deleted(superuser, staff, browser):
    user = staff()
    browser(superuser).post(f"{LIST}{user.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=user.pk).exists()


def test_the_last_superuser_is_not_deleted(superuser, browser):
    assert browser(superuser).post(f"{LIST}{superuser.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=superuser.pk).exists()


def test_accounts_are_not_deleted_in_bulk(superuser, staff, browser):
    client, user = browser(superuser), staff()
    act(client, "delete_selected", user)
    assert User.objects.filter(pk=user.pk).exists()


def test_accounts_are_closed_and_reopened_in_bulk(superuser, staff, browser):
    client, users = browser(superuser), [staff("a"), staff("b")]
    act(client, "close_accounts", *users)
    assert list(User.objects.active()) == [superuser]
    act(client, "reopen_accounts", *users)
    assert User.objects.active().count() == 3


def test_in_bulk_a_refusal_is_told_and_does_not_stop_the_rest(superuser, staff, browser):
    user = staff()
    response = act(browser(superuser), "close_accounts", superuser, user)
    assert list(User.objects.active()) == [superuser]
    assert str(superuser) in told(response)


def test_a_lost_phone_is_helped_from_the_list(superuser, enrolled, browser):
    user = enrolled()
    act(browser(superuser), "forget_second_factors", user)
    assert browser(user).get("/admin/account/").headers["Location"].startswith("/admin/password_change/")


def test_an_administrator_cannot_touch_a_superuser(superuser, administrator, browser):
    client = browser(administrator)
    assert client.post(page_of(superuser), form_of(superuser, full_name="x")).status_code == 403
    assert client.get(f"{LIST}{superuser.pk}/password/").status_code == 403
    assert client.get(f"{LIST}{superuser.pk}/delete/").status_code == 403
    act(client, "forget_second_factors", superuser)
    act(client, "close_accounts", superuser)
    superuser.refresh_from_db()
    assert [superuser.is_active, superuser.full_name, verbs(superuser)] == [True, "Trần Văn Gốc", []]


def test_an_administrator_cannot_make_superusers(administrator, staff, browser):
    user = staff()
    browser(administrator).post(
        page_of(user), form_of(user, is_superuser="on", user_permissions=[1], full_name="Đã đổi")
    )
    user.refresh_from_db()
    assert [user.full_name, user.is_superuser, user.user_permissions.count()] == ["Đã đổi", False, 0]


def test_the_page_shows_what_happened_to_the_account(superuser, staff, browser):
    user, client = staff(), browser(superuser)
    act(client, "close_accounts", user)
    response = client.get(page_of(user))
    assert AccountEvent.objects.get().get_verb_display() in response.content.decode()


def test_the_hash_of_a_password_is_never_searched(superuser, browser):
    assert browser(superuser).get(f"{LIST}?password__startswith=md5").status_code in (302, 400)


def test_units_are_named_in_both_languages(superuser, browser):
    browser(superuser).post(
        "/admin/accounts/unit/add/",
        {"name_vi": "Vụ Hợp tác quốc tế", "name_en": "International Cooperation", "code": "htqt"},
    )
    unit = Unit.objects.get()
    assert [unit.name_vi, unit.name_en] == ["Vụ Hợp tác quốc tế", "International Cooperation"]


def test_a_unit_in_use_is_kept(superuser, staff, browser):
    unit = Unit.objects.create(code="vp", name_vi="Văn phòng")
    staff(unit=unit)
    browser(superuser).post(f"/admin/accounts/unit/{unit.pk}/delete/", {"post": "yes"})
    assert Unit.objects.filter(pk=unit.pk).exists()


@pytest.mark.parametrize("address", ["otp_totp/totpdevice", "otp_static/staticdevice"])
def test_nobody_is_given_a_second_factor_by_somebody_else(superuser, browser, address):
    assert browser(superuser).get(f"/admin/{address}/add/").status_code == 404
