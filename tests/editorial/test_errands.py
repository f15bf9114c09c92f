"""What waits besides texts: a section's lines on the desk, its lists in the head, its models for one role alone."""

import pytest
from django.contrib.auth.models import Group

from portal.editorial import errands, registry
from portal.editorial.errands import Errand, Heap
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def heap(monkeypatch):
    monkeypatch.setattr(errands, "_questions", [])

    def ask(person, now):
        lines = [Errand("Trả lời Báo A", "/admin/", "quá hạn", grave=True)] if person.is_staff else []
        return [Heap("letters", "Thư chờ trả lời", lines, "/admin/tat-ca/"), Heap("empty", "Không có gì", [])]

    errands.register(ask)
    errands.register(ask)


def test_a_sections_errands_stand_on_the_desk_once_and_empty_heaps_do_not(client, settings, heap):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.reporter(), backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/admin/").text

    assert page.count("Trả lời Báo A") == 1
    assert "/admin/tat-ca/" in page
    assert "Không có gì" not in page


def test_heaps_are_asked_for_the_person(heap):
    assert [each.key for each in errands.of(make.reporter(), NOON)] == ["letters"]


def test_a_sections_list_stands_in_the_head_of_who_may_see_it(client, settings):
    from pressroom.models import Journalist

    settings.REQUIRE_SECOND_FACTOR = False
    assert Journalist in registry.lists()
    for role, shown in (("press officer", True), ("reporter", False)):
        client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")
        assert ("/admin/pressroom/journalist/" in client.get("/admin/").text) is shown, role


def test_what_is_private_to_a_role_is_nobody_elses():
    holders = {
        group.name
        for group in Group.objects.all()
        if group.permissions.filter(codename="view_accreditationrequest").exists()
    }

    assert holders == {"press officer"}
