"""Taking in, describing, finding and removing."""

import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, transaction

from portal.history.models import Record
from portal.library import actions, renditions
from portal.library.models import Asset, Placement
from portal.library.refusal import Refused, StillUsed
from portal.library.tasks import make_renditions
from tests import make
from tests.library import samples
from tests.make import HOUR, NOON

pytestmark = pytest.mark.django_db


def added(content: bytes | None = None, name: str = "anh.jpg", **words) -> Asset:
    return actions.add_asset(samples.uploaded(content or samples.image(), name), by=None, now=NOON, **words)


def test_a_picture_is_kept_with_its_words_and_its_history():
    by = make.person()

    asset = actions.add_asset(
        samples.uploaded(samples.image(), "Hội nghị.jpg"),
        by=by,
        now=NOON,
        title_vi="Hội nghị",
        alt_en="A conference",
    )

    asset.refresh_from_db()
    assert (asset.filename, asset.original_name) == ("hoi-nghi.jpg", "Hội nghị.jpg")
    assert (asset.title_vi, asset.alt_en, asset.uploaded_by, asset.uploaded_at) == (
        "Hội nghị",
        "A conference",
        by,
        NOON,
    )
    assert asset.size == len(asset.original.read())
    assert asset.original.name == f"originals/{asset.uuid.hex[:2]}/{asset.uuid.hex}.jpg"
    assert [record.verb for record in Record.objects.about(asset)] == ["upload"]


def test_the_same_bytes_are_kept_once():
    first = added(title_vi="Lần đầu")

    second = added(name="ten-khac.jpg", title_vi="Lần hai")

    assert first == second
    assert (Asset.objects.count(), second.title_vi) == (1, "Lần đầu")


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_uploaded_at_the_same_moment_are_kept_once():
    start, kept = threading.Barrier(3), []

    def upload() -> None:
        start.wait()
        kept.append(added().pk)
        connection.close()

    threads = [threading.Thread(target=upload) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(kept) == 3
    assert len(set(kept)) == Asset.objects.count() == 1


def test_a_refused_file_leaves_nothing(settings):
    with pytest.raises(Refused):
        added(b"<svg></svg>", "a.svg")
    assert not Asset.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_the_focal_point_lies_inside_the_picture():
    with pytest.raises(IntegrityError), transaction.atomic():
        added(focal_x=1.5)


@pytest.mark.parametrize(
    "words", ["hoi nghi", "HỘI NGHỊ", "nghị hội", "conference", "ky-yeu", "hoi nghi.docx"]
)
def test_an_asset_is_found_by_any_of_its_words(words):
    found = added(samples.docx(), "Kỷ-yếu hội nghị.docx", title_en="A conference")
    added(name="khac.jpg")

    assert list(Asset.objects.matching(words)) == [found]


def test_no_words_find_everything_and_strange_ones_nothing():
    asset = added()

    assert list(Asset.objects.matching("  ")) == [asset]
    assert not Asset.objects.matching("không-có %_'\"").exists()


def test_describing_changes_words_search_and_history():
    asset = added()

    actions.describe(asset, by=None, now=NOON, title_vi="Lễ ký kết")

    assert list(Asset.objects.matching("le ky ket")) == [asset]
    assert [record.verb for record in Record.objects.about(asset)] == ["describe", "upload"]


def test_describing_with_the_same_words_changes_nothing():
    asset = added(title_vi="Lễ ký")

    actions.describe(asset, by=None, now=NOON, title_vi="Lễ ký", title_en="", focal_x=0.5)

    assert [record.verb for record in Record.objects.about(asset)] == ["upload"]


def test_a_moved_focal_point_has_the_card_cut_again():
    asset = added(samples.photograph())
    make_renditions()
    before = renditions.card(asset).read_bytes()

    actions.describe(asset, by=None, now=NOON, focal_y=1.0)
    assert not renditions.card(asset).exists()
    make_renditions()

    asset.refresh_from_db()
    assert asset.renditions_made_at is not None
    assert renditions.card(asset).read_bytes() != before


def test_an_asset_in_use_cannot_be_removed_and_the_uses_are_counted():
    asset, item = added(), make.article(title_vi="Khai mạc tập huấn")
    make.placed(item, asset)

    with pytest.raises(StillUsed, match=r"1$") as refused:  # whoever asks may not see them all: see the admin
        actions.remove_asset(asset, by=None, now=NOON)

    assert refused.value.users == [item]

    assert Asset.objects.filter(pk=asset.pk).exists()


def test_a_use_whose_thing_is_gone_still_counts():
    asset = added()
    Placement.objects.create(
        asset=asset, content_type=ContentType.objects.get_for_model(Asset), object_id=999_999, role="cover"
    )

    with pytest.raises(Refused):
        actions.remove_asset(asset, by=None, now=NOON)


def test_an_unused_asset_is_removed_with_its_files(django_capture_on_commit_callbacks, settings):
    asset = added(samples.photograph())
    make_renditions()
    pk = asset.pk
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_asset(asset, by=None, now=NOON + HOUR)

    assert not Asset.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert Record.objects.filter(object_id=pk, verb="remove").count() == 1
