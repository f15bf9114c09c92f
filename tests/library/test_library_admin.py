"""The library in the admin, and the JSON for choosing from it."""

import json

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from news.models import Article
from portal.history.models import Record
from portal.library import actions
from portal.library.models import Asset
from tests import make
from tests.library import samples
from tests.make import NOON

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/library/asset/", "/admin/library/asset/add/"
PICKER = "/admin/library/asset/picker/"
WORDS = {
    f"{field}_{language}": "" for field in ("title", "alt", "caption", "credit") for language in ("vi", "en")
}


def added(name: str = "anh.jpg", height: int = 48, **words) -> Asset:
    picture = samples.uploaded(samples.image(size=(64, height)), name)
    return actions.add_asset(picture, by=None, now=NOON, **words)


def page_of(asset: Asset) -> str:
    return reverse("admin:library_asset_change", args=[asset.pk])


def refusal(client: Client, asset: Asset, method: str = "post") -> str:
    """What somebody is told who asks to delete the asset."""
    delete = reverse("admin:library_asset_delete", args=[asset.pk])
    page = getattr(client, method)(delete, {"post": "yes"}, follow=True)
    assert page.redirect_chain == [(page_of(asset), 302)]
    (message,) = page.context["messages"]
    assert str(message) in page.text
    return str(message)


@pytest.fixture
def reporter():
    return make.reporter()


@pytest.fixture
def desk(client, reporter) -> Client:
    """A reporter's browser."""
    client.force_login(reporter)
    return client


def test_an_upload_is_kept_by_the_action(desk, reporter):
    answer = desk.post(
        ADD, {**WORDS, "original": samples.uploaded(samples.image(), "Lễ ký.jpg"), "title_vi": "Lễ ký"}
    )

    asset = Asset.objects.get()
    assert answer.status_code == 302
    assert (asset.filename, asset.title_vi, asset.uploaded_by) == ("le-ky.jpg", "Lễ ký", reporter)
    assert (asset.focal_x, asset.focal_y) == (0.5, 0.5)
    assert [record.verb for record in Record.objects.about(asset)] == ["upload"]


def test_what_is_wrong_with_a_file_is_said_at_its_field(desk):
    answer = desk.post(
        ADD, {**WORDS, "original": samples.uploaded(b"<svg/>", "a.png"), "title_vi": "Giữ lại"}
    )

    assert "SVG" in answer.context["adminform"].form.errors["original"][0]
    assert "Giữ lại" in answer.text
    assert not Asset.objects.exists()


def test_a_file_uploaded_again_leads_to_the_one_there_is(desk):
    asset = added(title_vi="Cũ")

    answer = desk.post(
        ADD, {**WORDS, "original": samples.uploaded(samples.image(), "b.jpg"), "title_vi": "Mới"}, follow=True
    )

    asset.refresh_from_db()
    assert (Asset.objects.count(), asset.title_vi) == (1, "Cũ")
    assert "messagelist" in answer.text


def test_words_and_focal_point_can_be_changed_but_not_the_bytes(desk):
    asset = added()
    before = asset.original.read()

    answer = desk.post(
        page_of(asset),
        {**WORDS, "alt_vi": "Toàn cảnh", "focal_x": "0.2", "focal_y": "0.9",
         "original": samples.uploaded(samples.image(colour="#ff0000"), "khac.jpg")},
    )  # fmt: skip

    assert answer.status_code == 302
    changed = Asset.objects.get()
    assert (changed.alt_vi, changed.focal_x, changed.focal_y) == ("Toàn cảnh", 0.2, 0.9)
    assert changed.original.read() == before


def test_a_focal_point_outside_the_picture_is_refused_at_its_field(desk):
    asset = added()

    answer = desk.post(page_of(asset), {**WORDS, "focal_x": "1.2", "focal_y": "0.5"})

    assert "focal_x" in answer.context["adminform"].form.errors


def test_the_list_shows_small_pictures_and_how_often_each_is_used(desk):
    asset = added(title_vi="Lễ ký")
    make.placed(make.article(), asset)

    page = desk.get(LIST).text

    assert f'src="/files/{asset.uuid}/320.webp"' in page
    assert 'class="field-times_used">1<' in page


def test_the_list_costs_the_same_however_long_it_is(desk, django_assert_max_num_queries):
    for number in range(20):
        added(f"{number}.jpg", height=50 + number)
    desk.get(LIST)

    with django_assert_max_num_queries(12):
        desk.get(LIST)


def test_the_search_forgives_missing_diacritics(desk):
    found, _other = added("a.jpg", title_vi="Lễ ký kết"), added("b.jpg", height=20)

    assert list(desk.get(LIST, {"q": "le ky"}).context["cl"].queryset) == [found]


def test_the_page_of_an_asset_leads_to_its_uses(desk):
    asset, item = added(), make.article(title_vi="Khai mạc tập huấn")
    make.placed(item, asset)

    page = desk.get(page_of(asset)).text

    assert "Khai mạc tập huấn" in page
    assert "data-focal-point" in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_asset_in_use_is_not_deleted_and_the_person_is_led_to_its_uses(client, method):
    client.force_login(make.person("administrator"))
    asset, item = added(), make.article(title_vi="Khai mạc <tập huấn>")
    make.placed(item, asset, "cover")
    make.placed(item, asset, "figure")

    said = refusal(client, asset, method)

    assert Asset.objects.filter(pk=asset.pk).exists()
    assert said.startswith("Tệp này đang được sử dụng nên không thể xóa.")
    assert said.count(f'<a href="/admin/news/article/{item.pk}/change/">Khai mạc &lt;tập huấn&gt;</a>') == 1


def test_uses_that_somebody_may_not_see_are_counted_and_not_named(client):
    person = make.person()
    person.user_permissions.set(Permission.objects.filter(codename__in=["view_asset", "delete_asset"]))
    client.force_login(person)
    asset = added()
    Asset.objects.update(uploaded_by=person)  # else it would not be there for them at all
    make.placed(make.article(title_vi="Khai mạc tập huấn"), asset)

    said = refusal(client, asset)

    assert "Khai mạc tập huấn" not in said + client.get(page_of(asset)).text
    assert "1 nội dung mà vai trò của bạn không được xem" in said
    assert "1 nội dung mà vai trò của bạn không được xem" in client.get(page_of(asset)).text


def test_an_asset_that_left_a_text_but_not_its_page_is_not_deleted(client):
    client.force_login(make.person("administrator"))
    asset, item = added(), make.article(title_vi="Khai mạc tập huấn")
    placement = make.placed(item, asset)
    make.published(Article.objects.get(pk=item.pk))
    placement.delete()

    assert "Khai mạc tập huấn" in refusal(client, asset)
    assert Asset.objects.filter(pk=asset.pk).exists()
    assert "vẫn còn trên trang" in client.get(page_of(asset)).text


def test_nobody_learns_uses_by_deleting_what_they_may_not(desk):
    asset = added()
    make.placed(make.article(), asset)

    assert desk.post(reverse("admin:library_asset_delete", args=[asset.pk])).status_code == 403


def test_an_unused_asset_is_deleted_by_the_action(client):
    client.force_login(make.person(superuser=True))
    asset = added()

    client.post(reverse("admin:library_asset_delete", args=[asset.pk]), {"post": "yes"})

    assert not Asset.objects.exists()
    assert Record.objects.filter(verb="remove", object_id=asset.pk).exists()


def test_many_are_not_deleted_at_once(client):
    client.force_login(make.person(superuser=True))
    added()

    offered = [value for value, _label in client.get(LIST).context["action_form"].fields["action"].choices]

    assert "make_renditions_again" in offered
    assert "delete_selected" not in offered


def test_the_picker_lists_pictures_with_their_words(desk):
    asset = added("Lễ ký.jpg", title_vi="Lễ ký", alt_en="A signing")

    found = desk.get(PICKER, {"kind": "image"}).json()

    assert found["next"] is None
    (shown,) = found["assets"]
    assert (shown["uuid"], shown["filename"], shown["thumbnail"]) == (
        str(asset.uuid), "Lễ ký.jpg", f"/files/{asset.uuid}/320.webp",
    )  # fmt: skip
    assert shown["words"]["vi"]["title"] == "Lễ ký"
    assert shown["words"]["en"] == {"title": "", "alt": "A signing", "caption": "", "credit": ""}


def test_the_picker_searches_pages_and_finds_one(desk):
    for number in range(30):
        added(f"anh-{number}.jpg", height=50 + number)
    one = Asset.objects.matching("anh-7").get()

    first, second = desk.get(PICKER).json(), desk.get(PICKER, {"page": "2"}).json()

    assert (len(first["assets"]), first["next"], len(second["assets"]), second["next"]) == (24, 2, 6, None)
    assert [shown["uuid"] for shown in desk.get(PICKER, {"q": "ANH-7"}).json()["assets"]] == [str(one.uuid)]
    assert [shown["uuid"] for shown in desk.get(PICKER, {"asset": one.uuid}).json()["assets"]] == [
        str(one.uuid)
    ]


@pytest.mark.parametrize(
    "query", [{"asset": "x"}, {"page": "x"}, {"page": "-1"}, {"kind": "x"}, {"q": "%_'\""}]
)
def test_strange_questions_to_the_picker_do_not_break_it(desk, query):
    assert desk.get(PICKER, query).status_code == 200


def test_a_page_of_the_picker_costs_few_questions(desk, django_assert_max_num_queries):
    for number in range(20):
        added(f"{number}.jpg", height=50 + number)
    desk.get(PICKER)

    with django_assert_max_num_queries(7):
        desk.get(PICKER)


def test_the_picker_takes_in_a_file(desk, reporter):
    answer = desk.post(PICKER, {"file": samples.uploaded(samples.image(), "Mới.jpg")})

    assert answer.status_code == 201
    assert answer.json()["uuid"] == str(Asset.objects.get(uploaded_by=reporter).uuid)


@pytest.mark.parametrize("sent", [{}, {"file": b"<svg/>"}])
def test_the_picker_says_why_it_does_not_take_a_file(desk, sent):
    files = {name: samples.uploaded(content, "a.png") for name, content in sent.items()}

    answer = desk.post(PICKER, files)

    assert answer.status_code == 400
    assert len(json.loads(answer.content)["error"]) > 10


def test_the_picker_asks_for_a_csrf_token(reporter):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reporter)

    assert strict.post(PICKER, {"file": samples.uploaded(samples.image(), "a.jpg")}).status_code == 403
    assert not Asset.objects.exists()


def test_the_picker_is_for_staff_with_the_permission(client):
    assert client.get(PICKER).status_code == 302

    client.force_login(make.person())
    assert client.get(PICKER).status_code == 403

    client.force_login(make.publisher())  # may look, not add
    assert client.get(PICKER).status_code == 200
    assert client.post(PICKER, {"file": samples.uploaded(samples.image(), "a.jpg")}).status_code == 403
