"""The survey: asked once at each time, answered once, told so that nobody is known by it."""

from collections import Counter
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.mailing.models import Delivery
from portal.web.public_forms import stamp
from tests.make import DAY, HOUR, NOON
from tests.training import day
from training.actions import surveys
from training.models import Answer, Question, Ticket, Wave
from training.rules.surveys import bars_of, result_of
from training.tasks import ask_participants

pytestmark = pytest.mark.django_db
AFTER, LATER = Wave.AFTER, Wave.LATER


def over(now=NOON, people=1):
    """An event of the day before, with so many who came."""
    here = day.event(now=now - DAY)
    for _each in range(people):
        day.present(day.seat(here))
    return here


def ticket(here=None, wave=AFTER):
    return Ticket.objects.create(event=here or over(), wave=wave, registration=day.seat(here or over()))


def said(wave=AFTER, score=4):
    return {
        each.pk: score if each.kind == "scale" else "Bài tập." for each in Question.objects.filter(wave=wave)
    }


def test_whoever_came_is_asked_once_however_often_the_task_runs():
    here = over(people=2)
    day.seat(here)  # did not come

    asked = [surveys.ask(here, AFTER, now=NOON + each * HOUR) for each in range(2)]

    assert [asked, Delivery.objects.filter(key__startswith="survey:").count()] == [[2, 0], 2]


@pytest.mark.parametrize(("days", "waves"), [(0.01, []), (1, [AFTER]), (40, []), (91, [LATER]), (130, [])])
def test_it_is_asked_at_the_end_and_after_ninety_days_and_a_late_run_catches_up(days, waves):
    here = day.event(now=NOON)
    now = NOON + days * DAY

    assert [wave for wave in Wave.values if here in surveys.due(wave, now)] == waves


def test_the_clock_asks_by_itself():
    here = over(timezone.now())

    ask_participants()

    assert here.tickets.count() == 1


def test_a_ticket_answers_once():
    mine = ticket()
    surveys.answer(mine, said())

    with pytest.raises(Refused):
        surveys.answer(mine, said())

    assert Answer.objects.count() == Question.objects.filter(wave=AFTER).count()


def test_an_empty_answer_keeps_the_ticket():
    mine = ticket()

    with pytest.raises(Refused):
        surveys.answer(mine, dict.fromkeys(said(), ""))

    assert not Ticket.objects.get().is_used


def test_nothing_that_is_kept_leads_from_an_answer_to_whoever_gave_it():
    """Neither a row nor a time, nor an order in which they came."""
    linked = {field.name for field in Answer._meta.get_fields() if field.is_relation}
    moments = [field.name for model in (Answer, Ticket) for field in model._meta.get_fields()
               if field.get_internal_type() in {"DateField", "DateTimeField"}]  # fmt: skip

    assert [linked, moments] == [{"event", "question"}, []]
    assert Answer._meta.pk.get_internal_type() == "UUIDField"
    assert Answer._meta.ordering == ["pk"]


def test_of_fewer_than_five_answers_nothing_is_told():
    here = over()
    for _each in range(4):
        surveys.answer(ticket(here), said())

    told = surveys.results(here)[AFTER]

    assert not any(each.is_told or each.average or each.bars or each.texts for each in told)
    surveys.answer(ticket(here), said())
    assert {each.average for each in surveys.results(here)[AFTER] if each.question.kind == "scale"} == {
        Decimal("4.0")
    }


def test_small_groups_of_answers_are_put_together_or_left_out():
    fine, together, hidden = Counter({4: 6, 5: 7}), Counter({4: 3, 5: 7}), Counter({1: 1, 5: 7})

    assert [[bar.count for bar in bars_of(each)] for each in (fine, together, hidden)] == [
        [0, 0, 0, 6, 7], [0, 0, 10], [],
    ]  # fmt: skip


def test_texts_are_told_by_the_alphabet_and_not_as_they_came():
    question = Question.objects.filter(kind="text").first()

    assert result_of(question, Counter(), list("cbeda")).texts == list("abcde")


def test_results_take_as_many_queries_for_many_as_for_few(django_assert_num_queries):
    here = over()
    for size in (2, 20):
        for _each in range(size):
            surveys.answer(ticket(here), said())
        with django_assert_num_queries(3):
            surveys.results(here)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_form_takes_answers_and_thanks(client, language):
    mine = ticket(over(timezone.now()))
    address = f"/{language}/{'dao-tao/y-kien' if language == 'vi' else 'training/opinion'}/{mine.key}/"
    page = client.get(address)
    question = Question.objects.filter(wave=AFTER).first()

    sent = client.post(address, {"stamp": stamp(), f"question-{question.pk}": "5"})

    assert [page.status_code, sent.status_code, Answer.objects.get().score] == [200, 302, 5]
    again = client.post(address, {"stamp": stamp(), f"question-{question.pk}": "1"})
    assert [again.status_code, Answer.objects.count()] == [200, 1]


def test_a_made_up_ticket_opens_nothing(client):
    assert client.get("/vi/dao-tao/y-kien/00000000-0000-0000-0000-000000000000/").status_code == 404


@pytest.mark.parametrize("sent", ["9", "0", "ế", "-1", "=cmd()"])
def test_no_score_beyond_the_scale_is_taken(client, sent):
    mine = ticket(over(timezone.now()))
    question = Question.objects.filter(wave=AFTER).first()

    answer = client.post(
        reverse("training:survey", args=[mine.key]), {"stamp": stamp(), f"question-{question.pk}": sent}
    )

    assert [answer.status_code, Answer.objects.count()] == [200, 0]


def test_a_machine_is_thanked_and_not_heard(client):
    mine = ticket(over(timezone.now()))
    question = Question.objects.filter(wave=AFTER).first()

    client.post(reverse("training:survey", args=[mine.key]),
                {"stamp": stamp(), "website": "x", f"question-{question.pk}": "1"})  # fmt: skip

    assert not Answer.objects.exists()
