"""What is prepared before its second goes out at it as it then stands, whatever people do in between."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from news.actions import rename_category
from news.models import Article, Category
from portal.editorial import statements
from portal.editorial.actions import confirm_translation, open_working_copy, set_expiry, take_step
from portal.editorial.models import Edition, Notice, State
from portal.history.models import Record, Version
from portal.search.models import Entry
from tests import make
from tests.editorial.held_clock import HeldClock
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db

TEN = NOON + HOUR
JUST_BEFORE = TEN - timedelta(seconds=5)


def live(item: Article) -> Article:
    return Article.objects.get(pk=item.pk)


def scheduled_copy(item: Article, at=TEN, **changes) -> Article:
    copy = open_working_copy(live(item), by=None, now=NOON)
    copy = make.changed(copy, by=None, **{"change_kind_vi": "minor", "title_vi": "Mới", **changes})
    return make.scheduled(copy, at=at)


def step(item: Article, name: str, **particulars) -> None:
    take_step(live(item), name, language="vi", by=None, now=JUST_BEFORE, **particulars)


def test_it_goes_out_at_its_second_and_is_dated_with_it():
    item = make.published(title_vi="Cũ")
    scheduled_copy(item, change_kind_vi="update", change_note_vi="Bổ sung số liệu.")

    assert HeldClock(JUST_BEFORE).tick() == 1

    assert [live(item).title_vi, Entry.objects.get().title] == ["Mới", "Mới"]
    assert Entry.objects.get().updated_at == TEN
    assert (
        Record.objects.get(verb="published", at=TEN).details["version"]
        == Version.objects.latest("number").number
    )


def test_what_is_taken_off_the_schedule_in_between_does_not_go_out():
    item = make.published(title_vi="Cũ")
    copy = scheduled_copy(item)

    assert HeldClock(JUST_BEFORE, lambda: step(copy, "unschedule")).tick() == 0

    assert [live(item).title_vi, make.state(copy)] == ["Cũ", State.APPROVED]


def test_a_copy_whose_original_is_withdrawn_in_between_stays_behind_and_says_why():
    item, other = make.published(title_vi="Cũ"), make.published(title_vi="Cũ")
    copy = scheduled_copy(item)
    scheduled_copy(other)

    assert HeldClock(JUST_BEFORE, lambda: step(item, "withdraw", note="Rà soát.")).tick() == 1

    assert [live(item).title_vi, live(other).title_vi] == ["Cũ", "Mới"]
    assert Edition.objects.of(copy).get().failure


def test_what_a_person_published_in_between_is_published_once():
    item = make.scheduled(at=TEN)

    HeldClock(JUST_BEFORE, lambda: step(item, "publish")).tick()

    assert Record.objects.get(verb="published").at == JUST_BEFORE


def test_the_other_languages_draft_saved_in_between_is_kept():
    item = make.published(title_vi="Cũ")
    scheduled_copy(item)

    def translate():
        make.changed(live(item), by=None, title_en="A better headline")

    HeldClock(JUST_BEFORE, translate).tick()

    assert [live(item).title_vi, live(item).title_en] == ["Mới", "A better headline"]
    assert Version.objects.latest("number").content["en"]["title"] == "A better headline"


def test_an_expiry_set_in_between_holds():
    item = make.scheduled(at=TEN)
    officer = make.publisher()

    def limit():
        set_expiry(live(item), language="vi", by=officer, now=JUST_BEFORE, expire_at=TEN + DAY)

    HeldClock(JUST_BEFORE, limit).tick()

    assert [live(item).edition("vi").expire_at, Entry.objects.get().visible_until] == [TEN + DAY, TEN + DAY]


def test_a_translation_confirmed_in_between_stays_confirmed():
    item, translator = make.published(make.published(title_vi="Cũ"), "en"), make.translator()
    take_step(scheduled_copy(item), "publish", language="vi", by=None, now=NOON)
    assert Entry.objects.get(language="en").translation["outdated"]
    scheduled_copy(item, byline="Thu Hà", change_kind_vi="update", change_note_vi="Bổ sung tên tác giả.")

    def confirm():
        confirm_translation(live(item), language="en", by=translator, now=JUST_BEFORE)

    HeldClock(JUST_BEFORE, confirm).tick()

    assert Entry.objects.get(language="en").translation == {}


def test_a_shelf_renamed_in_between_has_its_new_name():
    shelf = make.category()
    scheduled_copy(make.published(category=shelf))

    def rename():
        fresh = Category.objects.get(pk=shelf.pk)
        fresh.name_vi = "Tên mới"
        rename_category(fresh, by=None, now=JUST_BEFORE)

    HeldClock(JUST_BEFORE, rename).tick()

    assert Entry.objects.get().shelf_title == "Tên mới"


def test_what_is_scheduled_in_between_for_the_same_second_goes_out_too():
    make.scheduled(at=TEN)
    late = make.approved()

    def schedule():
        take_step(late, "schedule", language="vi", by=None, now=JUST_BEFORE, at=TEN)

    assert HeldClock(JUST_BEFORE, schedule).tick() == 2


def test_one_bad_item_among_many_prepared_harms_no_other():
    many = [make.published(title_vi="Cũ") for _ in range(5)]
    copies = [scheduled_copy(item) for item in many]
    Article.objects.filter(pk=copies[2].pk).update(title_vi="Sửa thẳng trong cơ sở dữ liệu")

    assert HeldClock(JUST_BEFORE).tick() == 4

    assert [live(item).title_vi for item in many] == ["Mới", "Mới", "Cũ", "Mới", "Mới"]
    assert Edition.objects.of(copies[2]).get().failed_at == TEN


def test_one_that_cannot_even_be_prepared_harms_no_other():
    many = [make.published(title_vi="Cũ") for _ in range(5)]
    copies = [scheduled_copy(item) for item in many]
    Edition.objects.of(many[2]).filter(language="vi").delete()

    assert HeldClock(JUST_BEFORE).tick() == 4

    assert [live(item).title_vi for item in many] == ["Mới", "Mới", "Cũ", "Mới", "Mới"]
    assert Edition.objects.of(copies[2]).get().failure


def test_a_bad_item_does_not_hold_up_the_next_second():
    bad = make.scheduled(at=TEN)
    Article.objects.filter(pk=bad.pk).update(title_vi="Sửa thẳng")
    good = make.scheduled(at=TEN + timedelta(seconds=2))
    held = HeldClock(JUST_BEFORE)

    held.tick()

    assert [held.slept, make.state(good)] == [[5.0, 2.0], State.PUBLISHED]


def test_people_are_told_with_the_second_it_appeared():
    writer = make.reporter()
    item = make.scheduled(make.article(by=writer), at=TEN)

    HeldClock(JUST_BEFORE).tick()

    told = Notice.objects.get(to=writer, verb="published")
    assert [told.at, told.title] == [TEN, item.title_vi]


def test_what_is_changed_past_the_portal_in_between_does_not_go_out():
    item = make.published(title_vi="Cũ")
    copy = scheduled_copy(item)

    def tamper():
        Article.objects.filter(pk=copy.pk).update(title_vi="Sửa thẳng trong cơ sở dữ liệu")

    HeldClock(JUST_BEFORE, tamper).tick()

    said = Version.objects.latest("number").content["vi"]["title"]
    assert [live(item).title_vi, Entry.objects.get().title, said] == ["Mới", "Mới", "Mới"]


def queries_at_the_second(number: int, at) -> int:
    for item in [make.published(title_vi="Cũ") for _ in range(number)]:
        scheduled_copy(item, at=at)
    asked = CaptureQueriesContext(connection)
    HeldClock(at - timedelta(seconds=5), asked.__enter__).tick()
    asked.__exit__(None, None, None)
    assert not Edition.objects.filter(state=State.SCHEDULED).exists()
    return len(asked)


def test_at_the_second_no_more_is_asked_for_many_than_for_few():
    few = queries_at_the_second(2, TEN)

    assert few <= 40
    assert queries_at_the_second(20, TEN + DAY) <= few


def test_nothing_is_read_again_at_the_second():
    """Loading and computing is done by then: what remains is to lock, to compare, and to write."""
    make.scheduled(at=TEN)
    asked = CaptureQueriesContext(connection)

    HeldClock(JUST_BEFORE, asked.__enter__).tick()

    asked.__exit__(None, None, None)
    assert not [query for query in asked.captured_queries if '"news_article"."body_vi"' in query["sql"]]


def handed_over() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE starts_with(name, 'ahead_')")
        return cursor.fetchone()[0]


@pytest.mark.production
def test_postgresql_has_parsed_the_texts_by_then_and_lets_go_of_them_afterwards():
    scheduled_copy(make.published())
    before = []

    HeldClock(JUST_BEFORE, lambda: before.append(handed_over())).tick()

    assert [before, handed_over()] == [[6], 0]  # article, version, edition, record, effect, entry


def test_what_the_database_was_handed_and_lost_goes_out_all_the_same():
    item = make.published(title_vi="Cũ")
    scheduled_copy(item)

    assert HeldClock(JUST_BEFORE, statements.forget).tick() == 1

    assert [live(item).title_vi, Edition.objects.of(item).get(language="vi").failure] == ["Mới", ""]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_that_prepared_the_same_publish_it_once():
    for item in [make.published(title_vi="Cũ") for _ in range(4)]:
        scheduled_copy(item)
    prepared = threading.Barrier(2)
    released = []

    def one_clock():
        try:
            released.append(HeldClock(JUST_BEFORE, prepared.wait).tick())
        finally:
            connections.close_all()

    clocks = [threading.Thread(target=one_clock) for _ in range(2)]
    for each in clocks:
        each.start()
    for each in clocks:
        each.join()

    assert sum(released) == 4
    assert Record.objects.filter(verb="published", at=TEN).count() == 4
    assert not Article.objects.exclude(working_copy_of=None).exists()
