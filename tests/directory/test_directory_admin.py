"""The directory in the admin: lists, posts with their address, import, export, the quarterly review."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.directory import actions
from portal.directory.models import Country, Organisation, Post, Review, Upload
from portal.directory.planning import plan
from portal.directory.reading import read
from portal.history.models import Record
from tests import make
from tests.admin.forms import sent_by
from tests.directory.samples import LAOS, OXFAM, tsv

pytestmark = pytest.mark.django_db
ORGANISATIONS, POSTS = "/admin/directory/organisation/", "/admin/directory/post/"
IMPORT, PLAN = f"{ORGANISATIONS}import/", f"{ORGANISATIONS}import/plan/"
REVIEW = f"{ORGANISATIONS}review/"


@pytest.fixture
def editor():
    return make.person("duty editor")


@pytest.fixture
def desk(client, editor) -> Client:
    client.force_login(editor)
    return client


def page_of(row: Country | Organisation | Post) -> str:
    return reverse(f"admin:directory_{row._meta.model_name}_change", args=[row.pk])


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def uploaded(content: bytes, name: str = "missions.tsv") -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, content)}


class TestWhoMay:
    @pytest.mark.parametrize("role", ["administrator", "duty editor", "head of the editorial board"])
    def test_three_roles_have_the_directory(self, client, role):
        client.force_login(make.person(role))

        for address in (ORGANISATIONS, POSTS, IMPORT, REVIEW, f"{ORGANISATIONS}export.csv"):
            assert client.get(address).status_code == 200, address

    @pytest.mark.parametrize(
        "address", [ORGANISATIONS, POSTS, IMPORT, PLAN, REVIEW, f"{ORGANISATIONS}export.xlsx"]
    )
    def test_others_have_not(self, client, address):
        assert client.get(address).status_code == 302

        client.force_login(make.reporter())
        assert client.get(address).status_code == 403

    def test_who_may_only_look_is_offered_nothing_else(self, client):
        person = make.person()
        person.user_permissions.set(
            Permission.objects.filter(codename__in=["view_organisation", "view_post"])
        )
        client.force_login(person)
        post = make.address().post

        assert "import/" not in client.get(ORGANISATIONS).text
        assert (
            client.get(page_of(post)).status_code == client.get(page_of(post.organisation)).status_code == 200
        )
        assert client.post(REVIEW, {"post": post.pk, "answer": "left"}).status_code == 403


class TestLists:
    @pytest.mark.parametrize("address", [ORGANISATIONS, POSTS, "/admin/directory/country/"])
    def test_a_list_costs_the_same_however_long_it_is(self, desk, address, django_assert_max_num_queries):
        for number in range(12):
            make.address(
                of=make.post(organisation=make.organisation(country=make.country(f"{chr(65 + number)}A")))
            )
        desk.get(address)

        with django_assert_max_num_queries(14):
            desk.get(address)

    def test_lists_are_found_without_diacritics_and_filtered(self, desk):
        house = make.organisation(name_vi="Đại sứ quán Lào")
        found = make.address(of=make.post(organisation=house)).post
        make.address(of=make.post(organisation=make.organisation("ngo"), language="vi"))

        assert list(desk.get(ORGANISATIONS, {"q": "dai su quan"}).context["cl"].queryset) == [house]
        for query in ({"q": "lao"}, {"organisation__kind__exact": "embassy"}, {"language__exact": "en"},
                      {"organisation__country__id__exact": house.country_id}):  # fmt: skip
            assert list(desk.get(POSTS, query).context["cl"].queryset) == [found], query

    def test_the_list_shows_addresses_as_people_read_them(self, desk):
        make.address("press@lào.example")

        assert "press@lào.example" in desk.get(POSTS).text


class TestOrganisation:
    def test_one_is_entered_with_its_posts(self, desk, editor):
        country = make.country("LA")
        empty = sent_by(desk.get(f"{ORGANISATIONS}add/"), "organisation_form")

        answer = desk.post(
            f"{ORGANISATIONS}add/",
            empty
            | {
                "kind": "embassy", "country": str(country.pk), "name_vi": "Đại sứ quán Lào", "name_en": "Embassy of Laos",
                "is_active": "on", "posts-TOTAL_FORMS": "1", "posts-0-title_vi": "Tùy viên", "posts-0-title_en": "Attaché",
                "posts-0-language": "en", "posts-0-is_active": "on",
            },
        )  # fmt: skip

        assert answer.status_code == 302
        post = Post.objects.matching("lao tuy vien").get()
        assert (
            Record.objects.about(post).get().by == Record.objects.about(post.organisation).get().by == editor
        )

    def test_the_same_one_twice_is_refused_in_words(self, desk):
        house = make.organisation(name_en="Embassy of Laos")
        fields = sent_by(
            desk.get(page_of(make.organisation())), "organisation_form", name_en="Embassy of Laos"
        )

        answer = desk.post(page_of(Organisation.objects.exclude(pk=house.pk).get()), fields)

        assert "Đã có cơ quan, tổ chức cùng loại" in answer.text

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_one_in_use_is_kept_and_the_person_told_what_to_do(self, client, method):
        client.force_login(make.person(superuser=True))
        house = make.post().organisation

        answer = getattr(client, method)(f"{ORGANISATIONS}{house.pk}/delete/", {"post": "yes"}, follow=True)

        assert "đang được sử dụng" in said(answer)[0]
        assert Organisation.objects.filter(pk=house.pk).exists()
        assert not Record.objects.about(house).filter(verb="remove").exists()

    def test_one_entered_by_mistake_is_removed(self, desk):
        house = make.organisation()

        desk.post(f"{ORGANISATIONS}{house.pk}/delete/", {"post": "yes"})

        assert not Organisation.objects.exists()
        assert Record.objects.filter(verb="remove").count() == 1


class TestPost:
    def change(self, desk: Client, post: Post, **typed: str):
        return desk.post(page_of(post), sent_by(desk.get(page_of(post)), "post_form", **typed))

    def test_another_address_is_a_change_with_history(self, desk, editor):
        post = make.address("old@la.example", holder="A").post

        answer = self.change(desk, post, email="new@LA.example", holder="B")

        assert answer.status_code == 302
        post = Post.objects.get()
        assert (post.current_address.email, post.current_address.holder) == ("new@la.example", "B")
        assert post.addresses.former().get().email == "old@la.example"
        assert Record.objects.about(post).filter(verb="change_address", by=editor).exists()
        assert "old@la.example" in desk.get(page_of(post)).text

    def test_saving_without_a_change_leaves_the_address_alone(self, desk):
        post = make.address("press@Bộ.example", holder="A").post

        self.change(desk, post)

        assert post.addresses.count() == 1

    def test_an_emptied_address_is_left_with_its_note(self, desk):
        post = make.address("old@la.example", holder="A").post

        self.change(desk, post, email="", note="Về nước")

        left = post.addresses.get()
        assert (left.is_current, left.note) == (False, "Về nước")

    @pytest.mark.parametrize("email", ["press", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example"])
    def test_what_is_no_address_is_said_at_its_field(self, desk, email):
        post = make.address().post

        answer = self.change(desk, post, email=email)

        assert "không phải là địa chỉ" in answer.context["adminform"].form.errors["email"][0]
        assert post.addresses.count() == 1

    def test_a_post_is_entered_with_its_address(self, desk):
        house = make.organisation()
        typed = {
            "organisation": str(house.pk),
            "title_vi": "Tùy viên",
            "title_en": "Attaché",
            "email": "a@la.example",
        }

        desk.post(f"{POSTS}add/", sent_by(desk.get(f"{POSTS}add/"), "post_form", **typed))

        assert Post.objects.get().current_address.email == "a@la.example"

    def test_a_post_put_out_of_use_keeps_its_address_but_gets_no_other(self, desk):
        post = make.address("a@la.example").post
        fields = sent_by(desk.get(page_of(post)), "post_form")
        fields.pop("is_active")

        refused = desk.post(page_of(post), fields | {"email": "b@la.example"})
        kept = desk.post(page_of(post), fields)

        assert "email" in refused.context["adminform"].form.errors
        assert kept.status_code == 302
        post.refresh_from_db()
        assert (post.is_active, post.current_address.email) == (False, "a@la.example")

    def test_a_holder_without_an_address_is_asked_for_it(self, desk):
        post = make.post()

        answer = self.change(desk, post, holder="A")

        assert "email" in answer.context["adminform"].form.errors


class TestImport:
    def test_a_file_is_shown_before_it_is_imported(self, desk, editor):
        shown = desk.post(IMPORT, uploaded(tsv(LAOS, {**OXFAM, "type": "<b>circus</b>"})), follow=True)

        assert shown.redirect_chain == [(PLAN, 302)]
        assert "Địa chỉ là press@la.embassy.example." in shown.text
        assert "&lt;b&gt;circus&lt;/b&gt;" in shown.text
        assert "1 dòng mới, 0 dòng thay đổi, 0 dòng giữ nguyên, 1 dòng bị từ chối." in shown.text
        assert not Organisation.objects.exists()

        done = desk.post(PLAN, {"digest": shown.context["plan"].digest}, follow=True)

        assert said(done) == ["Đã nhập 1 dòng."]
        assert Record.objects.about(Organisation.objects.get()).get().by == editor
        assert not Upload.objects.exists()
        assert desk.get(PLAN).url == IMPORT

    def test_only_the_plan_that_was_shown_is_carried_out(self, desk):
        shown = desk.post(IMPORT, uploaded(tsv(LAOS)), follow=True)
        make.country("LA")

        answer = desk.post(PLAN, {"digest": shown.context["plan"].digest}, follow=True)

        assert "đã thay đổi" in said(answer)[0]
        assert not Organisation.objects.exists()
        assert desk.post(PLAN, {"digest": ""}, follow=True).redirect_chain == [(PLAN, 302)]

    def test_each_person_sees_their_own_file(self, desk, client):
        desk.post(IMPORT, uploaded(tsv(LAOS)))
        desk.post(IMPORT, uploaded(tsv(OXFAM), "ngo.csv"))
        other = Client()
        other.force_login(make.person("administrator"))

        assert [upload.name for upload in Upload.objects.all()] == ["ngo.csv"]
        assert other.get(PLAN).url == IMPORT

    @pytest.mark.parametrize("content", [b"", b"\xff\xff", b"PK\x03\x04", b"a;b\n"])
    def test_what_is_wrong_with_a_file_is_said_at_its_field(self, desk, content):
        answer = desk.post(IMPORT, uploaded(content))

        assert answer.status_code == 200
        assert "file" in answer.context["form"].errors
        assert not Upload.objects.exists()

    def test_no_byte_of_a_cell_stops_the_plan(self, desk):
        odd = {**LAOS, "name_vi": "Lào" + "".join(map(chr, range(9))), "phone\0": "1"}
        header = (*odd, *[f"x{number}" for number in range(200)])

        shown = desk.post(IMPORT, uploaded(tsv(odd, header=header)), follow=True)

        assert shown.status_code == 200
        assert "ký tự ẩn" in shown.text

    def test_a_long_plan_has_pages(self, desk):
        rows = [{**OXFAM, "name_en": f"NGO {number}"} for number in range(120)]
        shown = desk.post(IMPORT, uploaded(tsv(*rows)), follow=True)

        assert "?page=2" in shown.text
        assert len(desk.get(PLAN, {"page": "2"}).context["page"].object_list) == 20
        assert desk.get(PLAN, {"page": "x"}).status_code == 200


class TestExport:
    @pytest.mark.parametrize("extension", ["csv", "xlsx"])
    def test_the_directory_is_downloaded_and_imported_again_unchanged(self, desk, extension):
        make.address(of=make.post(organisation=make.organisation(country=make.country("LA", name_vi="Lào"))))

        answer = desk.get(f"{ORGANISATIONS}export.{extension}")

        assert f'.{extension}"' in answer.headers["Content-Disposition"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert plan(read(answer.content)).to_do == []


class TestReview:
    def test_one_click_answers_for_a_post(self, desk, editor):
        staying, leaving = make.address("a@la.example").post, make.address("b@la.example").post
        assert [each.pk for each in desk.get(REVIEW).context["page"]] == [staying.pk, leaving.pk]

        desk.post(REVIEW, {"post": staying.pk, "answer": "still_there"})
        answer = desk.post(f"{REVIEW}?kind=embassy", {"post": leaving.pk, "answer": "left"}, follow=True)

        assert answer.redirect_chain == [(f"{REVIEW}?kind=embassy", 302)]
        assert list(answer.context["page"]) == []
        assert {review.answer for review in Review.objects.filter(by=editor)} == {"still_there", "left"}
        assert (staying.current_address is None, leaving.current_address is None) == (False, True)

    def test_looking_answers_nothing(self, desk):
        post = make.address().post

        desk.get(REVIEW, {"post": post.pk, "answer": "left"})

        assert not Review.objects.exists()

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"post": "x", "answer": "left"},
            {"post": "9" * 30, "answer": "left"},
            {"post": "0", "answer": "left"},
        ],
    )
    def test_a_forged_answer_changes_nothing(self, desk, sent):
        make.address()

        assert desk.post(REVIEW, sent).status_code == 404
        assert desk.post(REVIEW, {"post": Post.objects.get().pk, "answer": "burn"}).status_code == 302
        assert not Review.objects.exists()

    def test_a_post_left_meanwhile_is_said_in_words(self, desk):
        address = make.address()
        actions.leave_post(address, by=None, now=make.NOON)

        answer = desk.post(REVIEW, {"post": address.post_id, "answer": "still_there"}, follow=True)

        assert "không có địa chỉ" in said(answer)[0]

    def test_the_page_costs_the_same_however_many_wait(self, desk, django_assert_max_num_queries):
        for _each in range(30):
            make.address()
        desk.get(REVIEW)

        with django_assert_max_num_queries(12):
            desk.get(REVIEW, {"kind": "embassy"})
