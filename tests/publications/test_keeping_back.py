"""A text corrected or taken down in the last second takes the issue that would show it off the schedule, in one transaction."""

from functools import partial

import pytest
from django.db import transaction

from portal.editorial import clock, leaning
from portal.editorial.actions import Refused, open_working_copy, take_step
from portal.editorial.models import Notice
from portal.history.models import Record
from portal.search.models import Entry
from publications import actions, watching
from publications.models import Bulletin
from tests import make
from tests.editorial.test_attacks import race
from tests.publications.pieces import english

pytestmark = pytest.mark.django_db
HOUR = make.NOON + make.HOUR
JUST_BEFORE = HOUR - make.MINUTE / 60


def due(*pieces, **fields):
    """An issue of these pieces that appears by itself at HOUR."""
    item = actions.freeze(make.bulletin(*pieces, **fields), "en", by=None, now=make.NOON)
    return make.scheduled(item, "en", at=HOUR)


def taken_down(article, step="retract", now=JUST_BEFORE):
    take_step(make.again(article), step, language="en", by=None, now=now, note="Wrong throughout.")


def visible(item, now):
    return Entry.objects.about(item).in_language("en").begun(now).exists()


def state(item):
    return Bulletin.objects.get(pk=item.pk).edition("en").state


@pytest.mark.parametrize("step", ["retract", "withdraw"])
def test_a_text_taken_down_one_second_before_the_hour_keeps_the_issue_back(step):
    article = english()
    item = due(article)
    assert visible(item, HOUR)

    taken_down(article, step)

    assert state(item) == "approved"
    assert not visible(item, HOUR)
    assert clock.run(HOUR) == 0
    assert not visible(item, HOUR + make.DAY)


def correction(article, kind="correction"):
    copy = open_working_copy(make.again(article), by=None, now=make.NOON)
    make.changed(copy, by=None, change_kind_en=kind, change_note_en="It was 5.", title_en="Another title")
    return make.again(copy)


def test_a_text_corrected_one_second_before_the_hour_keeps_the_issue_back():
    article = english()
    item = due(article)

    copy = make.approved(correction(article), "en")
    take_step(copy, "publish", language="en", by=None, now=JUST_BEFORE)

    assert (state(item), visible(item, HOUR)) == ("approved", False)


def test_a_correction_that_the_clock_releases_with_the_issue_keeps_it_back():
    article = english()
    item = due(article)
    make.scheduled(correction(article), "en", at=JUST_BEFORE)

    clock.run(JUST_BEFORE)

    assert (state(item), visible(item, HOUR)) == ("approved", False)


@pytest.mark.parametrize("kind", ["minor", "update"])
def test_an_update_that_corrects_nothing_lets_the_issue_appear(kind):
    article = english()
    item = due(article)

    take_step(
        make.approved(correction(article, kind), "en"), "publish", language="en", by=None, now=JUST_BEFORE
    )

    assert (state(item), visible(item, HOUR)) == ("scheduled", True)


def test_its_makers_are_told_once_however_often_the_watch_looks():
    article, editor = english(), make.person("editor")
    item = make.bulletin(article, by=editor)
    actions.freeze(item, "en", by=editor, now=make.NOON)
    make.scheduled(make.again(item), "en", at=HOUR)

    taken_down(article)
    for _ in range(2):
        watching.watch(HOUR)
        clock.run(HOUR)

    [notice] = Notice.objects.filter(to=editor, verb=watching.BEFORE)
    assert article.title_en in notice.note
    assert "Wrong throughout." in notice.note
    assert Notice.objects.filter(to=editor, verb="unschedule").count() == 1


def test_two_texts_of_one_issue_taken_down_at_once_are_both_told():
    first, second, editor = english(), english(), make.person("editor")
    item = make.bulletin(first, second, by=editor)
    actions.freeze(item, "en", by=editor, now=make.NOON)
    make.scheduled(make.again(item), "en", at=HOUR)

    for article in (first, second):
        taken_down(article)
    clock.run(HOUR)

    assert not visible(item, HOUR)
    assert Notice.objects.filter(to=editor, verb=watching.BEFORE).count() == 2


def test_every_issue_that_holds_the_text_is_kept_back_and_no_other():
    article = english()
    holding = [due(article, quarter=quarter, licence=make.licence(number=str(quarter))) for quarter in (1, 2)]
    other = due(english(), quarter=4)

    taken_down(article)

    assert [state(item) for item in (*holding, other)] == ["approved", "approved", "scheduled"]


def test_the_other_language_of_a_text_keeps_nothing_back():
    article = make.published(make.article(), "vi", "en")
    item = due(article)

    take_step(article, "retract", language="vi", by=None, now=JUST_BEFORE, note="Sai.")

    assert (state(item), visible(item, HOUR)) == ("scheduled", True)


def test_an_issue_whose_hour_has_come_is_before_readers_and_its_makers_are_told():
    article, editor = english(), make.person("editor")
    item = make.bulletin(article, by=editor)
    actions.freeze(item, "en", by=editor, now=make.NOON)
    make.scheduled(make.again(item), "en", at=HOUR)

    taken_down(article, now=HOUR)
    watching.watch(HOUR)
    clock.run(HOUR)

    assert visible(item, HOUR)
    assert Notice.objects.filter(to=editor, verb=watching.BEFORE).exists()


def test_an_issue_kept_back_is_scheduled_again_only_when_it_is_frozen_anew():
    article = english()
    item = due(article)
    taken_down(article)

    with pytest.raises(Refused, match=article.title_en):
        take_step(make.again(item), "schedule", language="en", by=None, now=JUST_BEFORE, at=HOUR)


def test_the_text_is_taken_down_and_the_issue_kept_back_both_or_neither():
    article = english()
    item = due(article)

    with transaction.atomic():
        taken_down(article)
        transaction.set_rollback(True)

    assert (make.again(article).edition("en").state, state(item)) == ("published", "scheduled")
    assert visible(item, HOUR)


@pytest.mark.django_db(transaction=True)
def test_two_texts_taken_down_at_the_same_moment_keep_it_back_once():
    articles = [english(), english()]
    item = due(*articles)

    ends = race(*(partial(taken_down, article) for article in articles))

    assert ends == ["done", "done"]
    assert (state(item), visible(item, HOUR)) == ("approved", False)
    assert Record.objects.filter(verb="unschedule").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_issue_scheduled_while_its_text_is_taken_down_does_not_appear():
    article = english()
    item = make.approved(actions.freeze(make.bulletin(article), "en", by=None, now=make.NOON), "en")

    ends = race(
        partial(taken_down, article),
        partial(take_step, item, "schedule", language="en", by=None, now=make.NOON, at=HOUR),
    )

    assert ends[0] == "done"
    assert (state(item), visible(item, HOUR)) == ("approved", False)


def test_taking_down_what_no_issue_holds_asks_one_question_more(django_assert_num_queries):
    with django_assert_num_queries(1), leaning.held([leaning.Changed("news.article:1", "en")], make.NOON):
        pass


def test_keeping_back_asks_as_many_questions_for_a_thousand_texts_as_for_one(django_assert_num_queries):
    due(english())
    for number in (1, 1000):
        changed = [leaning.Changed(f"news.article:{900_000 + each}", "en") for each in range(number)]
        with django_assert_num_queries(2), leaning.held(changed, make.NOON):
            pass
