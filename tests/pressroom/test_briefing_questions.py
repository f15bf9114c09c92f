"""The queue of questions: sent before, entered in the hall, in turn by outlet, taken, answered, left for writing."""

import pytest

from portal.accounts.refusal import Refused
from pressroom.actions import briefing_questions as actions
from pressroom.models import BriefingQuestion
from tests import make
from tests.make import NOON
from tests.pressroom import briefings as bf

pytestmark = pytest.mark.django_db
State = BriefingQuestion.State


def entered(item, text, at=None):
    return actions.enter_question(item, at or bf.outlet(), text, language="vi", topic=None, by=None, now=NOON)


def queue(item):
    return [each.text for each in item.questions.waiting()]


def test_a_question_sent_before_stands_at_the_end_with_its_outlet():
    item, who = bf.announced(), bf.journalist()
    entered(item, "Trước")

    sent = actions.send_question(item, who, "Lương tối thiểu?", language="vi", now=NOON)

    assert queue(item) == ["Trước", "Lương tối thiểu?"]
    assert (sent.outlet, sent.journalist) == (who.outlet, who)


def test_the_same_question_twice_is_one():
    item, who = bf.announced(), bf.journalist()

    for _each in range(2):
        actions.send_question(item, who, "Lương tối thiểu?", language="vi", now=NOON)

    assert item.questions.count() == 1


def test_there_is_an_end_to_the_questions_of_one_journalist():
    item, who = bf.announced(), bf.journalist()
    for number in range(actions.MOST):
        actions.send_question(item, who, f"Câu {number}", language="vi", now=NOON)

    with pytest.raises(Refused):
        actions.send_question(item, who, "Một câu nữa", language="vi", now=NOON)


def test_none_is_sent_once_it_has_begun_or_without_an_accreditation_that_holds():
    item = bf.announced()

    with pytest.raises(Refused):
        actions.send_question(item, bf.journalist(), "Muộn", language="vi", now=bf.exact().begins)
    with pytest.raises(Refused):
        actions.send_question(item, bf.journalist(state="lapsed"), "Hết hạn", language="vi", now=NOON)


def test_questions_move_up_and_down_and_not_beyond_the_ends():
    item = bf.announced()
    one, two, three = (entered(item, text) for text in ("một", "hai", "ba"))

    actions.move_question(three, -1, by=None, now=NOON)
    actions.move_question(one, -1, by=None, now=NOON)
    actions.move_question(two, 5, by=None, now=NOON)

    assert queue(item) == ["một", "ba", "hai"]


def test_outlets_take_turns_and_whoever_had_an_answer_comes_a_round_later():
    item, big, small = bf.announced(), bf.outlet(), bf.outlet()
    first = entered(item, "lớn 1", big)
    for text, outlet in (("lớn 2", big), ("lớn 3", big), ("nhỏ 1", small), ("nhỏ 2", small)):
        entered(item, text, outlet)
    actions.turn_question(first, State.TAKEN, by=None, now=NOON)

    actions.order_fairly(item, by=None, now=NOON)

    assert queue(item) == ["nhỏ 1", "lớn 2", "nhỏ 2", "lớn 3"]


def test_a_question_is_taken_answered_or_left_for_writing():
    item = bf.announced()
    one, two = entered(item, "một"), entered(item, "hai")

    actions.turn_question(
        actions.turn_question(one, State.TAKEN, by=None, now=NOON), State.ANSWERED, by=None, now=NOON
    )
    actions.turn_question(two, State.LEFT, by=None, now=NOON)

    assert make.again(one).state == State.ANSWERED
    assert list(item.questions.left_for_writing()) == [two]


def test_a_question_not_taken_is_not_answered():
    question = entered(bf.announced(), "một")

    with pytest.raises(Refused):
        actions.turn_question(question, State.ANSWERED, by=None, now=NOON)


def test_only_a_waiting_question_is_moved():
    question = actions.turn_question(entered(bf.announced(), "một"), State.TAKEN, by=None, now=NOON)

    with pytest.raises(Refused):
        actions.move_question(question, 1, by=None, now=NOON)
