"""Versions and digests: what is kept, and what a save that changes nothing leaves alone."""

import pytest

from portal.editorial import content
from portal.editorial.actions import Refused, discard_draft, record_save, take_step
from portal.history.models import Record, Version
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_a_save_that_changes_nothing_changes_nothing():
    item = make.approved()
    before = item.lock_version

    assert record_save(item, by=make.reporter(), now=NOON) is None

    item.refresh_from_db()
    assert [item.lock_version, Version.objects.about(item).count(), make.state(item)] == [
        before,
        1,
        "approved",
    ]


def test_each_change_is_a_version_that_names_its_parts():
    item = make.article()
    item = make.changed(item, by=None, title_en="Another headline")
    make.changed(item, by=None, byline="Thu Hà")

    changed = list(Version.objects.about(item).order_by("number").values_list("number", "changed"))
    assert changed == [(1, ["shared", "vi", "en"]), (2, ["en"]), (3, ["shared"])]


def test_one_languages_change_leaves_the_others_digest():
    item = make.article()
    before = content.digests(content.content_of(item))
    after = content.digests(content.content_of(make.changed(item, by=None, title_en="Another headline")))

    assert [after["vi"] == before["vi"], after["en"] == before["en"]] == [True, False]


def test_history_is_never_rewritten():
    item = make.article()

    for rows in Record.objects.about(item), Version.objects.about(item):
        with pytest.raises(TypeError):
            rows.update(at=NOON)
        with pytest.raises(TypeError):
            rows.delete()


def test_text_is_stored_normalised_whoever_saves_it():
    item = make.article(
        title_vi="Đo\u0302\u0301i\u00a0ngoại\x00 ", body_vi="<p>Vie\u0323\u0302t<script>alert(1)</script></p>"
    )

    item.refresh_from_db()
    assert [item.title_vi, item.body_vi] == ["Đối ngoại", "<p>Việt</p>"]


def test_a_draft_nobody_has_seen_can_be_deleted():
    item = make.article()

    discard_draft(item, by=None, now=NOON)

    assert (
        Record.objects.filter(verb="deleted the draft", object_id=item.pk or 1).exists()
        or not type(item).objects.exists()
    )
    assert not type(item).objects.exists()


def test_what_was_public_is_never_deleted():
    item = make.published()
    take_step(item, "withdraw", language="vi", by=None, now=NOON, note="Rà soát.")

    with pytest.raises(Refused):
        discard_draft(item, by=None, now=NOON)
