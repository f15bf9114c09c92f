"""The clock: what is due goes out at its second, once, whoever is dead and however many run."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from news.models import Article
from portal.editorial import clock
from portal.editorial.actions import open_working_copy, set_expiry, take_step
from portal.editorial.models import Edition, Effect, Heartbeat, Notice, State
from portal.history.models import Record
from portal.search.models import Entry
from tests import make
from tests.editorial.held_clock import HeldClock
from tests.make import DAY, HOUR, MINUTE, NOON

pytestmark = pytest.mark.django_db


def scheduled_copy(item: Article, at, **changes) -> Article:
    copy = make.changed(
        open_working_copy(item, by=None, now=NOON), by=None, change_kind_vi="minor", **changes
    )
    return make.scheduled(copy, at=at)


def test_what_is_due_is_published_and_recorded_as_the_clocks_deed():
    item = make.scheduled(at=NOON + HOUR)

    released = clock.run(NOON + HOUR)

    edition = item.editions.get(language="vi")
    assert [released, edition.state, edition.first_published_at] == [1, State.PUBLISHED, NOON + HOUR]
    assert Record.objects.get(verb="published").by is None


def test_nothing_goes_out_early():
    make.scheduled(at=NOON + HOUR)

    assert clock.run(NOON + HOUR - timedelta(microseconds=1)) == 0


def test_a_clock_dead_for_a_day_catches_up_with_the_hour_that_was_promised():
    item = make.scheduled(at=NOON + HOUR)

    clock.run(NOON + DAY)

    edition = item.editions.get(language="vi")
    assert [edition.publish_at, edition.first_published_at] == [NOON + HOUR, NOON + HOUR]
    assert Entry.objects.get().visible_from == NOON + HOUR


def test_readers_do_not_wait_for_a_dead_clock():
    make.scheduled(at=NOON + HOUR)

    assert Entry.objects.listed(NOON + HOUR).count() == 1


def test_the_tick_sleeps_to_the_second_of_a_working_copy():
    item = make.published(title_vi="Cũ")
    scheduled_copy(item, NOON + HOUR + timedelta(seconds=7), title_vi="Mới")
    held = HeldClock(NOON + HOUR)

    held.tick()

    assert [held.slept, Article.objects.get(pk=item.pk).title_vi] == [[7.0], "Mới"]


def test_the_tick_leaves_what_lies_beyond_its_horizon():
    item = make.published(title_vi="Cũ")
    scheduled_copy(item, NOON + HOUR + timedelta(seconds=11), title_vi="Mới")
    held = HeldClock(NOON + HOUR)

    held.tick()

    assert [held.slept, Article.objects.get(pk=item.pk).title_vi] == [[], "Cũ"]


def test_a_pair_of_working_copies_goes_out_together():
    item = make.published(make.published(title_vi="Cũ", title_en="Old"), "en")
    copy = open_working_copy(item, by=None, now=NOON)
    copy = make.changed(copy, by=None, title_vi="Mới", title_en="New", change_kind_vi="minor", change_kind_en="minor",
                        released_together=True)  # fmt: skip
    copy = make.approved(make.approved(copy, "vi"), "en")
    take_step(copy, "schedule", language="vi", by=None, now=NOON, at=NOON + HOUR)

    assert clock.run(NOON + HOUR) == 2

    fresh = Article.objects.get(pk=item.pk)
    assert [fresh.title_vi, fresh.title_en, Article.objects.filter(working_copy_of=item).exists()] == [
        "Mới",
        "New",
        False,
    ]


def test_a_bad_item_harms_no_other_and_says_why():
    good = [make.scheduled(at=NOON + HOUR) for _ in range(3)]
    bad = make.scheduled(at=NOON + HOUR)
    Article.objects.filter(pk=bad.pk).update(title_vi="Sửa thẳng trong cơ sở dữ liệu")

    clock.run(NOON + HOUR)

    assert {make.state(item) for item in good} == {State.PUBLISHED}
    edition = bad.editions.get(language="vi")
    assert [edition.state, edition.failed_at] == [State.SCHEDULED, NOON + HOUR]
    assert edition.failure


def test_an_item_that_breaks_the_database_harms_no_other():
    item, other = make.published(title_vi="Cũ"), make.scheduled(at=NOON + HOUR)
    copy = scheduled_copy(item, NOON + HOUR, title_vi="Mới")
    Edition.objects.of(item).filter(language="vi").delete()

    clock.run(NOON + HOUR)

    assert make.state(other) == State.PUBLISHED
    assert Edition.objects.of(copy).get().failure


def test_what_failed_waits_for_a_person():
    bad = make.scheduled(at=NOON + HOUR)
    Article.objects.filter(pk=bad.pk).update(title_vi="Sửa thẳng")
    clock.run(NOON + HOUR)
    Article.objects.filter(pk=bad.pk).update(title_vi=bad.title_vi)

    assert clock.run(NOON + HOUR + MINUTE) == 0
    assert clock.run(NOON + HOUR + MINUTE, by=make.publisher()) == 1


def test_expiry_takes_a_text_off_the_lists_at_its_second_and_withdraws_it():
    item = make.published()
    set_expiry(item, language="vi", by=make.publisher(), now=NOON, expire_at=NOON + HOUR)
    assert [
        Entry.objects.listed(NOON + HOUR - MINUTE).count(),
        Entry.objects.listed(NOON + HOUR).count(),
    ] == [1, 0]

    clock.run(NOON + HOUR)

    edition = item.editions.get(language="vi")
    assert [edition.state, edition.expire_at] == [State.WITHDRAWN, None]
    assert "hết" in edition.explanation or "time" in edition.explanation


def test_every_tick_leaves_a_sign_of_life():
    held = HeldClock(NOON)

    held.tick()

    assert Heartbeat.objects.get().seen_at == NOON
    assert [clock.is_alive(NOON + MINUTE), clock.is_alive(NOON + 3 * MINUTE)] == [True, False]


def test_who_wrote_it_is_told_once():
    writer = make.reporter()
    make.scheduled(make.article(by=writer), at=NOON + HOUR)

    clock.run(NOON + HOUR)
    Effect.objects.update(done_at=None)
    clock.run(NOON + HOUR)

    assert Notice.objects.filter(to=writer, verb="published").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_publish_each_thing_once():
    for _ in range(6):
        make.scheduled(at=NOON + HOUR)
    start = threading.Barrier(2)
    released = []

    def one_clock():
        start.wait()
        try:
            released.append(clock.run(NOON + HOUR))
        finally:
            connections.close_all()

    clocks = [threading.Thread(target=one_clock) for _ in range(2)]
    for each in clocks:
        each.start()
    for each in clocks:
        each.join()

    assert sum(released) == 6
    assert Record.objects.filter(verb="published").count() == 6
    assert Effect.objects.filter(key__contains=":published:").count() == 6


@pytest.mark.django_db(transaction=True)
def test_a_person_and_the_clock_publish_it_once():
    item = make.scheduled(at=NOON + HOUR)
    officer = make.publisher()
    start = threading.Barrier(2)

    def by_hand():
        start.wait()
        try:
            take_step(item, "publish", language="vi", by=officer, now=NOON + HOUR)
        except Exception as refused:
            outcomes.append(type(refused).__name__)
        finally:
            connections.close_all()

    outcomes = []
    person = threading.Thread(target=by_hand)
    person.start()
    start.wait()
    clock.run(NOON + HOUR)
    person.join()

    assert Record.objects.filter(verb="published").count() == 1
    assert outcomes in ([], ["Refused"])


def test_the_clock_asks_no_more_for_many_than_for_few(django_assert_max_num_queries):
    for _ in range(3):
        make.scheduled(at=NOON + HOUR)
    with django_assert_max_num_queries(80) as few:
        clock.run(NOON + HOUR)
    for _ in range(30):
        make.scheduled(at=NOON + 2 * HOUR)

    with django_assert_max_num_queries(len(few) + 5):  # SQLite takes long inserts in parts
        clock.run(NOON + 2 * HOUR)
