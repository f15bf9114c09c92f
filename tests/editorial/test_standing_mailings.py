"""A mailing that does not go on by itself stands on a desk, with the reason and a way on."""

import pytest
from django.test import Client
from django.urls import reverse

from portal.editorial import standing_mailings
from portal.mailing.actions import addressing, pausing, sending
from portal.mailing.models import Delivery, Mailing
from tests import make
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken() -> Mailing:
    """Approved; its copies beyond the first cannot be made, since the moment of the approval is lost."""
    chosen = make.mailing_list()
    make.readers(chosen, 700)
    mailing = sending.compose("Bản tin quý III", make.message(), by=None, now=NOON)
    mailing.lists.add(chosen)
    sending.approve(mailing, by=make.publisher(), now=NOON)
    Mailing.objects.update(approved_at=None)
    work()
    return Mailing.objects.get()


def work() -> None:
    addressing.address_waiting(now=lambda: NOON, until=NOON + HOUR)


def lines(person) -> list:
    return [line for heap in standing_mailings.of(person, NOON) for line in heap.lines]


def page(person, address: str) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address).content.decode()


def test_one_that_cannot_be_addressed_is_on_the_desk_of_its_makers_with_the_reason(broken, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    [line] = lines(make.person("editor"))

    assert line.grave
    assert "Cannot use None" in line.facts
    assert line.words == "Bản tin quý III"
    assert line.words in page(make.person("editor"), reverse("admin:index"))


def test_its_page_says_what_can_be_done(broken, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    said = page(make.publisher(), reverse("admin:mailing_mailing_change", args=[broken.pk]))

    assert "chưa thư nào rời hệ thống" in said
    assert 'value="cancel"' in said


def test_it_can_be_recalled_and_leaves_the_desk(broken):
    pausing.cancel(broken, by=make.publisher(), now=NOON, why="soạn lại")

    assert lines(make.publisher()) == []


def test_when_the_cause_is_gone_it_goes_on_and_leaves_the_desk(broken):
    Mailing.objects.update(approved_at=NOON)
    work()

    assert Mailing.objects.get().state == Mailing.State.APPROVED
    assert lines(make.publisher()) == []


def test_one_that_was_paused_stands_there_too():
    mailing = make.mailing("a@b.example")
    sending.release(mailing, Delivery.Stage.ALL, by=None, now=NOON)
    pausing.pause(mailing, by=None, now=NOON, why="10 lần bị từ chối")

    assert [line.facts for line in lines(make.publisher())] == ["10 lần bị từ chối"]


def test_one_that_goes_its_way_does_not():
    make.mailing("a@b.example")

    assert lines(make.publisher()) == []


def test_others_are_told_nothing_and_the_database_is_not_asked(broken, django_assert_num_queries):
    person = make.translator()
    person.get_all_permissions()

    with django_assert_num_queries(0):
        assert lines(person) == []
