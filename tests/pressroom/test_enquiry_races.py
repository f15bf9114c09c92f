"""Two at once at the enquiry desk: no reference twice, no answer twice, no clock escalated twice."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from portal.accounts.refusal import Refused
from portal.duties import initial
from portal.duties.models import Limit
from portal.mailing.models import Delivery
from pressroom.actions import answers, crises, enquiries, units
from pressroom.models import CrisisTask, Enquiry, EnquirySeries, PressAnswer
from tests import make
from tests.make import DAY, HOUR, NOON
from tests.pressroom import makers

pytestmark = [pytest.mark.on_postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _limits(db):
    initial.load(Limit)


def at_once(deeds: list[Callable[[], Any]]) -> list[Exception]:
    """Do them all at the same moment, each on a connection of its own; answers what was refused."""
    refused: list[Exception] = []
    start = Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> None:
        try:
            start.wait()
            deed()
        except Refused as refusal:
            refused.append(refusal)
        finally:
            connections.close_all()

    threads = [Thread(target=one, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_twenty_questions_at_once_get_twenty_references_without_a_gap():
    assert at_once([lambda: makers.enquiry(now=NOON) for _ in range(20)]) == []

    given = sorted(Enquiry.objects.values_list("reference", flat=True))
    assert given == [f"HB-2026-{number:04d}" for number in range(1, 21)]
    assert EnquirySeries.objects.get().last == 20


def test_an_answer_sent_twice_at_once_is_one_letter():
    asked = makers.cleared()

    refused = at_once([lambda: enquiries.send(asked, by=None, now=NOON) for _ in range(2)])

    assert len(refused) == 1
    assert Delivery.objects.filter(key__startswith="enquiry-answered").count() == 1


def test_clearing_and_rewriting_at_once_never_clears_what_nobody_read():
    asked = makers.drafted()
    at_once(
        [
            lambda: enquiries.clear(asked, by=None, now=NOON),
            lambda: enquiries.draft(asked, {"vi": "Khác.", "en": "Other."}, by=None, now=NOON),
        ]
    )

    asked = make.again(asked)
    assert asked.state == "cleared" or (asked.state == "drafted" and asked.cleared_at is None)


def test_a_public_answer_is_made_once():
    asked = makers.answered()

    assert len(at_once([lambda: answers.publish(asked, by=None, now=NOON) for _ in range(2)])) == 1
    assert PressAnswer.objects.count() == 1


def test_a_late_unit_is_told_of_once_by_two_clocks():
    make.person("spokesperson")
    asked = makers.asked_unit()

    at_once([lambda: units.escalate(asked, now=NOON + DAY + HOUR) for _ in range(2)])

    assert Delivery.objects.filter(key__startswith="unit-overdue").count() == 1


def test_a_unit_answers_once():
    asked = makers.asked_unit()

    refused = at_once(
        [lambda: units.take_answer(asked, "6%", name="An", by=None, now=NOON) for _ in range(2)]
    )

    assert len(refused) == 1


def test_no_task_is_given_to_a_dossier_that_closes_at_that_moment():
    made, keeper = makers.crisis(), makers.officer()
    at_once(
        [
            lambda: crises.close(made, "Bài học.", by=None, now=NOON),
            lambda: crises.give_task(made, "Gọi", owner=keeper, due_at=NOON + HOUR, by=None, now=NOON),
        ]
    )

    assert make.again(made).is_open == CrisisTask.objects.exists()
