"""Freezing pins the exact versions; what becomes of a pinned piece afterwards is told, never taken over in silence."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from portal.accounts.refusal import Refused
from portal.editorial import desk
from portal.editorial.actions import Conflict, take_step
from portal.library.models import Asset
from portal.search.models import Entry
from publications import actions, issues, pins
from publications.models import Bulletin
from tests import make
from tests.publications.pieces import corrected, english

pytestmark = pytest.mark.django_db


def test_what_is_frozen_does_not_follow_later_changes():
    article = english(title_en="Wages rise by 6 per cent")
    item = make.bulletin(article)
    actions.freeze(item, "en", by=None, now=make.NOON)

    corrected(article, title_en="Wages rise by 5 per cent")

    [piece] = issues.pieces_of(issues.issue_of(make.again(item), "en"))
    assert piece["title"] == "Wages rise by 6 per cent"


def test_what_is_not_frozen_follows_its_newest_text():
    article = english(title_en="Wages rise by 6 per cent")
    item = make.bulletin(article)

    corrected(article, title_en="Wages rise by 5 per cent")

    [piece] = issues.pieces_of(issues.issue_of(make.again(item), "en"))
    assert piece["title"] == "Wages rise by 5 per cent"


@pytest.mark.parametrize(
    ("kind", "note", "state"),
    [
        ("minor", "", "minor"),
        ("update", "Figures added.", "updated"),
        ("correction", "It was 5.", "corrected"),
    ],
)
def test_a_pin_tells_what_has_become_of_its_piece(kind, note, state):
    article = english()
    item = actions.freeze(make.bulletin(article), "en", by=None, now=make.NOON)

    corrected(article, kind=kind, note=note, title_en="Another title")

    standing = pins.standings(pins.pinned_in(item.records("en")), "en")[make.reference(article)]
    assert (standing.state, standing.notes) == (state, (note,) if note else ())


def test_a_withdrawn_piece_is_told():
    article = english()
    item = actions.freeze(make.bulletin(article), "en", by=None, now=make.NOON)

    take_step(article, "withdraw", language="en", by=None, now=make.NOON, note="Superseded.")

    standing = pins.standings(pins.pinned_in(item.records("en")), "en")[make.reference(article)]
    assert (standing.state, standing.is_wrong) == ("taken_down", True)


def test_only_what_is_published_in_the_language_can_be_frozen():
    vietnamese = make.published(make.article(title_vi="Chỉ có tiếng Việt", english=False))
    item = make.bulletin(vietnamese)

    with pytest.raises(Refused, match="Chỉ có tiếng Việt"):
        actions.freeze(item, "en", by=None, now=make.NOON)


def test_an_issue_that_is_not_frozen_is_not_submitted():
    item = make.bulletin(english())

    with pytest.raises(Refused, match="chốt nội dung"):
        take_step(item, "submit", language="en", by=None, now=make.NOON)


def test_a_piece_corrected_after_freezing_stops_the_issue():
    article = english()
    item = actions.freeze(make.bulletin(article), "en", by=None, now=make.NOON)
    take_step(item, "submit", language="en", by=None, now=make.NOON)
    corrected(article, title_en="Corrected title")

    with pytest.raises(Refused, match=article.title_en):
        take_step(item, "approve", language="en", by=make.approver("en"), now=make.NOON)


def test_freezing_again_takes_the_newest_text_and_voids_the_approval():
    article = english()
    item = actions.freeze(make.bulletin(article), "en", by=None, now=make.NOON)
    before = item.text("contents", "en")
    corrected(article, title_en="Corrected title")

    item = actions.freeze(item, "en", by=None, now=make.NOON)

    assert item.text("contents", "en") != before
    assert "Corrected title" in item.words("contents", "en")


def test_an_approved_issue_cannot_be_frozen_again():
    item = actions.freeze(make.bulletin(english()), "en", by=None, now=make.NOON)
    make.approved(item, "en")

    with pytest.raises(Refused):
        actions.thaw(item, "en", by=None, now=make.NOON)


def test_two_editors_composing_at_once_lose_nothing():
    item = make.bulletin(english())
    seen = item.lock_version
    actions.compose(
        item, "en", [{"is": "section", "title": "Mine"}], by=None, now=make.NOON, lock_version=seen
    )

    with pytest.raises(Conflict):
        actions.compose(
            item, "en", [{"is": "section", "title": "Yours"}], by=None, now=make.NOON, lock_version=seen
        )


def test_a_picture_gone_after_freezing_is_told_and_breaks_nothing():
    article = make.article()
    make.placed(article, make.picture(), "cover")
    item = actions.freeze(make.bulletin(make.published(article, "en")), "en", by=None, now=make.NOON)
    records = item.records("en")
    records[1]["pin"]["cover"]["image"]["asset"] = str(uuid4())
    Bulletin.objects.filter(pk=item.pk).update(
        contents_en=Bulletin._meta.get_field("contents").to_python(records)
    )

    with pytest.raises(Refused, match="thư viện"):
        take_step(make.again(item), "submit", language="en", by=None, now=make.NOON)
    assert issues.issue_of(make.again(item), "en")["sections"]


def test_pictures_of_pinned_pieces_are_public_with_the_issue_and_stay_when_the_piece_is_retracted(client):
    article = make.article()
    picture = make.picture()
    make.placed(article, picture, "cover")
    article = make.published(article, "en")
    make.issue(article)

    take_step(article, "retract", language="en", by=None, now=make.NOON, note="Wrong.")

    assert client.get(f"/files/{picture.uuid}/{picture.filename}").status_code == 200


@pytest.mark.parametrize(
    "records",
    [
        '{"is": "piece"}',
        '[{"is": "piece", "of": "drop table:1"}]',
        '[{"is": "photo", "photo": "../etc"}]',
        "[1]",
        "{",
    ],
)
def test_contents_that_are_none_are_refused(records):
    with pytest.raises(ValidationError):
        Bulletin._meta.get_field("contents").to_python(records)


def test_a_version_can_be_compared_in_words():
    from portal.editorial.comparing import compare_field

    item = make.bulletin(english(title_en="One"))
    before = item.text("contents", "en")
    after = Bulletin._meta.get_field("contents").to_python([{"is": "section", "title": "Work and skills"}])

    change = compare_field(Bulletin, "contents", "en", before, after)

    assert "Work and skills" in "".join(piece.text for piece in change.pieces)
    assert "{" not in "".join(piece.text for piece in change.pieces)


def test_freezing_asks_the_same_number_of_questions_for_many(django_assert_num_queries):
    few, many = [english() for _ in range(2)], [english() for _ in range(12)]
    counted = []
    for pieces in (few, many):
        with django_assert_num_queries(2):
            counted.append(len(pins.pins_of([make.reference(each) for each in pieces], "en", make.NOON)))

    assert counted == [2, 12]
    assert Entry.objects.filter(language="en").count() == 14
    assert Asset.objects.count() == 0


def test_nobody_is_asked_to_translate_an_issue_until_somebody_has_begun():
    item = make.issue(english(), title_vi="", standfirst_vi="", responsible_vi="")
    editor = make.person("editor")

    def asked_for():
        piles = {pile.key: pile.lines for pile in desk.of(editor, make.NOON).piles}
        return [line.item for line in piles.get("to_translate", []) if line.item == item]

    assert asked_for() == []
    make.changed(make.again(item), by=None, title_vi="Bản tin, quý III/2026")
    assert asked_for() == [item]
