"""The sizes pictures are served in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from PIL import Image

from portal.library import actions, columns, renditions, tasks
from portal.library.models import Asset
from tests.library import samples
from tests.make import MINUTE, NOON

pytestmark = pytest.mark.django_db


def added(content: bytes) -> Asset:
    return actions.add_asset(samples.uploaded(content, "anh.jpg"), by=None, now=NOON)


@pytest.mark.parametrize(
    ("native", "made"),
    [
        (100, {320: 100}),
        (320, {320: 320}),
        (500, {320: 320, 480: 480, 640: 500}),
        (1600, {320: 320, 480: 480, 640: 640, 960: 960, 1280: 1280, 1600: 1600}),
        (5000, {320: 320, 480: 480, 640: 640, 960: 960, 1280: 1280, 1600: 1600}),
    ],
)
def test_nothing_is_enlarged(native, made):
    assert renditions.widths(native) == made


@pytest.mark.parametrize(("wanted", "served"), [(1, 320), (320, 320), (321, 480), (1600, 640), (9999, 640)])
def test_the_next_larger_width_is_served_or_the_largest(wanted, served):
    assert renditions.fitting(500, wanted) == served


def test_the_task_makes_every_size_of_a_picture():
    asset = added(samples.photograph((1000, 750)))

    tasks.make_renditions()

    asset.refresh_from_db()
    assert asset.renditions_made_at is not None
    made = sorted(path.name for path in renditions.folder(asset).iterdir())
    assert made == sorted(
        ["card.jpg"]
        + [f"{width}.{kind}" for width in (320, 480, 640, 960, 1280) for kind in ("avif", "webp")]
    )
    for width, pixels in {320: 320, 960: 960, 1280: 1000}.items():
        for kind in ("avif", "webp"):
            with Image.open(renditions.rendition(asset, width, kind)) as picture:
                assert picture.size == (pixels, round(pixels * 0.75))


def test_transparency_survives_and_is_white_on_the_card():
    asset = added(samples.image("PNG", size=(1300, 700), mode="RGBA", colour=(0, 0, 0, 0)))

    tasks.make_renditions()

    with Image.open(renditions.rendition(asset, 320, "webp")) as picture:
        assert picture.convert("RGBA").getpixel((5, 5))[3] == 0
    with Image.open(renditions.card(asset)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


def test_the_card_is_cut_around_the_focal_point():
    picture = Image.new("RGB", (1200, 1800), "#ffffff")
    picture.paste((255, 0, 0), (0, 1500, 1200, 1800))
    written = samples.BytesIO()
    picture.save(written, "PNG")
    asset = added(written.getvalue())

    actions.describe(asset, by=None, now=NOON, focal_y=1.0)
    asset.refresh_from_db()
    with Image.open(renditions.make_card(asset)) as card:
        assert card.size == (1200, 630)
        red, green, _blue = card.getpixel((600, 620))

    assert red > 200 > 60 > green


@pytest.mark.parametrize(
    ("size", "card_size"), [((600, 315), (600, 315)), ((64, 48), (64, 34)), ((3000, 20), (38, 20))]
)
def test_a_small_picture_gives_a_small_card(size, card_size):
    asset = added(samples.image(size=size))

    with Image.open(renditions.make_card(asset)) as card:
        assert card.size == card_size


def test_one_broken_picture_does_not_stop_the_rest():
    broken, whole = added(samples.image(colour="#000000")), added(samples.image(colour="#ffffff"))
    Asset.objects.filter(pk=broken.pk).update(uploaded_at=NOON - MINUTE)
    broken.original.storage.delete(broken.original.name)

    tasks.make_renditions()

    broken.refresh_from_db()
    whole.refresh_from_db()
    assert (broken.renditions_made_at, broken.renditions_attempts) == (None, 1)
    assert "FileNotFoundError" in broken.renditions_failed
    assert whole.renditions_made_at is not None


def test_a_broken_picture_is_tried_again_later_and_three_times_at_most():
    asset = added(samples.image())
    asset.original.storage.delete(asset.original.name)
    row = Asset.objects.filter(pk=asset.pk)

    tasks.make_renditions()
    tasks.make_renditions()
    assert row.get().renditions_attempts == 1
    for _again in range(5):
        row.update(renditions_claimed_at=NOON - Asset.RENDITIONS_LEASE * 10**5)
        tasks.make_renditions()

    assert row.get().renditions_attempts == Asset.RENDITIONS_ATTEMPTS == 3


def test_a_picture_that_takes_too_long_says_so_and_ends_the_run(monkeypatch):
    def cut_short(*_args, **_options):
        """What Celery does to a worker whose Pillow comes to no end."""
        raise SoftTimeLimitExceeded

    endless, next_one = added(samples.image(colour="#000000")), added(samples.image(colour="#ffffff"))
    Asset.objects.filter(pk=endless.pk).update(uploaded_at=NOON - MINUTE)
    monkeypatch.setattr(Image.Image, "save", cut_short)

    with pytest.raises(SoftTimeLimitExceeded):
        tasks.make_renditions()

    endless.refresh_from_db()
    next_one.refresh_from_db()
    assert (endless.renditions_made_at, endless.renditions_attempts) == (None, 1)
    assert next_one.renditions_attempts == 0
    assert columns.renditions_state(endless) == "Không tạo được: mất quá nhiều thời gian"


def test_a_run_is_ended_while_what_it_claimed_is_still_its_own():
    task = tasks.make_renditions

    assert tasks.BEGINS_FOR.seconds < task.soft_time_limit < task.time_limit
    assert task.time_limit < Asset.RENDITIONS_LEASE.seconds


def test_a_run_leaves_to_the_next_what_it_has_no_time_for(monkeypatch):
    assets = [added(samples.image(colour=colour)) for colour in ("#000000", "#ffffff")]
    monkeypatch.setattr(tasks, "BEGINS_FOR", -MINUTE)

    tasks.make_renditions()

    assert list(Asset.objects.awaiting_renditions(NOON)) == assets[::-1]


def test_a_picture_that_ended_every_worker_says_so_once_the_last_is_given_up():
    asset = added(samples.image())
    asset.renditions_attempts, asset.renditions_claimed_at = Asset.RENDITIONS_ATTEMPTS, NOON

    assert asset.renditions_problem(NOON + MINUTE) == ""
    assert asset.renditions_problem(NOON + Asset.RENDITIONS_LEASE) == Asset.TOOK_TOO_LONG


def test_what_another_worker_has_claimed_is_left_to_it():
    asset = added(samples.image())

    assert tasks._claim(asset, NOON) is True
    assert tasks._claim(asset, NOON) is False
    assert list(Asset.objects.awaiting_renditions(NOON + MINUTE)) == []
    assert list(Asset.objects.awaiting_renditions(NOON + Asset.RENDITIONS_LEASE)) == [asset]


def test_files_have_no_renditions():
    actions.add_asset(samples.uploaded(samples.pdf(), "a.pdf"), by=None, now=NOON)

    assert not Asset.objects.awaiting_renditions(NOON).exists()


def test_several_workers_may_make_the_same_rendition_at_once():
    asset = added(samples.photograph((1000, 750)))

    with ThreadPoolExecutor(4) as workers:
        paths = list(workers.map(lambda _turn: renditions.make_webp(asset, 640), range(8)))

    assert set(paths) == {renditions.rendition(asset, 640, "webp")}
    assert [path.name for path in renditions.folder(asset).iterdir()] == ["640.webp"]
    with Image.open(paths[0]) as picture:
        picture.load()


def test_a_rendition_that_cannot_be_written_leaves_no_half_file(monkeypatch):
    asset = added(samples.photograph((1000, 750)))
    monkeypatch.setitem(renditions._WRITING, "webp", {"format": "WEBP", "quality": "not a number"})

    with pytest.raises(ValueError, match="float"):
        renditions.make_webp(asset, 640)

    assert list(renditions.folder(asset).iterdir()) == []
