"""Numbers run from 1 each year without a gap, in the order of the hours; a page that appears by itself has its number."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.db import connections
from django.forms import modelform_factory

from portal.editorial import clock
from portal.editorial.actions import take_step
from pressroom.admin.words import PatternForm
from pressroom.models import Number, Pattern
from pressroom.models.numbers import written
from tests import make
from tests.make import DAY, HOUR, MINUTE, NOON
from tests.pressroom import releases

pytestmark = pytest.mark.django_db
KIND = "pressroom.pressrelease"


@pytest.fixture(autouse=True)
def _patterns(request):
    if not request.node.get_closest_marker("on_postgresql"):  # whose tables are emptied afterwards
        releases.patterns()


pattern_form = modelform_factory(Pattern, PatternForm, fields="__all__")


def numbers(*items) -> list[str]:
    found = written(KIND, [item.pk for item in items])
    return [found.get(item.pk, "") for item in items]


def scheduled(at):
    return make.scheduled(releases.release(), at=at)


def test_releases_are_numbered_as_they_go_out():
    items = [make.published(releases.release(), now=NOON + MINUTE * each) for each in range(3)]

    assert numbers(*items) == ["01/TCBC-BLĐTBXH", "02/TCBC-BLĐTBXH", "03/TCBC-BLĐTBXH"]


def test_what_goes_out_earlier_takes_the_earlier_number():
    later = scheduled(NOON + 5 * HOUR)
    assert numbers(later) == ["01/TCBC-BLĐTBXH"]

    at_once = make.published(releases.release(), now=NOON + HOUR)

    assert numbers(at_once, later) == ["01/TCBC-BLĐTBXH", "02/TCBC-BLĐTBXH"]


def test_what_is_taken_off_the_schedule_leaves_no_gap():
    first, second = scheduled(NOON + HOUR), scheduled(NOON + 2 * HOUR)

    take_step(first, "unschedule", language="vi", by=None, now=NOON)

    assert numbers(first, second) == ["", "01/TCBC-BLĐTBXH"]


def test_a_number_no_longer_moves_in_the_minute_before_its_hour():
    due = scheduled(NOON + HOUR)

    in_between = make.published(releases.release(), now=NOON + HOUR - MINUTE / 2)

    assert numbers(due, in_between) == ["01/TCBC-BLĐTBXH", "02/TCBC-BLĐTBXH"]


def test_a_settled_number_is_kept_for_its_release():
    due = scheduled(NOON + HOUR)
    late = NOON + HOUR - timedelta(seconds=20)
    take_step(due, "unschedule", language="vi", by=None, now=late)
    other = make.published(releases.release(), now=late)

    take_step(make.again(due), "publish", language="vi", by=None, now=NOON + 2 * HOUR)

    assert numbers(due, other) == ["01/TCBC-BLĐTBXH", "02/TCBC-BLĐTBXH"]


def test_the_number_stands_at_the_hour_though_the_clock_is_dead():
    due = scheduled(NOON + HOUR)

    assert due.edition("vi").state == "scheduled"
    assert numbers(due) == ["01/TCBC-BLĐTBXH"]


def test_the_clock_changes_no_number():
    due, later = scheduled(NOON + HOUR), scheduled(NOON + 2 * HOUR)

    clock.run(NOON + HOUR)

    assert make.again(due).edition("vi").state == "published"
    assert numbers(due, later) == ["01/TCBC-BLĐTBXH", "02/TCBC-BLĐTBXH"]


def test_both_languages_of_a_release_bear_one_number():
    item = make.published(releases.release(), "vi", now=NOON)
    item = make.published(item, "en", now=NOON + DAY)

    assert Number.objects.filter(series__kind=KIND, object_id=item.pk).count() == 1
    assert Number.objects.get(object_id=item.pk).hour == NOON


def test_a_correction_keeps_the_number():
    item = make.published(releases.release(), now=NOON)
    make.published(releases.release(), now=NOON + HOUR)

    corrected = releases.changed(item, now=NOON + DAY)

    assert numbers(corrected) == ["01/TCBC-BLĐTBXH"]


def test_each_year_begins_with_one():
    make.published(releases.release(), now=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))  # 23:00 in Viet Nam

    next_year = make.published(releases.release(), now=datetime(2026, 12, 31, 17, 30, tzinfo=UTC))

    assert numbers(next_year) == ["01/TCBC-BLĐTBXH"]
    assert Number.objects.get(object_id=next_year.pk).series.year == 2027


def test_statements_have_numbers_of_their_own():
    make.published(releases.release(), now=NOON)

    said = make.published(releases.statement(), now=NOON)

    assert written("pressroom.statement", [said.pk]) == {said.pk: "01/PN-BLĐTBXH"}


def test_a_new_pattern_holds_from_its_day_on():
    old = make.published(releases.release(), now=NOON)
    Pattern.objects.create(kind=KIND, pattern="{no:03}/{year}/TCBC-BNV", valid_from=(NOON + DAY).date())
    new = make.published(releases.release(), now=NOON + 2 * DAY)

    assert numbers(old, new) == ["01/TCBC-BLĐTBXH", "002/2026/TCBC-BNV"]


@pytest.mark.on_postgresql
@pytest.mark.django_db(transaction=True)
def test_fifty_releases_published_at_once_have_no_gap_and_no_double():
    releases.patterns()
    items = [make.approved(releases.release()) for _each in range(50)]

    def publish(item) -> None:
        try:
            take_step(item, "publish", language="vi", by=None, now=NOON)
        finally:
            connections.close_all()

    threads = [Thread(target=publish, args=[item]) for item in items]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Number.objects.values_list("number", flat=True)) == list(range(1, 51))


@pytest.mark.parametrize(
    "pattern",
    ["{no.x}", "{no.__class__}", "{no[0]}", "{no:0999999999}", "{no!r:>80}", "{other}", "{no", "no}", "{}", "{no}{{"],
)  # fmt: skip
def test_what_is_no_pattern_is_refused_in_words(pattern):
    with pytest.raises(ValueError, match="no pattern"):
        Pattern(pattern=pattern).written(7, 2026)
    assert not pattern_form({"kind": KIND, "pattern": pattern, "valid_from": "2027-01-01"}).is_valid()


def test_a_pattern_without_the_number_is_refused():
    assert not pattern_form({"kind": KIND, "pattern": "7/TCBC", "valid_from": "2027-01-01"}).is_valid()


def test_a_number_as_long_as_a_pattern_may_be_is_given():
    Pattern.objects.update(pattern="{no:09}" * 5 + "{no}" + "x" * 21)
    item = make.published(releases.release())

    assert len(numbers(item)[0]) <= 80
