"""In the library, too, a file kept for a text nobody may know of yet is there for those alone who work with the text."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.editorial.actions import take_step
from portal.history.models import Record
from portal.library import actions
from portal.library.models import Asset
from tests import make
from tests.library import samples
from tests.make import DAY
from tests.pressroom import releases

pytestmark = pytest.mark.django_db
LIST, ADD, PICKER = (f"/admin/library/asset/{tail}" for tail in ("", "add/", "picker/"))
REFUSED = "một nội dung mà vai trò của bạn không được xem"


@pytest.fixture
def kept():
    """A picture that a release under embargo alone places; pages ask the real clock."""
    now = timezone.now()
    releases.patterns()
    picture = actions.add_asset(
        samples.uploaded(samples.image(), "Ra mắt.jpg"), by=None, now=now, title_vi="Ra mắt", alt_vi="Ảnh"
    )
    draft = releases.release(now=now)
    make.placed(draft, picture, "cover")
    releases.embargoed(make.again(draft), "vi", at=now + DAY, now=now)
    return picture


@pytest.fixture
def browser(settings):
    settings.REQUIRE_SECOND_FACTOR = False

    def of(person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return of


def statuses(client: Client, asset: Asset) -> list[int]:
    """Of its bytes, its sizes, its page, its history; how many the picker and the list show."""
    pages = [reverse(f"admin:library_asset_{each}", args=[asset.pk]) for each in ("change", "history")]
    width = reverse("library:rendition", args=[asset.uuid, 320, "webp"])
    answers = [client.get(each).status_code for each in (asset.get_absolute_url(), width, *pages)]
    chosen = client.get(PICKER, {"asset": asset.uuid}).json()["assets"]
    return [*answers, len(chosen), client.get(LIST, {"q": "ra mat"}).context["cl"].result_count]


def test_whoever_works_elsewhere_does_not_find_it(browser, kept):
    assert statuses(browser(make.reporter()), kept) == [404, 404, 302, 302, 0, 0]


@pytest.mark.parametrize("role", ["press officer", "duty editor"])
def test_whoever_works_with_the_text_does(browser, kept, role):
    assert statuses(browser(make.person(role)), kept) == [200, 200, 200, 200, 1, 1]


def test_once_readers_see_it_everybody_does(browser, kept):
    take_step(kept.placements.get().thing, "publish", language="vi", by=None, now=timezone.now())

    assert statuses(browser(make.reporter()), kept) == [200, 200, 200, 200, 1, 1]


def test_placed_by_what_they_may_see_it_is_found(browser, kept):
    make.placed(make.article(), kept)

    assert statuses(browser(make.reporter()), kept) == [200, 200, 200, 200, 1, 1]


def test_what_they_uploaded_themselves_does_not_vanish(browser, kept):
    reporter = make.reporter()
    Asset.objects.filter(pk=kept.pk).update(uploaded_by=reporter)

    assert statuses(browser(reporter), kept)[0] == 200


def test_the_history_does_not_name_it(browser, kept):
    record = Record.objects.about(kept).get()
    page = reverse("admin:history_record_change", args=[record.pk])

    assert "Ra mắt" not in browser(make.person("administrator")).get("/admin/history/record/").text
    assert browser(make.person("administrator")).get(page).status_code == 302
    assert browser(make.person(superuser=True)).get(page).status_code == 200


def test_having_the_same_bytes_does_not_open_it(browser, kept):
    client = browser(make.reporter())

    picked = client.post(PICKER, {"file": samples.uploaded(samples.image(), "a.jpg")})
    words = {f"{word}_{code}": "" for word in ("title", "alt", "caption", "credit") for code in ("vi", "en")}
    added = client.post(
        ADD, words | {"original": samples.uploaded(samples.image(), "a.jpg"), "title_vi": "Giữ"}
    )

    assert (picked.status_code, added.status_code) == (400, 200)
    assert REFUSED in picked.json()["error"]
    assert REFUSED in added.text
    assert "Giữ" in added.text


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_and_the_picker_cost_the_same_however_many_are_kept(
    browser, rows, django_assert_num_queries
):
    releases.patterns()
    for _row in range(rows):
        make.placed(releases.release(), make.picture(), "cover")
        make.picture()
    client = browser(make.reporter())
    client.get(LIST), client.get(PICKER)

    with django_assert_num_queries(11):
        client.get(LIST)
    with django_assert_num_queries(7):
        client.get(PICKER)
