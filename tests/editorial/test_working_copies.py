"""Editing what is live: the copy, its release, and what must not leak on the way."""

import pytest

from news.models import Article
from portal.editorial.actions import (
    Refused,
    discard_working_copy,
    open_working_copy,
    reopen_version,
    take_step,
)
from portal.editorial.models import Edition, State
from portal.history.models import Record, Version
from portal.library.models import Placement
from portal.search.models import Entry
from tests import make
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db


def copy_of(item: Article, **changes) -> Article:
    copy = open_working_copy(item, by=None, now=NOON)
    return make.changed(copy, by=None, **{"change_kind_vi": "minor", **changes})


def live(item: Article) -> Article:
    return Article.objects.get(pk=item.pk)


def test_readers_see_the_old_text_until_the_copy_is_published():
    item = make.published(title_vi="Tít cũ")
    copy = copy_of(item, title_vi="Tít mới")
    assert [live(item).title_vi, Entry.objects.get().title] == ["Tít cũ", "Tít cũ"]

    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON + HOUR)

    assert [live(item).title_vi, Entry.objects.get().title] == ["Tít mới", "Tít mới"]
    assert not Article.objects.filter(pk=copy.pk).exists()
    assert not Edition.objects.filter(object_id=copy.pk).exists()


def test_the_address_is_kept_when_the_headline_changes():
    item = make.published(title_vi="Tít cũ")
    address = item.get_absolute_url("vi")

    take_step(make.approved(copy_of(item, title_vi="Tít mới")), "publish", language="vi", by=None, now=NOON)

    assert live(item).get_absolute_url("vi") == address == Entry.objects.get().url


def test_there_is_one_working_copy_at_a_time():
    item = make.published()

    assert open_working_copy(item, by=None, now=NOON) == open_working_copy(item, by=None, now=NOON)


def test_what_no_reader_sees_needs_no_copy():
    with pytest.raises(Refused):
        open_working_copy(make.article(), by=None, now=NOON)


def test_a_language_not_yet_public_stays_in_the_original():
    item = make.published()

    copy = open_working_copy(item, by=None, now=NOON)

    assert [edition.language for edition in copy.editions.all()] == ["vi"]


def test_work_on_the_other_language_survives_the_release():
    item = make.published()
    copy = copy_of(item, title_vi="Tít mới")
    make.changed(live(item), by=None, title_en="A better headline")

    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON)

    assert [live(item).title_vi, live(item).title_en] == ["Tít mới", "A better headline"]


def test_of_two_languages_in_a_copy_one_may_go_first():
    item = make.published(make.published(title_vi="Cũ", title_en="Old"), "en")
    copy = copy_of(item, title_vi="Mới", title_en="New", change_kind_en="minor")

    take_step(make.approved(copy, "vi"), "publish", language="vi", by=None, now=NOON)

    assert [live(item).title_vi, live(item).title_en] == ["Mới", "Old"]
    rest = Article.objects.get(working_copy_of=item)
    assert [edition.language for edition in rest.editions.all()] == ["en"]
    take_step(make.approved(rest, "en"), "publish", language="en", by=None, now=NOON)
    assert live(item).title_en == "New"
    assert not Article.objects.filter(working_copy_of=item).exists()


def test_pictures_and_their_words_come_with_the_language_released():
    item = make.article()
    picture = make.picture()
    make.placed(item, picture, "cover", caption_vi="Cũ", caption_en="Old")
    item = make.published(make.published(item), "en")
    copy = open_working_copy(item, by=None, now=NOON)
    copy.placements.update(caption_vi="Mới", caption_en="New, not yet approved")
    copy = make.changed(copy, by=None, change_kind_vi="minor")

    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON)

    placed = Placement.objects.of(item).get()
    assert [placed.caption_vi, placed.caption_en] == ["Mới", "Old"]


def test_a_picture_taken_out_in_the_copy_leaves_the_page():
    item = make.article()
    make.placed(item, make.picture(), "cover")
    item = make.published(item)
    copy = open_working_copy(item, by=None, now=NOON)
    copy.placements.all().delete()
    copy = make.changed(copy, by=None, change_kind_vi="minor")

    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON)

    assert Entry.objects.get().image is None


def test_topics_and_related_are_part_of_what_is_published():
    first, second, other = make.topic(), make.topic(), make.published()
    item = make.article()
    item.topics.add(first)
    item = make.published(make.changed(item, by=None))
    copy = open_working_copy(item, by=None, now=NOON)
    copy.topics.set([second])
    copy.related.set([other])
    copy = make.changed(copy, by=None, change_kind_vi="minor")
    assert list(live(item).topics.all()) == [first]

    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON)

    assert [list(live(item).topics.all()), list(live(item).related.all())] == [[second], [other]]
    assert list(Entry.objects.get(object_id=item.pk).topics.all()) == [second]


@pytest.mark.parametrize(("kind", "announced"), [("minor", 0), ("update", 1), ("correction", 1)])
def test_a_minor_fix_is_recorded_and_the_others_are_announced(kind, announced):
    item = make.published()
    copy = copy_of(item, title_vi="Mới", change_kind_vi=kind, change_note_vi="Sửa số liệu.")

    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON + HOUR)

    entry = Entry.objects.get()
    assert [len(entry.changes), entry.updated_at is not None] == [announced, bool(announced)]
    assert Record.objects.filter(verb="published", details__change=kind).exists()
    assert live(item).change_kind_vi in {"", None}


def test_a_correction_without_a_public_note_is_not_submitted():
    copy = copy_of(make.published(), title_vi="Mới", change_kind_vi="correction", change_note_vi="")

    with pytest.raises(Refused):
        take_step(copy, "submit", language="vi", by=None, now=NOON)


def test_the_copy_has_its_own_four_eyes():
    editor = make.person("editor", "approver-vi")
    item = make.published()
    copy = make.changed(
        open_working_copy(item, by=editor, now=NOON), by=editor, title_vi="Mới", change_kind_vi="minor"
    )
    take_step(copy, "submit", language="vi", by=editor, now=NOON)

    with pytest.raises(Refused):
        take_step(copy, "approve", language="vi", by=editor, now=NOON)


def test_who_wrote_the_published_text_may_approve_the_next_change():
    writer, editor = make.person("reporter", "approver-vi"), make.person("editor")
    item = make.published(make.article(by=writer))
    copy = make.changed(
        open_working_copy(item, by=editor, now=NOON), by=editor, title_vi="Mới", change_kind_vi="minor"
    )
    take_step(copy, "submit", language="vi", by=editor, now=NOON)

    take_step(copy, "approve", language="vi", by=writer, now=NOON)

    assert make.state(copy) == State.APPROVED


def test_a_copy_thrown_away_changes_nothing():
    item = make.published(title_vi="Cũ")
    copy = copy_of(item, title_vi="Mới")

    discard_working_copy(copy, by=None, now=NOON)

    assert live(item).title_vi == "Cũ"
    assert not Article.objects.filter(working_copy_of=item).exists()


def test_a_copy_does_not_change_what_a_scheduled_translation_shares():
    item = make.published()
    copy = copy_of(item, title_vi="Mới", category=make.category())
    make.scheduled(live(item), "en", at=NOON + HOUR)
    copy = make.approved(copy)

    with pytest.raises(Refused):
        take_step(copy, "publish", language="vi", by=None, now=NOON)


def test_an_old_version_comes_back_as_a_working_copy():
    item = make.published(title_vi="Bản một")
    take_step(make.approved(copy_of(item, title_vi="Bản hai")), "publish", language="vi", by=None, now=NOON)
    first = Version.objects.about(item).get(number=1)

    copy = reopen_version(live(item), first, by=None, now=NOON)

    assert [copy.title_vi, copy.is_working_copy, live(item).title_vi] == ["Bản một", True, "Bản hai"]


def test_who_reopens_an_old_version_is_its_writer():
    editor = make.person("editor", "approver-vi")
    item = make.published(title_vi="Bản một")
    take_step(make.approved(copy_of(item, title_vi="Bản hai")), "publish", language="vi", by=None, now=NOON)
    copy = reopen_version(live(item), Version.objects.about(item).get(number=1), by=editor, now=NOON)
    copy = make.changed(copy, by=None, change_kind_vi="minor")
    take_step(copy, "submit", language="vi", by=None, now=NOON)

    with pytest.raises(Refused):
        take_step(copy, "approve", language="vi", by=editor, now=NOON)


def test_a_version_of_another_piece_is_refused():
    item, other = make.article(), make.article()

    with pytest.raises(Refused):
        reopen_version(item, Version.objects.about(other).get(), by=None, now=NOON)
