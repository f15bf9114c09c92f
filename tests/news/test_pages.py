"""The public pages of the news, asked for as a reader asks."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from news.models import Article, FormerSlug
from portal.editorial.actions import confirm_translation, open_working_copy, set_expiry, take_step
from portal.search.models import Entry
from tests import make

pytestmark = pytest.mark.django_db

INSTANT, SECOND = timedelta(microseconds=1), timedelta(seconds=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.fixture
def now():
    return timezone.now() - HOUR


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def in_both(now, **fields) -> Article:
    return make.published(make.published(now=now, **fields), "en", now=now)


class TestFrontDoor:
    def test_the_cookie_decides_first(self, client):
        client.cookies["language"] = "en"
        assert client.get("/", HTTP_ACCEPT_LANGUAGE="vi").url == "/en/"

    def test_then_the_browsers_wish(self, client):
        assert client.get("/", HTTP_ACCEPT_LANGUAGE="en-GB,en;q=0.9").url == "/en/"

    def test_otherwise_vietnamese(self, client):
        assert client.get("/", HTTP_ACCEPT_LANGUAGE="fr").url == "/vi/"


class TestHome:
    def test_lead_featured_and_latest_each_stand_once(self, client, now):
        lead = make.published(now=now - DAY, prominence=2)
        featured = make.published(now=now - HOUR, prominence=1)
        latest = make.published(now=now)

        context = client.get("/vi/").context

        assert context["lead"].object_id == lead.pk
        assert [entry.object_id for entry in context["featured"]] == [featured.pk]
        assert [entry.object_id for entry in context["latest"]] == [latest.pk]

    def test_without_a_lead_the_newest_leads(self, client, now):
        make.published(now=now - DAY)
        newest = make.published(now=now)

        assert client.get("/vi/").context["lead"].object_id == newest.pk

    def test_each_category_has_its_newest(self, client, now):
        shelf = make.category(name_vi="Hợp tác quốc tế")
        items = [make.published(now=now - HOUR * place, category=shelf) for place in range(6)]

        shelves = client.get("/vi/").context["shelves"]

        assert [(each.title, [entry.object_id for entry in each.entries]) for each in shelves] == [
            ("Hợp tác quốc tế", [item.pk for item in items[:4]])
        ]

    def test_an_empty_portal_is_a_page_all_the_same(self, client):
        assert client.get("/en/").status_code == 200

    def test_english_home_shows_no_vietnamese_article(self, client, now):
        make.published(now=now, title_vi="Chỉ có tiếng Việt", english=False)

        assert "Chỉ có tiếng Việt" not in text_of(client.get("/en/"))


class TestArticle:
    def test_its_page_says_all_a_reader_should_know(self, client, now):
        item = make.article(
            now=now,
            byline="Minh An",
            source_vi="Trung tâm Thông tin",
            dateline_vi="Hà Nội",
            title_vi="Tập huấn 2026",
        )
        make.placed(
            item,
            make.picture(),
            "cover",
            caption_vi="Toàn cảnh lớp học",
            alt_vi="Lớp học",
            credit_vi="Ảnh: BBT",
        )
        make.placed(item, make.document("chuong-trinh.pdf"), "attachment", title_vi="Chương trình tập huấn")
        item.topics.add(topic := make.topic(title_vi="Thông tin đối ngoại"))
        item = make.published(make.changed(item, by=None), now=now)

        page = text_of(client.get(item.get_absolute_url("vi")))

        for said in ("Tập huấn 2026", "Minh An", "Trung tâm Thông tin", "Toàn cảnh lớp học", "Ảnh: BBT", "Lớp học",
                     "Chương trình tập huấn", "PDF", topic.title_vi, "hai ngày"):  # fmt: skip
            assert said in page, said

    def test_the_live_twin_is_offered_and_told_to_machines(self, client, now):
        item = in_both(now)

        response = client.get(item.get_absolute_url("vi"))

        page, english = text_of(response), item.get_absolute_url("en")
        assert f'hreflang="en" href="http://testserver{english}"' in page
        assert f'rel="canonical" href="http://testserver{item.get_absolute_url("vi")}"' in page
        assert [each["url"] for each in response.context["languages"]] == [
            item.get_absolute_url("vi"), english,
        ]  # fmt: skip

    def test_a_twin_that_is_only_scheduled_is_not_told(self, client, now):
        item = make.published(now=now)
        make.scheduled(item, "en", at=timezone.now() + HOUR)

        context = client.get(item.get_absolute_url("vi")).context

        assert context["page"]["alternates"] == []
        assert [each["live"] for each in context["languages"]] == [True, False]

    def test_without_english_the_reader_is_told_and_led_on(self, client, now):
        item = make.published(now=now, english=False, title_vi="Chỉ có tiếng Việt")
        elsewhere = client.get(item.get_absolute_url("vi")).context["languages"][1]["url"]

        response = client.get(elsewhere)

        assert response.status_code == 404
        assert response.headers["Content-Language"] == "en"
        page = text_of(response)
        assert "Chỉ có tiếng Việt" in page
        assert item.get_absolute_url("vi") in page
        assert item.body_vi not in page

    def test_an_old_address_leads_to_the_right_one(self, client, now):
        item = make.published(now=now)

        response = client.get(f"/{'vi'}/{item.get_absolute_url('vi').split('/')[2]}/dia-chi-cu-{item.pk}/")

        assert [response.status_code, response.url] == [301, item.get_absolute_url("vi")]

    def test_a_headline_of_only_signs_still_has_an_address(self, client, now):
        item = make.published(now=now, title_vi="???")

        assert client.get(item.get_absolute_url("vi")).status_code == 200
        assert item.get_absolute_url("vi").endswith(f"/{item.pk}/")

    def test_a_draft_is_not_there(self, client):
        assert client.get(make.article().get_absolute_url("vi")).status_code == 404

    def test_a_working_copy_has_no_page_of_its_own(self, client, now):
        copy = open_working_copy(make.published(now=now), by=None, now=now)

        section = copy.root.get_absolute_url("vi").split("/")[2]
        assert client.get(f"/vi/{section}/{copy.pk}/").status_code == 404

    def test_a_corrected_article_says_so_at_the_top(self, client, now):
        item = make.published(now=now)
        copy = make.changed(open_working_copy(item, by=None, now=now), by=None, title_vi="Tít đúng",
                            change_kind_vi="correction", change_note_vi="Số học viên là 147.")  # fmt: skip
        take_step(make.approved(copy), "publish", language="vi", by=None, now=now + timedelta(minutes=5))

        page = text_of(client.get(item.get_absolute_url("vi")))

        assert page.index("Số học viên là 147.") < page.index("Lớp tập huấn diễn ra")

    def test_an_outdated_translation_says_so_until_it_is_confirmed(self, client, now):
        item = in_both(now)
        copy = make.changed(
            open_working_copy(item, by=None, now=now), by=None, title_vi="Ba ngày", change_kind_vi="minor"
        )
        take_step(make.approved(copy), "publish", language="vi", by=None, now=now)
        english = item.get_absolute_url("en")
        assert client.get(english).context["piece"].translation["outdated"] is True

        confirm_translation(item, language="en", by=make.translator(), now=now)

        assert client.get(english).context["piece"].translation == {}

    def test_a_withdrawn_article_stays_readable_under_its_notice(self, client, now):
        item = make.published(now=now)
        take_step(item, "withdraw", language="vi", by=None, now=now, note="Số liệu đang được rà soát.")

        response = client.get(item.get_absolute_url("vi"))

        page = text_of(response)
        assert response.status_code == 200
        assert page.index("Số liệu đang được rà soát.") < page.index("Lớp tập huấn diễn ra")
        assert "noindex" in page

    def test_a_retracted_article_is_gone_and_says_why(self, client, now):
        item = make.published(now=now)
        take_step(item, "retract", language="vi", by=None, now=now, note="Đăng nhầm.")

        response = client.get(item.get_absolute_url("vi"))

        assert response.status_code == 410
        assert "Đăng nhầm." in text_of(response)
        assert "Lớp tập huấn" not in text_of(response).replace(item.title_vi, "")

    def test_a_replaced_article_leads_to_its_successor(self, client, now):
        old, new = make.published(now=now), make.published(now=now)
        take_step(
            old,
            "retract",
            language="vi",
            by=None,
            now=now,
            note="Đã có bài mới.",
            successor=new.get_absolute_url("vi"),
        )

        response = client.get(old.get_absolute_url("vi"))

        assert [response.status_code, response.url] == [301, new.get_absolute_url("vi")]

    def test_related_are_the_chosen_ones_or_the_newest_of_the_category_never_itself(self, client, now):
        shelf = make.category()
        item, near, far = (make.published(now=now, category=shelf) for _ in range(3))
        chosen = make.article(now=now)
        chosen.related.add(far)
        chosen = make.published(make.changed(chosen, by=None), now=now)

        by_shelf = client.get(item.get_absolute_url("vi")).context["related"]
        by_hand = client.get(chosen.get_absolute_url("vi")).context["related"]

        assert {entry.object_id for entry in by_shelf} == {near.pk, far.pk}
        assert [entry.object_id for entry in by_hand] == [far.pk]

    def test_what_was_never_written_by_us_does_not_reach_the_page(self, client, now):
        item = make.published(now=now, body_vi='<p onclick="x()">Chào<script>alert(1)</script><a href="javascript:x()">bấm</a></p>',
                              title_vi="<b>Tít</b> & “ngoặc”")  # fmt: skip

        page = client.get(item.get_absolute_url("vi")).content.decode()

        assert "alert(1)" not in page
        assert "javascript:" not in page
        assert "onclick" not in page
        assert "&lt;b&gt;Tít&lt;/b&gt; &amp;" in page


class TestLists:
    def test_a_category_lists_its_own_newest_first(self, client, now):
        shelf = make.category()
        items = [make.published(now=now - HOUR * place, category=shelf) for place in range(3)]
        make.published(now=now)

        entries = client.get(shelf.get_absolute_url()).context["entries"]

        assert [entry.object_id for entry in entries] == [item.pk for item in items]

    def test_keyset_pages_neither_skip_nor_repeat_while_news_arrives(self, client, now):
        shelf = make.category()
        items = [
            make.published(now=now - timedelta(minutes=place // 2), category=shelf) for place in range(45)
        ]
        address, seen = shelf.get_absolute_url(), []
        while address:
            page = client.get(address).context
            seen += [entry.object_id for entry in page["entries"]]
            address = page["paging"].older_url
            make.published(now=now + timedelta(minutes=1), category=shelf)

        assert sorted(seen) == sorted(item.pk for item in items)

    def test_the_way_back_leads_to_the_same_items(self, client, now):
        shelf = make.category()
        for place in range(45):
            make.published(now=now - timedelta(minutes=place), category=shelf)
        first = client.get(shelf.get_absolute_url()).context
        second = client.get(first["paging"].older_url).context

        back = client.get(second["paging"].newer_url).context

        assert [entry.pk for entry in back["entries"]] == [entry.pk for entry in first["entries"]]

    @pytest.mark.parametrize(
        "page",
        ["-1", "1000000000", "abc", "before-99999999999999999999-1", "after--", "before-1-" + "9" * 30],
    )
    def test_a_page_that_is_none_is_answered_kindly(self, client, now, page):
        response = client.get(make.category().get_absolute_url(), {"page": page})

        assert response.status_code == 404
        assert "<h1" in text_of(response)

    def test_a_renamed_category_leads_readers_on(self, client, now):
        shelf = make.category(slug_vi="ten-cu")
        FormerSlug.objects.create(category=shelf, language="vi", slug="ten-rat-cu")

        response = client.get(shelf.get_absolute_url().replace("ten-cu", "ten-rat-cu"))

        assert [response.status_code, response.url] == [301, shelf.get_absolute_url()]

    def test_a_day_is_a_vietnamese_day(self, client):
        shelf = make.category()
        first = make.published(now=make.datetime(2018, 12, 13, 17, 0, tzinfo=make.UTC), category=shelf)
        last = make.published(now=make.datetime(2018, 12, 14, 16, 59, tzinfo=make.UTC), category=shelf)
        make.published(now=make.datetime(2018, 12, 14, 17, 0, tzinfo=make.UTC), category=shelf)
        make.published(now=make.datetime(2018, 12, 13, 16, 59, tzinfo=make.UTC), category=shelf)

        response = client.get(
            "/vi/" + first.get_absolute_url("vi").split("/")[2] + "/" + _by_day("2018-12-14")
        )

        assert [entry.object_id for entry in response.context["entries"]] == [last.pk, first.pk]

    @pytest.mark.parametrize("asked", ["31-02-2018", "abc", "9999999-1-1", "2018-02-31"])
    def test_a_day_that_is_none_is_answered_kindly(self, client, asked):
        response = client.get("/en/news/by-day/", {"date": asked})

        assert response.status_code == 404

    def test_a_topic_collects_its_entries(self, client, now):
        topic, item = make.topic(), make.article(now=now)
        item.topics.add(topic)
        item = make.published(make.changed(item, by=None), now=now)

        response = client.get(f"/en/topics/{topic.slug_en}/")
        make.published(item, "en", now=now)
        afterwards = client.get(f"/en/topics/{topic.slug_en}/")

        assert response.status_code == 404  # not even its name is told before its first item
        assert [entry.object_id for entry in afterwards.context["entries"]] == [item.pk]


def _by_day(day: str) -> str:
    from django.urls import reverse
    from django.utils.translation import override

    with override("vi"):
        return reverse("news:day", args=day.split("-")).split("/", 3)[3]


class TestPageCache:
    def test_a_publication_is_seen_at_once(self, client, now):
        client.get("/vi/")
        item = make.published(now=now, title_vi="Tin vừa đăng")

        assert "Tin vừa đăng" in text_of(client.get("/vi/"))
        take_step(item, "withdraw", language="vi", by=None, now=now, note="Rà soát.")
        assert "Tin vừa đăng" not in text_of(client.get("/vi/"))

    @pytest.fixture
    def shown(self, client, monkeypatch):
        """Whether the home page has the text, for who asks at a moment."""

        def ask(moment: datetime) -> bool:
            monkeypatch.setattr(timezone, "now", lambda: moment)
            return "Đúng giây" in text_of(client.get("/vi/"))

        return ask

    def test_a_kept_copy_ends_before_the_next_scheduled_change(self, now, shown):
        hour = now + DAY
        make.scheduled(at=hour, now=now, title_vi="Đúng giây")

        asked = [hour - 30 * SECOND, hour - INSTANT, hour]

        assert [shown(moment) for moment in asked] == [False, False, True]

    def test_a_kept_copy_ends_before_the_next_expiry(self, now, shown):
        hour = now + DAY
        item = make.published(now=now, title_vi="Đúng giây")
        set_expiry(item, language="vi", by=make.publisher(), now=now, expire_at=hour)

        asked = [hour - 30 * SECOND, hour - INSTANT, hour]

        assert [shown(moment) for moment in asked] == [True, True, False]

    def test_an_unchanged_page_is_a_304(self, client, now):
        etag = client.get("/vi/").headers["ETag"]

        assert client.get("/vi/", HTTP_IF_NONE_MATCH=etag).status_code == 304

    def test_signed_in_people_get_no_kept_copy(self, client, now):
        client.force_login(make.reporter())

        assert "ETag" not in client.get("/vi/").headers

    def test_a_kept_copy_costs_one_query(self, client, now, django_assert_num_queries):
        client.get("/vi/")

        with django_assert_num_queries(1):
            client.get("/vi/")


@pytest.mark.parametrize("archive", [20, 2000])
class TestQueries:
    """DESIGN §9: home ≤ 6, list ≤ 4, article ≤ 4 on a cold cache; one more reads the version every kept page carries."""

    @pytest.fixture(autouse=True)
    def _archive(self, archive, now):
        self.item = make.published(now=now)
        make.many_entries(archive, like=Entry.objects.get(), now=now)
        cache.clear()

    @pytest.mark.parametrize(
        ("page", "most"), [("home", 6), ("list", 4), ("category", 4), ("day", 4), ("article", 4)]
    )
    def test_a_page_costs_the_same_however_long_the_archive(
        self, client, page, most, django_assert_max_num_queries
    ):
        address = {
            "home": "/vi/",
            "list": self.item.get_absolute_url("vi").rsplit("/", 2)[0] + "/",
            "category": self.item.category.get_absolute_url(),
            "day": f"/vi/{self.item.get_absolute_url('vi').split('/')[2]}/{_by_day('2018-12-14')}",
            "article": self.item.get_absolute_url("vi"),
        }[page]

        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
