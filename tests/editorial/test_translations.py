"""Translation truth: told by the text itself, never by dates."""

import pytest

from news.models import Article
from portal.editorial.actions import Refused, confirm_translation, open_working_copy, take_step
from portal.editorial.translations import Truth, changed_source, truth
from portal.search.models import Entry
from tests import make
from tests.make import DAY, HOUR, NOON

pytestmark = pytest.mark.django_db


def of(item: Article) -> Truth:
    return truth(Article.objects.get(pk=item.pk), "en")


def corrected(item: Article, **changes) -> Article:
    """The item after its Vietnamese text was replaced through a working copy."""
    copy = make.changed(open_working_copy(item, by=None, now=NOON), by=None, change_kind_vi="update",
                        change_note_vi="Bổ sung số liệu.", **changes)  # fmt: skip
    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON + DAY)
    return Article.objects.get(pk=item.pk)


def in_both_languages(**fields) -> Article:
    return make.published(make.published(**fields), "en")


def test_the_four_named_states():
    item = make.published(english=False)
    states = [of(item)]
    item = make.changed(
        item, by=None, title_en="Headline", standfirst_en="Standfirst.", body_en="<p>Body.</p>"
    )
    states.append(of(item))
    item = make.published(item, "en")
    states.append(of(item))
    item = corrected(item, body_vi="<p>Lớp tập huấn diễn ra trong ba ngày.</p>")
    states.append(of(item))

    assert states == [Truth.NOT_STARTED, Truth.IN_TRANSLATION, Truth.CURRENT, Truth.OUTDATED]


def test_white_space_and_markup_noise_do_not_make_a_translation_old():
    item = in_both_languages(body_vi="<p>Lớp tập huấn diễn ra trong hai ngày.</p>")

    item = corrected(item, body_vi="<p>Lớp  tập huấn&nbsp;diễn ra trong hai ngày.</p>\n")

    assert of(item) == Truth.CURRENT


def test_an_unpublished_draft_of_the_original_does_not_make_it_old():
    item = in_both_languages()
    copy = open_working_copy(item, by=None, now=NOON)
    make.changed(copy, by=None, title_vi="Chưa ai duyệt")

    assert of(item) == Truth.CURRENT


def test_readers_of_an_outdated_translation_are_told_when_the_original_changed():
    item = corrected(in_both_languages(), title_vi="Ba ngày tập huấn")

    told = Entry.objects.get(language="en").translation
    assert [told["outdated"], told["source_changed_at"]] == [True, (NOON + DAY).isoformat()]
    assert told["source_url"] == item.get_absolute_url("vi")
    assert Entry.objects.get(language="vi").translation == {}


def test_the_translator_sees_which_paragraphs_changed():
    item = in_both_languages(body_vi="<p>Hai ngày.</p><p>Tại Hà Nội.</p>")
    item = corrected(item, body_vi="<p>Ba ngày.</p><p>Tại Hà Nội.</p>")

    changes = changed_source(item, "en")

    assert set(changes) == {"body"}
    assert [change.kind for change in changes["body"]] == ["changed", "same"]


def test_still_correct_is_logged_and_ends_the_notice():
    item, translator = corrected(in_both_languages(), title_vi="Ba ngày tập huấn"), make.translator()

    confirm_translation(item, language="en", by=translator, now=NOON + DAY)

    assert of(item) == Truth.CURRENT
    assert Entry.objects.get(language="en").translation == {}
    with pytest.raises(Refused):
        confirm_translation(item, language="en", by=translator, now=NOON + DAY)


def test_a_new_translation_published_ends_the_notice():
    item = corrected(in_both_languages(), title_vi="Ba ngày tập huấn")
    copy = open_working_copy(item, by=None, now=NOON)
    copy = make.changed(copy, by=None, title_en="Three days of training", change_kind_en="minor")

    take_step(make.approved(copy, "en"), "publish", language="en", by=None, now=NOON + DAY + HOUR)

    assert [of(item), Entry.objects.get(language="en").translation] == [Truth.CURRENT, {}]


def test_the_first_translation_of_a_text_corrected_meanwhile_is_honest():
    item = make.published(english=False)
    item = make.changed(
        item, by=None, title_en="Headline", standfirst_en="Standfirst.", body_en="<p>Body.</p>"
    )
    item = corrected(item, standfirst_vi="Đúng 147 cán bộ dự lớp.")

    make.published(item, "en", now=NOON + DAY)

    assert Entry.objects.get(language="en").translation["outdated"] is True
