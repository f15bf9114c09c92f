"""Units are asked by letter, answer by its link, are reminded once, and told of once when they are late."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.mailing.models import Delivery
from portal.web.public_forms import stamp
from pressroom import links, tasks
from pressroom.actions import enquiries, units
from pressroom.models import Enquiry, UnitRequest
from tests import make
from tests.make import DAY, HOUR, MINUTE, NOON
from tests.pressroom import makers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    make.identity()


def keys(prefix: str) -> list[str]:
    return list(Delivery.objects.filter(key__startswith=prefix).values_list("key", flat=True))


def answering(client: Client, request: UnitRequest, **said):
    fields = {
        "answer": "Bảng số liệu kèm theo.",
        "name": "Trần An, đầu mối",
        "stamp": stamp(),
        "website": "",
    } | said
    return client.post(links.unit_path(request, "vi"), fields)


def test_the_focal_point_gets_the_question_and_never_who_asked_it():
    asked = makers.asked_unit()

    letter = Delivery.objects.get(key=f"unit-asked:{asked.pk}")
    assert letter.email == "vu.htqt@portal.example"
    assert "By how much did wages rise?" in letter.message.text
    assert "Anna Berg" not in letter.message.text
    assert "anna@wire.example" not in letter.message.text
    assert make.again(asked.enquiry).state == Enquiry.State.WITH_UNIT


def test_a_focal_point_is_written_to_before_the_general_mailbox():
    made = makers.unit(email="")
    make.address("chung@portal.example", of=make.post(organisation=made, title_en="Office", is_general=True))
    assert units.focal_email(made) == "chung@portal.example"
    make.address("dau.moi@portal.example", of=make.post(organisation=made, title_en="Press focal point"))

    assert units.focal_email(made) == "dau.moi@portal.example"


def test_a_unit_without_an_address_is_asked_all_the_same():
    asked = makers.asked_unit(of=makers.unit(email=""))

    assert keys("unit-asked") == []
    assert asked.state == UnitRequest.State.ASKED


def test_the_clock_is_the_houses_own_and_never_runs_past_the_answer():
    assert makers.asked_unit().due_at == NOON + DAY
    assert makers.asked_unit(makers.enquiry(wanted_by=NOON + HOUR)).due_at == NOON + HOUR


def test_a_unit_is_not_asked_twice_at_once():
    asked = makers.asked_unit()

    with pytest.raises(Refused):
        makers.asked_unit(asked.enquiry, of=asked.unit)


def test_only_units_are_asked():
    with pytest.raises(Refused):
        makers.asked_unit(of=makers.outlet())


def test_opening_the_link_changes_nothing(client):
    asked = makers.asked_unit(now=timezone.now())

    page = client.get(links.unit_path(asked, "vi"))

    assert page.status_code == 200
    assert "Anna Berg" not in page.content.decode()
    assert make.again(asked).state == UnitRequest.State.ASKED


def test_the_unit_answers_by_its_link_without_an_account(client):
    asked = makers.asked_unit(now=timezone.now())

    answering(client, asked)

    asked = make.again(asked)
    assert (asked.state, asked.answer, asked.answered_by) == (
        "answered",
        "Bảng số liệu kèm theo.",
        "Trần An, đầu mối",
    )


def test_a_second_answer_is_told_that_the_first_was_kept(client):
    asked = makers.asked_unit(now=timezone.now())
    answering(client, asked)

    again = answering(client, asked, answer="Khác.")

    assert again.status_code == 200
    assert make.again(asked).answer == "Bảng số liệu kèm theo."


def test_nothing_typed_is_lost_when_something_is_missing(client):
    page = answering(client, makers.asked_unit(now=timezone.now()), name="").content.decode()

    assert "Bảng số liệu kèm theo." in page


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: "x" + token, lambda token: "a.b"])
def test_a_forged_link_leads_nowhere(client, spoil):
    path = links.unit_path(makers.asked_unit(), "vi")
    token = re.search(r"([^/]+)/$", path).group(1)

    assert client.get(path.replace(token, spoil(token))).status_code == 404


def test_a_link_to_an_enquiry_opens_no_request(client):
    asked = makers.asked_unit()
    token = links.enquiry_path(asked.enquiry, "vi").rstrip("/").rpartition("/")[2]
    path = links.unit_path(asked, "vi").rstrip("/").rpartition("/")[0]

    assert client.get(f"{path}/{token}/").status_code == 404


def test_a_recalled_request_takes_no_answer(client):
    asked = makers.asked_unit(now=timezone.now())
    units.recall(asked, by=None, now=timezone.now())

    assert answering(client, asked).status_code == 200
    assert make.again(asked).answer == ""


def test_a_unit_is_reminded_once_before_its_time_is_over():
    now = timezone.now()
    asked = makers.asked_unit(now=now - DAY + HOUR)

    tasks.watch_units()
    tasks.watch_units()

    assert keys("unit-reminded") == [f"unit-reminded:{asked.pk}"]


def test_nobody_is_reminded_long_before():
    makers.asked_unit(now=timezone.now())

    tasks.watch_units()

    assert keys("unit-reminded") == []


def test_a_late_unit_is_told_of_once_to_who_heads_the_press_work():
    head = makers.speaker(language="en")
    asked = makers.asked_unit(now=timezone.now() - DAY - MINUTE)

    tasks.watch_units()
    tasks.watch_units()

    assert keys("unit-overdue") == [f"unit-overdue:{asked.pk}:{head.pk}"]
    assert "has not" in Delivery.objects.get(key__startswith="unit-overdue").message.text


def test_without_a_spokesperson_the_head_of_the_board_is_told():
    head = make.head()

    assert units.heads_of_press() == [head]


def test_nobody_is_told_of_units_whose_journalist_has_been_answered():
    makers.speaker()
    asked = makers.asked_unit(now=timezone.now() - DAY - MINUTE)
    enquiries.close(asked.enquiry, "Withdrawn.", by=None, now=timezone.now())

    tasks.watch_units()

    assert keys("unit-overdue") == []
