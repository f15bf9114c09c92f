"""The lists and “my work”: what each person finds, at a cost that does not grow."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.models import Article, Category, FormerSlug
from portal.editorial import clock, effects
from portal.editorial.actions import open_working_copy, take_step
from portal.editorial.models import Effect, Heartbeat, Notice
from portal.search.models import Entry, ReadSide
from tests import make
from tests.make import HOUR, NOON
from tests.pressroom import releases

pytestmark = pytest.mark.django_db
LIST = "/admin/news/article/"


def piles(response):
    return {pile.key: [line.item.pk for line in pile.lines] for pile in response.context["desk"].piles}


def listed(response):
    return [item.pk for item in response.context["cl"].result_list]


class TestMyWork:
    def test_each_person_finds_what_they_can_do_something_about(self, desk_of):
        writer, boss = make.reporter(), make.head()
        drafted = make.article(by=writer)
        waiting = make.article(by=writer)
        take_step(waiting, "submit", language="vi", by=writer, now=NOON)
        returned = make.article(by=writer)
        take_step(returned, "submit", language="vi", by=writer, now=NOON)
        take_step(returned, "return", language="vi", by=boss, now=NOON, note="Thiếu nguồn.")
        ready = make.approved()

        of_writer = piles(desk_of(writer).get("/admin/"))
        assert [of_writer["to_write"], of_writer["returned"]] == [[drafted.pk], [returned.pk]]
        assert piles(desk_of(make.approver()).get("/admin/"))["to_approve"] == [waiting.pk]
        assert ready.pk in piles(desk_of(make.publisher()).get("/admin/"))["to_publish"]
        assert ready.pk in piles(desk_of(make.translator()).get("/admin/"))["to_translate"]

    def test_a_text_somebody_else_touched_last_comes_back_to_its_writer(self, desk_of):
        writer, editor = make.reporter(), make.person("editor")
        item = make.article(by=writer)
        take_step(item, "submit", language="vi", by=writer, now=NOON)
        item = make.changed(Article.objects.get(pk=item.pk), by=editor, title_vi="Tít đã sửa")
        take_step(item, "return", language="vi", by=editor, now=NOON, note="Bổ sung nguồn.")

        assert piles(desk_of(writer).get("/admin/"))["returned"] == [item.pk]

    def test_a_late_text_is_red_with_its_reason_and_a_publisher_may_release_it(self, desk_of):
        hour = timezone.now() - timedelta(hours=1)
        item = make.scheduled(at=hour, now=hour - HOUR)
        item.editions.filter(language="vi").update(failure="Chưa duyệt bản tiếng Anh.", failed_at=hour)

        page = desk_of(make.publisher()).get("/admin/").content.decode()
        assert "Chưa duyệt bản tiếng Anh." in page
        assert reverse("desk:release_late") in page
        assert reverse("desk:release_late") not in desk_of(make.reporter()).get("/admin/").content.decode()

        desk_of(make.publisher()).post(reverse("desk:release_late"))
        assert make.state(item) == "published"

    def test_everybody_sees_that_the_clock_stands_still(self, desk_of):
        Heartbeat.objects.create(name=clock.NAME, seen_at=timezone.now() - timedelta(minutes=9))

        response = desk_of(make.reporter()).get("/admin/")

        assert not response.context["desk"].clock_alive
        assert "banner--late" in response.content.decode()

    def test_a_failed_effect_is_shown_and_tried_again(self, desk_of):
        now = timezone.now()
        item = make.article()
        effects.queue("tell_contributors", item, "vi", "submit:1", {"verb": "submit", "by": None, "note": ""})
        Effect.objects.update(attempts=8, error="OperationalError: database is locked", given_up_at=now)

        assert "database is locked" in desk_of(make.reporter()).get("/admin/").content.decode()
        assert desk_of(make.reporter()).post(reverse("desk:try_effects_again")).status_code == 403
        desk_of(make.head()).post(reverse("desk:try_effects_again"))

        assert Effect.objects.get().done_at is not None

    def test_what_the_role_does_not_show_is_not_tried_again(self, desk_of):
        now = timezone.now()
        effects.queue("enter_in_ledger", releases.release(), "vi", "publish:1", {"at": now.isoformat()})
        Effect.objects.update(attempts=8, error="OperationalError: database is locked", given_up_at=now)

        desk_of(make.person("administrator")).post(reverse("desk:try_effects_again"))

        assert Effect.objects.get().given_up_at == now

    def test_a_notice_is_read_by_the_one_it_is_for(self, desk_of):
        writer, other = make.reporter(), make.reporter()
        item = make.article(by=writer)
        take_step(item, "submit", language="vi", by=writer, now=NOON)
        take_step(item, "return", language="vi", by=make.approver(), now=NOON, note="Thiếu nguồn.")
        effects.do_waiting(timezone.now() + HOUR)
        notice = Notice.objects.get(to=writer)
        assert "Thiếu nguồn." in desk_of(writer).get("/admin/").content.decode()

        desk_of(other).post(reverse("desk:read_notices"), {"notice": notice.pk})
        assert Notice.objects.get(pk=notice.pk).read_at is None
        desk_of(writer).post(reverse("desk:read_notices"), {"notice": notice.pk})
        assert Notice.objects.get(pk=notice.pk).read_at is not None

    def test_every_list_is_named_in_the_administrators_language(self, desk_of):
        vietnamese, english = (
            self._names_of_lists(desk_of(make.person(superuser=True, language=code)), code)
            for code in ("vi", "en")
        )

        assert "bài viết" in {name.lower() for name in vietnamese.values()}
        assert [name for key, name in vietnamese.items() if name == english[key]] == []

    def _names_of_lists(self, client, language):
        """What the first page calls its applications and lists."""
        applications = client.get("/admin/").context["app_list"]
        with override(language):
            names = {each["app_label"]: str(each["name"]) for each in applications}
            for each in applications:
                names |= {model["admin_url"]: str(model["name"]) for model in each["models"]}
        return names

    @pytest.mark.parametrize("count", [20, 200])
    def test_the_desk_asks_the_same_number_of_questions_however_much_waits(
        self, desk_of, django_assert_max_num_queries, count
    ):
        shelf, boss = make.category(), make.head()
        for number in range(count):
            item = make.article(category=shelf, by=boss)
            if number % 2:
                take_step(item, "submit", language="vi", by=None, now=NOON)
        client = desk_of(make.person("editor", "approver-vi", "publisher"))

        with django_assert_max_num_queries(45):
            client.get("/admin/")


class TestLists:
    def test_working_copies_are_left_out_and_marked_on_their_original(self, desk_of):
        item = make.published()
        open_working_copy(item, by=None, now=NOON)

        assert listed(desk_of(make.person("editor")).get(LIST)) == [item.pk]

    def test_headlines_are_found_without_diacritics_in_either_language_and_any_state(self, desk_of):
        draft = make.article(title_vi="Đào tạo nghề ở Quảng Ngãi")
        live = make.published(title_vi="Tổng đài 111 đổi mới", title_en="Hotline 111 renewed")
        make.article()
        client = desk_of(make.person("editor"))

        assert listed(client.get(LIST, {"q": "dao tao QUANG ngai"})) == [draft.pk]
        assert listed(client.get(LIST, {"q": "tong dai"})) == [live.pk]
        assert listed(client.get(LIST, {"q": "không có gì như thế"})) == []

    @pytest.mark.parametrize("words", ["%", "'", "\\", "a" * 3000, "đ" * 500])
    def test_hostile_words_find_nothing_and_break_nothing(self, desk_of, words):
        make.article()

        response = desk_of(make.person("editor")).get(LIST, {"q": words})

        assert [response.status_code, listed(response)] == [200, []]

    def test_filters_look_at_each_language_by_itself(self, desk_of):
        writer = make.reporter()
        published, drafted = make.published(), make.article(by=writer)
        client = desk_of(writer)

        assert listed(client.get(LIST, {"vi": "published"})) == [published.pk]
        assert listed(client.get(LIST, {"en": "published"})) == []
        assert listed(client.get(LIST, {"whose": "mine"})) == [drafted.pk]
        assert listed(client.get(LIST, {"translation": "missing"})) == [published.pk]

    def test_filters_can_be_counted(self, desk_of):
        make.published()

        assert desk_of(make.person("editor")).get(LIST, {"_facets": "True"}).status_code == 200

    def test_translations_out_of_date_are_found(self, desk_of):
        item = make.published(make.published(), "en")
        copy = make.changed(
            open_working_copy(item, by=None, now=NOON), by=None, standfirst_vi="Khác.", change_kind_vi="minor"
        )
        take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON)
        make.published()

        assert listed(desk_of(make.translator()).get(LIST, {"translation": "outdated"})) == [item.pk]

    def test_nothing_is_deleted_from_a_list(self, desk_of):
        item = make.article()

        desk_of(make.person(superuser=True)).post(
            LIST, {"action": "delete_selected", "_selected_action": [item.pk], "post": "yes"}
        )

        assert Article.objects.filter(pk=item.pk).exists()
        assert (
            desk_of(make.person(superuser=True)).post(f"{LIST}{item.pk}/delete/", {"post": "yes"}).status_code
            == 403
        )

    @pytest.mark.parametrize("count", [20, 200])
    def test_the_list_asks_the_same_number_of_questions_at_any_length(
        self, desk_of, django_assert_max_num_queries, count
    ):
        shelf = make.category()
        for _each in range(count):
            make.article(category=shelf)
        client = desk_of(make.person("editor"))

        with django_assert_max_num_queries(18):
            client.get(LIST)


class TestShelves:
    def test_a_renamed_category_leads_on_from_its_old_address_and_renames_what_stands_on_it(
        self, desk_of, fill_in
    ):
        shelf = make.category("hop-tac", name_vi="Hợp tác", slug_vi="hop-tac")
        make.published(category=shelf)
        version = ReadSide.objects.get(pk=1).version
        client, url = desk_of(make.person(superuser=True)), f"/admin/news/category/{shelf.pk}/change/"

        sent = fill_in(client.get(url), "category_form", name_vi="Hợp tác quốc tế", slug_vi="hop-tac-quoc-te")
        assert client.post(url, sent).status_code == 302

        assert FormerSlug.objects.get().slug == "hop-tac"
        entry = Entry.objects.get()
        assert [entry.shelf_title, entry.shelf_url] == [
            "Hợp tác quốc tế",
            "/vi/tin-tuc/chuyen-muc/hop-tac-quoc-te/",
        ]
        assert ReadSide.objects.get(pk=1).version > version
        assert client.get("/vi/tin-tuc/chuyen-muc/hop-tac/").url == entry.shelf_url

    @pytest.mark.parametrize(
        ("role", "answer"), [("administrator", 200), ("head of the editorial board", 200), ("reporter", 403)]
    )
    def test_categories_are_kept_by_heads_and_administrators(self, desk_of, role, answer):
        assert desk_of(make.person(role)).get("/admin/news/category/").status_code == answer

    def test_an_old_address_taken_back_leads_nowhere_else(self, desk_of, fill_in):
        shelf = make.category("a", slug_vi="a")
        client, url = desk_of(make.person(superuser=True)), f"/admin/news/category/{shelf.pk}/change/"
        for slug in ("b", "a"):
            client.post(url, fill_in(client.get(url), "category_form", slug_vi=slug))

        assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["b"]

    def test_a_category_in_use_is_not_deleted_and_its_uses_are_named(self, desk_of):
        item = make.article()

        response = desk_of(make.person(superuser=True)).post(
            f"/admin/news/category/{item.category_id}/delete/", {"post": "yes"}, follow=True
        )

        assert Category.objects.filter(pk=item.category_id).exists()
        assert item.title_vi in response.content.decode()

    def test_a_topic_a_draft_stands_in_is_not_deleted(self, desk_of):
        topic, item = make.topic(), make.article()
        item.topics.add(topic)

        response = desk_of(make.person(superuser=True)).post(
            f"/admin/search/topic/{topic.pk}/delete/", {"post": "yes"}, follow=True
        )

        assert item.topics.get() == topic
        assert item.title_vi in response.content.decode()

    def test_a_renamed_topic_is_renamed_on_the_pages_of_its_items(self, desk_of, fill_in):
        topic, item = make.topic(), make.article()
        item.topics.add(topic)
        make.published(make.changed(Article.objects.get(pk=item.pk), by=None))
        client, url = desk_of(make.person(superuser=True)), f"/admin/search/topic/{topic.pk}/change/"

        client.post(url, fill_in(client.get(url), "topic_form", title_vi="Chủ đề mới"))
        effects.do_waiting(timezone.now())

        assert Entry.objects.get().face["topics"][0]["title"] == "Chủ đề mới"

    def test_a_changed_identity_is_seen_at_once(self, desk_of, fill_in):
        site = make.identity()
        make.published()
        version = ReadSide.objects.get(pk=1).version
        client, url = desk_of(make.person(superuser=True)), f"/admin/web/siteidentity/{site.pk}/change/"
        assert client.get("/admin/web/siteidentity/").url == url

        response = client.post(url, fill_in(client.get(url), "siteidentity_form", hotline="111"))

        assert response.status_code == 302
        assert ReadSide.objects.get(pk=1).version > version

    def test_the_history_is_only_read(self, desk_of):
        make.article()
        client = desk_of(make.person(superuser=True))

        assert client.get("/admin/history/record/").status_code == 200
        assert client.get("/admin/history/record/add/").status_code == 403
