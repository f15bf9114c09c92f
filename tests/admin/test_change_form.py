"""The change form: what is open, what is locked, what a save keeps."""

import pytest
from django.urls import reverse

from news.models import Article
from portal.history.models import Version
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def address(item):
    return reverse("admin:news_article_change", args=[item.pk])


def test_a_draft_needs_only_a_category_and_a_headline_in_one_language(desk_of, fill_in):
    writer, shelf = make.reporter(), make.category()
    client = desk_of(writer)
    url = reverse("admin:news_article_add")

    response = client.post(url, fill_in(client.get(url), title_vi="Tít đầu tiên", category=shelf.pk))

    item = Article.objects.get()
    assert response.url == address(item)
    assert [item.title_vi, item.created_by, item.category] == ["Tít đầu tiên", writer, shelf]
    assert sorted(item.editions.values_list("language", "state")) == [("en", "draft"), ("vi", "draft")]
    assert Version.objects.about(item).count() == 1


def test_a_draft_without_any_headline_is_told_so(desk_of, fill_in):
    client, url = desk_of(make.person("editor")), reverse("admin:news_article_add")

    response = client.post(url, fill_in(client.get(url), category=make.category().pk))

    assert response.status_code == 200
    assert "title_vi" in response.context["adminform"].form.errors
    assert not Article.objects.exists()


def test_saving_what_was_changed_keeps_a_version(desk_of, fill_in):
    item, writer = make.article(), make.reporter()
    client = desk_of(writer)

    response = client.post(address(item), fill_in(client.get(address(item)), title_vi="Tít mới"))

    assert response.status_code == 302
    newest = Version.objects.about(item).order_by("-number").first()
    assert [newest.content["vi"]["title"], newest.by, newest.changed] == ["Tít mới", writer, ["vi"]]


def test_saving_without_a_change_keeps_nothing(desk_of, fill_in):
    item = make.article()
    make.placed(item, make.picture(), role="cover")
    item = Article.objects.get(pk=item.pk)
    before = Version.objects.about(item).count()
    client = desk_of(make.person("editor"))

    response = client.post(address(item), fill_in(client.get(address(item))))

    assert response.status_code == 302
    assert Version.objects.about(item).count() == before
    assert Article.objects.get(pk=item.pk).lock_version == item.lock_version


def test_a_reporter_writes_vietnamese_and_only_reads_english(desk_of, fill_in):
    item = make.article()
    client = desk_of(make.reporter())

    form = client.get(address(item)).context["adminform"].form

    assert "title_vi" in form.fields
    assert "title_en" not in form.fields


def test_what_is_sent_for_a_language_one_may_not_write_is_not_saved(desk_of, fill_in):
    item = make.article()
    client = desk_of(make.reporter())

    response = client.post(
        address(item), fill_in(client.get(address(item)), title_en="Forged", title_vi="Tít mới")
    )

    assert response.status_code == 200
    item.refresh_from_db()
    assert "Forged" not in (item.title_en, item.title_vi)


@pytest.mark.parametrize("field", ["title_vi", "body_vi", "byline", "released_together"])
def test_an_approved_text_is_locked_whatever_is_sent(desk_of, fill_in, field):
    item = make.approved()
    before = [item.title_vi, item.body_vi, item.byline, item.released_together]
    client = desk_of(make.person("editor"))

    client.post(address(item), fill_in(client.get(address(item)), **{field: "giả mạo"}))

    item.refresh_from_db()
    assert [item.title_vi, item.body_vi, item.byline, item.released_together] == before


def test_english_is_written_while_vietnamese_is_approved(desk_of, fill_in):
    item = make.approved()
    client = desk_of(make.translator())

    client.post(address(item), fill_in(client.get(address(item)), title_en="A better headline"))

    item.refresh_from_db()
    assert item.title_en == "A better headline"
    assert item.edition("vi").approved_digest == Article.objects.get(pk=item.pk).edition("vi").approved_digest


def test_somebody_who_only_approves_changes_nothing(desk_of):
    item = make.article()

    response = desk_of(make.approver()).post(address(item), {"title_vi": "Giả mạo"})

    assert response.status_code == 403
    item.refresh_from_db()
    assert item.title_vi != "Giả mạo"


def test_live_text_offers_a_working_copy_and_the_copy_says_of_what(desk_of, client):
    item = make.published()
    browser = desk_of(make.person("editor"))
    assert (
        reverse("desk:open_copy", args=["news.article", item.pk])
        in browser.get(address(item)).content.decode()
    )

    response = browser.post(reverse("desk:open_copy", args=["news.article", item.pk]))

    copy = Article.objects.get(working_copy_of=item)
    assert response.url == address(copy)
    page = browser.get(address(copy)).content.decode()
    assert address(item) in page
    assert "change_kind_vi" in page


def test_an_address_is_written_as_addresses_are(desk_of, fill_in):
    item = make.article()
    client = desk_of(make.person("editor"))

    client.post(address(item), fill_in(client.get(address(item)), slug_vi="Hà Nội: tập huấn!"))

    item.refresh_from_db()
    assert item.slug_vi == "ha-noi-tap-huan"


def test_hostile_text_is_text(desk_of, fill_in):
    item = make.article()
    client = desk_of(make.person("editor"))
    hostile = "<script>alert(1)</script>\x00\u200b'\"><img onerror=x>"

    response = client.post(
        address(item),
        fill_in(client.get(address(item)), title_vi=hostile, body_vi=f"<p>{hostile}</p>"),
        follow=True,
    )

    item.refresh_from_db()
    assert "<script" not in item.body_vi
    assert "onerror" not in item.body_vi.replace("&lt;", "<").split("<p>")[0]
    assert "<script>alert(1)" not in response.content.decode()


class TestFigures:
    def figure(self, asset):
        return f'<p>Ảnh.</p><figure data-asset="{asset.uuid}"></figure>'

    def test_a_picture_put_into_the_text_gets_its_place_with_the_librarys_words(self, desk_of, fill_in):
        item = make.article()
        asset = make.picture(alt_vi="Lớp học", alt_en="A class", caption_vi="Lớp học ở Hà Nội")
        client = desk_of(make.person("editor"))

        client.post(address(item), fill_in(client.get(address(item)), body_vi=self.figure(asset)))

        placed = item.placements.get()
        assert [placed.role, placed.asset, placed.alt_vi, placed.alt_en, placed.caption_vi] == [
            "figure", asset, "Lớp học", "A class", "Lớp học ở Hà Nội",
        ]  # fmt: skip

    def test_a_picture_in_no_text_loses_its_place(self, desk_of, fill_in):
        item = make.article()
        asset = make.picture()
        client = desk_of(make.person("editor"))
        client.post(address(item), fill_in(client.get(address(item)), body_vi=self.figure(asset)))

        client.post(address(item), fill_in(client.get(address(item)), body_vi="<p>Không ảnh.</p>"))

        assert not item.placements.exists()

    def test_a_picture_in_the_other_languages_text_stays(self, desk_of, fill_in):
        item = make.article()
        asset = make.picture()
        client = desk_of(make.person("editor"))
        body = self.figure(asset)
        client.post(address(item), fill_in(client.get(address(item)), body_vi=body, body_en=body))

        client.post(address(item), fill_in(client.get(address(item)), body_vi="<p>Không ảnh.</p>"))

        assert item.placements.get().asset == asset

    def test_no_new_picture_enters_while_the_other_language_is_approved(self, desk_of, fill_in):
        item = make.approved()
        asset = make.picture()
        client = desk_of(make.translator())

        response = client.post(address(item), fill_in(client.get(address(item)), body_en=self.figure(asset)))

        assert "body_en" in response.context["adminform"].form.errors
        assert not item.placements.exists()

    def test_words_on_a_picture_are_written_in_the_form(self, desk_of, fill_in):
        item = make.article()
        make.placed(item, make.picture(), role="cover")
        client = desk_of(make.person("editor"))
        sent = fill_in(client.get(address(item)))

        client.post(address(item), sent | {"placements-0-alt_en": "A classroom in Ha Noi"})

        assert item.placements.get().alt_en == "A classroom in Ha Noi"

    def test_a_cover_is_added_and_a_second_one_refused(self, desk_of, fill_in):
        item = make.article()
        first, second = make.picture(), make.picture()
        client = desk_of(make.person("editor"))
        row = {
            "placements-0-asset": str(first.uuid),
            "placements-0-role": "cover",
            "placements-0-position": "1",
        }
        client.post(address(item), fill_in(client.get(address(item))) | row | {"placements-TOTAL_FORMS": "1"})
        assert item.placements.get().asset == first

        row = {
            "placements-1-asset": str(second.uuid),
            "placements-1-role": "cover",
            "placements-1-position": "2",
        }
        response = client.post(
            address(item), fill_in(client.get(address(item))) | row | {"placements-TOTAL_FORMS": "2"}
        )

        assert response.context["adminform"].form.placements.non_form_errors()
        assert item.placements.get().asset == first

    def test_a_file_is_no_cover(self, desk_of, fill_in):
        item = make.article()
        client = desk_of(make.person("editor"))
        row = {
            "placements-0-asset": str(make.document().uuid),
            "placements-0-role": "cover",
            "placements-TOTAL_FORMS": "1",
        }

        client.post(address(item), fill_in(client.get(address(item))) | row)

        assert not item.placements.exists()


class TestTypedPreview:
    def test_it_shows_what_is_typed_and_saves_nothing(self, desk_of, fill_in):
        item = make.article()
        client = desk_of(make.person("editor"))
        url = reverse("admin:news_article_preview_typed", args=[item.pk, "vi"])

        response = client.post(url, fill_in(client.get(address(item)), title_vi="Tít chưa lưu"))

        assert response.status_code == 200
        assert "Tít chưa lưu" in response.content.decode()
        assert Article.objects.get(pk=item.pk).title_vi == item.title_vi
        assert Version.objects.about(item).count() == 1

    def test_whoever_may_not_change_may_not_try(self, desk_of):
        item = make.article()
        url = reverse("admin:news_article_preview_typed", args=[item.pk, "vi"])

        assert desk_of(make.approver()).post(url, {"title_vi": "x"}).status_code == 403


def test_the_form_asks_a_bounded_number_of_questions(desk_of, django_assert_max_num_queries):
    item = make.article()
    for _each in range(6):
        make.placed(item, make.picture())
    for number in range(20):
        make.changed(Article.objects.get(pk=item.pk), by=None, now=NOON, title_vi=f"Tít {number}")
    client = desk_of(make.person("editor"))

    with django_assert_max_num_queries(60):
        client.get(address(item))
