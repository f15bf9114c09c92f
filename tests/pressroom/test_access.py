"""Who sees what of the press room before it is public: roles by surfaces."""

import pytest
from django.utils import timezone

from portal.history.models import Record
from tests import make
from tests.make import DAY
from tests.pressroom import releases

pytestmark = pytest.mark.django_db

#: Role → whether it works in the press room.
ROLES = {
    "press officer": True, "spokesperson": True, "duty editor": True, "head of the editorial board": True,
    "reporter": False, "editor": False, "translator": False, "approver-vi": False, "approver-en": False,
    "publisher": False, "administrator": False,
}  # fmt: skip


@pytest.fixture
def item():
    now = timezone.now()
    item = releases.embargoed(at=now + DAY, now=now, title_vi="Xylophonia ra mắt")
    releases.accepted(item, now=now)
    return item


def surfaces(item) -> list[str]:
    kind = "pressroom.pressrelease"
    return [
        f"/admin/pressroom/pressrelease/{item.pk}/change/",
        "/admin/pressroom/pressrelease/",
        f"/admin/pressroom/pressrelease/{item.pk}/copies/vi/",
        f"/admin/desk/{kind}/{item.pk}/history/",
        f"/admin/desk/{kind}/{item.pk}/vi/preview/",
        f"/admin/desk/{kind}/{item.pk}/vi/lift_embargo/",
        f"/admin/pressroom/pressrelease/{item.pk}/preview/vi/",
        "/admin/pressroom/said/",
    ]


@pytest.mark.parametrize(("role", "works_there"), ROLES.items())
def test_an_embargoed_text_is_shown_to_those_who_work_with_it_alone(
    client, settings, item, role, works_there
):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    told = [path for path in surfaces(item) if "Xylophonia" in client.get(path).content.decode()]

    assert bool(told) is works_there, told


@pytest.mark.parametrize(("role", "works_there"), ROLES.items())
def test_nor_does_the_desk_or_the_history_tell_of_it(client, settings, item, role, works_there):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")
    assert Record.objects.exists()

    pages = "".join(client.get(path).content.decode() for path in ("/admin/", "/admin/history/record/"))

    assert works_there or "Xylophonia" not in pages


@pytest.mark.parametrize("path", ["change/", "copies/vi/", "preview/vi/"])
def test_strangers_are_sent_to_the_door(client, item, path):
    answer = client.get(f"/admin/pressroom/pressrelease/{item.pk}/{path}")

    assert answer.status_code == 302
    assert "/admin/login/" in answer.url


@pytest.mark.parametrize("role", ["reporter", "publisher", "administrator"])
def test_whoever_does_not_work_there_can_do_nothing_with_copies(client, settings, item, role):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    answer = client.post(f"/admin/pressroom/pressrelease/{item.pk}/copies/vi/", {"journalists": ["1"]})

    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("role", ["reporter", "translator", "publisher"])
def test_trying_to_delete_its_signer_tells_nobody_of_it(client, settings, role):
    settings.REQUIRE_SECOND_FACTOR = False
    now, signer = timezone.now(), releases.speaker()
    draft = releases.release(now=now, signer=signer, title_vi="Xylophonia ra mắt")
    releases.embargoed(draft, at=now + DAY, now=now)
    client.force_login(make.person(role), backend="django.contrib.auth.backends.ModelBackend")

    client.get(f"/admin/people/person/{signer.pk}/delete/")

    assert "Xylophonia" not in client.get("/admin/").content.decode()
