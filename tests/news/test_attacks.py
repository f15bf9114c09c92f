"""The public pages under attack: nothing early, nothing leaked, nothing broken by an address or a header."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from news.actions import rename_category
from news.models import Article, FormerSlug
from portal.editorial import effects
from portal.editorial.actions import Refused, open_working_copy, take_step
from portal.search.models import Entry
from portal.search.page_cache import PageCache
from portal.search.topics import save_topic
from tests import make

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECRET = "Tuyên bố còn giữ kín"


@pytest.fixture(autouse=True)
def _identity():
    make.identity()


@pytest.fixture
def now():
    return timezone.now() - HOUR


def address(name: str, *args, language: str = "vi") -> str:
    with override(language):
        return reverse(name, args=args)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def embargoed(now):
    """A text in both languages with every kind of child, due in an hour; a public text names it."""
    shelf, topic = make.category(), make.topic()
    item = make.article(now=now, title_vi=SECRET, title_en=SECRET, category=shelf, prominence=2)
    item.cover, item.figure, item.file = (
        make.picture("bia.jpg"),
        make.picture("anh.jpg", "#123456"),
        make.document(),
    )
    make.placed(item, item.cover, "cover")
    make.placed(item, item.figure, "figure")
    make.placed(item, item.file, "attachment")
    item.topics.add(topic)
    assets = [item.cover, item.figure, item.file]
    item = make.approved(make.approved(make.changed(item, by=None), "vi", now=now), "en", now=now)
    for language in ("vi", "en"):
        take_step(item, "schedule", language=language, by=None, now=now, at=timezone.now() + HOUR)
    neighbour = make.article(now=now, category=shelf)
    neighbour.related.add(item)
    neighbour.topics.add(topic)
    neighbour = make.published(make.published(make.changed(neighbour, by=None), now=now), "en", now=now)
    item = Article.objects.get(pk=item.pk)
    item.assets, item.neighbour, item.topic = assets, neighbour, topic
    return item


class TestNothingEarly:
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_no_page_says_a_word_of_it(self, client, embargoed, language):
        day = timezone.now() + HOUR
        words = [f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"]
        pages = [
            f"/{language}/", address("news:all", language=language), address("search:topics", language=language),
            address("search:topic", getattr(embargoed.topic, f"slug_{language}"), language=language),
            address("news:category", getattr(embargoed.category, f"slug_{language}"), language=language),
            address("news:day", *words, language=language), embargoed.neighbour.get_absolute_url(language),
        ]  # fmt: skip

        for page in pages:
            response = client.get(page)
            assert response.status_code == 200, page
            assert SECRET not in text_of(response), page
            assert getattr(embargoed, f"slug_{language}") not in text_of(response), page
            assert str(embargoed.assets[0].uuid) not in text_of(response), page

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_its_own_addresses_tell_neither_headline_nor_slug(self, client, embargoed, language):
        for tried in (
            embargoed.get_absolute_url(language),
            address("news:article_by_number", embargoed.pk, language=language),
            address("news:article", "bat-ky", embargoed.pk, language=language),
        ):  # fmt: skip
            response = client.get(tried)
            assert response.status_code == 404
            assert "Location" not in response.headers
            assert SECRET not in text_of(response)

    def test_of_two_languages_the_later_one_is_not_told_by_the_earlier(self, client, now):
        item = make.published(make.article(now=now, title_en=SECRET), now=now)
        make.scheduled(item, "en", at=timezone.now() + HOUR)
        page = client.get(item.get_absolute_url("vi"))
        other = client.get(address("news:article_by_number", item.pk, language="en"))

        assert [SECRET in text_of(page), SECRET in text_of(other), other.status_code] == [False, False, 404]
        assert Article.objects.get(pk=item.pk).slug_en not in text_of(page) + text_of(other)

    def test_no_file_of_it_can_be_fetched(self, client, embargoed):
        cover, figure, _document = embargoed.assets
        tried = [asset.get_absolute_url() for asset in embargoed.assets]
        tried += [reverse("library:card", args=[cover.uuid]), reverse("library:card", args=[figure.uuid])]

        assert {client.get(url).status_code for url in tried} == {404}
        assert {client.head(url).status_code for url in tried} == {404}

    def test_no_file_placed_by_a_scheduled_copy_can_be_fetched_before_the_merge(self, client, now):
        item = make.published(now=now)
        copy, cover = open_working_copy(item, by=None, now=now), make.picture()
        make.placed(copy, cover, "cover")
        copy = make.changed(Article.objects.get(pk=copy.pk), by=None, change_kind_vi="minor")
        make.scheduled(copy, at=timezone.now() + HOUR)

        assert client.get(cover.get_absolute_url()).status_code == 404

    def test_the_calendar_does_not_count_it(self, client, embargoed):
        day = timezone.now() + HOUR
        page = client.get(address("news:day", f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}"))

        counted = [cell["count"] for week in page.context["calendar"]["weeks"] for cell in week if cell]
        assert sum(counted) == 1  # the neighbour

    def test_strangers_have_no_preview(self, client, embargoed):
        for name in ("vi", "en"):
            response = client.get(reverse("desk:preview", args=["news.article", embargoed.pk, name]))
            assert response.status_code == 302
            assert SECRET not in text_of(response)

    def test_the_other_languages_404_names_no_retracted_headline(self, client, now):
        item = make.published(now=now, english=False, title_vi=SECRET)
        take_step(item, "retract", language="vi", by=None, now=now, note="Đăng nhầm.")

        response = client.get(address("news:article_by_number", item.pk, language="en"))

        assert [response.status_code, SECRET in text_of(response)] == [404, False]


def test_a_picture_still_on_the_english_page_is_still_served_when_the_vietnamese_drops_it(client, now):
    item, cover = make.article(now=now), make.picture()
    make.placed(item, cover, "cover")
    item = make.published(make.published(Article.objects.get(pk=item.pk), now=now), "en", now=now)
    copy = open_working_copy(item, by=None, now=now)
    copy.placements.all().delete()
    copy = make.changed(Article.objects.get(pk=copy.pk), by=None, change_kind_vi="minor")
    take_step(make.approved(copy, now=now), "publish", language="vi", by=None, now=now)

    assert str(cover.uuid) not in client.get(item.get_absolute_url("vi")).content.decode()
    assert str(cover.uuid) in client.get(item.get_absolute_url("en")).content.decode()
    assert client.get(cover.get_absolute_url()).status_code == 200


class TestPageCacheIsNotPoisoned:
    def test_by_another_host(self, client, settings):
        settings.ALLOWED_HOSTS = ["portal.example", "mirror.example"]
        client.get("/vi/", headers={"host": "mirror.example"})

        assert "mirror.example" not in text_of(client.get("/vi/", headers={"host": "portal.example"}))
        assert client.get("/vi/", headers={"host": "evil.example"}).status_code == 400

    def test_by_headers_of_proxies(self, client):
        client.get(
            "/vi/",
            headers={
                "x-forwarded-host": "evil.example",
                "x-forwarded-proto": "https",
                "x-original-url": "/x",
            },
        )

        assert "evil.example" not in text_of(client.get("/vi/"))

    def test_by_a_language_cookie(self, client):
        client.cookies["language"] = "en"
        first = text_of(client.get("/vi/"))
        del client.cookies["language"]

        assert text_of(client.get("/vi/")) == first
        assert 'lang="vi"' in first

    def test_by_a_head_request(self, client, now):
        make.published(now=now, title_vi="Tin đầu trang")
        client.head("/vi/")

        assert "Tin đầu trang" in text_of(client.get("/vi/"))

    def test_by_a_post(self, client):
        assert "ETag" not in client.post("/vi/").headers

    def test_by_what_is_not_there(self, client, now):
        item = make.article(now=now)
        here = address("news:article_by_number", item.pk)
        assert client.get(here).status_code == 404
        item = make.published(item, now=now)

        assert client.get(here).status_code == 301
        assert client.get(item.get_absolute_url("vi")).status_code == 200

    def test_by_query_strings_nobody_knows(self, client):
        assert "ETag" not in client.get("/vi/?sort=x").headers

    def test_but_what_social_networks_hang_on_is_no_other_page(self, client, now):
        make.published(now=now, title_vi="Tin được chia sẻ")
        kept = client.get("/vi/").headers["ETag"]

        assert client.get("/vi/?utm_source=zalo&fbclid=Iw4R0").headers["ETag"] == kept
        assert "ETag" not in client.get("/vi/?fbclid=1&date=rubbish").headers

    def test_by_one_language_for_the_other(self, client, now):
        make.published(now=now, title_vi="Chỉ tiếng Việt", english=False)
        client.get("/vi/")

        assert "Chỉ tiếng Việt" not in text_of(client.get("/en/"))
        assert [client.get(f"/{code}/").headers["Content-Language"] for code in ("vi", "en")] == ["vi", "en"]


class TestAddresses:
    @pytest.mark.parametrize(
        "tail",
        ["x-" + "9" * 31 + "/", "9" * 31 + "/", "9" * 5000 + "/", "x-0/", "0/", "٣/", "x-١٢/",
         "-1/", "--1/", "%00/", "x%0d%0aSet-Cookie:a=b-1/"]
    )  # fmt: skip
    def test_numbers_that_are_none_are_answered_kindly(self, client, tail):
        assert client.get(address("news:all") + tail).status_code in {400, 404}

    @pytest.mark.parametrize("tail", ["?page=", "?page=before-1-1", "?page=&date=", "?date=2018-12-14"])
    def test_an_article_does_not_mind_parameters(self, client, now, tail):
        item = make.published(now=now)

        response = client.get(item.get_absolute_url("vi") + tail)

        assert response.status_code == 200
        assert f'rel="canonical" href="http://testserver{item.get_absolute_url("vi")}"' in text_of(response)

    @pytest.mark.parametrize(
        "path",
        [
            "//evil.example/vi/",
            "//vi/",
            "/vi//evil.example/",
            "///evil.example/%2f..",
            "/vi/..//evil.example/",
        ],
    )
    def test_no_address_leads_off_the_portal(self, client, path):
        response = client.get(path)

        assert not response.headers.get("Location", "").startswith(("//", "http"))

    @pytest.mark.parametrize(
        "page",
        ["before-٣-٣", "before-0-0", "after-0-0", "before-99999999999999999-999999999999999999",
         "after-99999999999999999-0", "x" * 5000, "before-1-1\n"]
    )  # fmt: skip
    def test_no_page_of_a_list_breaks(self, client, now, page):
        make.published(now=now)

        assert client.get(address("news:all"), {"page": page}).status_code in {200, 404}

    @pytest.mark.parametrize(
        "successor",
        [
            "//evil.example",
            "javascript:alert(1)",
            "https://evil.example/",
            "\\\\evil.example",
            "/vi/\n//evil",
        ],
    )
    def test_no_retracted_page_leads_off_the_portal(self, now, successor):
        item = make.published(now=now)
        with pytest.raises(Refused):
            take_step(item, "retract", language="vi", by=None, now=now, note="Sai.", successor=successor)

    def test_a_retracted_page_leads_to_no_text_that_is_not_out(self, now):
        item, later = make.published(now=now), make.scheduled(at=now + DAY, now=now)
        with pytest.raises(Refused):
            take_step(
                item,
                "retract",
                language="vi",
                by=None,
                now=now,
                note="Sai.",
                successor=later.get_absolute_url("vi"),
            )


class TestKeyset:
    def test_all_of_one_second_are_shown_once(self, client, now):
        shelf = make.category()
        items = [make.published(now=now, category=shelf) for _ in range(41)]
        here, seen, back = shelf.get_absolute_url(), [], None
        while here:
            page = client.get(here).context
            seen += [entry.object_id for entry in page["entries"]]
            back, here = page["paging"].newer_url, page["paging"].older_url
        assert sorted(seen) == sorted(item.pk for item in items)
        returned = client.get(back).context["entries"]
        assert [entry.object_id for entry in returned] == seen[20:40]

    def test_what_is_withdrawn_between_two_pages_moves_nothing_else(self, client, now):
        shelf = make.category()
        items = [make.published(now=now - timedelta(minutes=place), category=shelf) for place in range(25)]
        older = client.get(shelf.get_absolute_url()).context["paging"].older_url
        take_step(items[19], "withdraw", language="vi", by=None, now=now, note="Rà soát.")

        assert [entry.object_id for entry in client.get(older).context["entries"]] == [
            item.pk for item in items[20:]
        ]

    def test_a_topics_pages_neither_skip_nor_repeat(self, client, now):
        topic, items = make.topic(), []
        for place in range(23):
            item = make.article(now=now)
            item.topics.add(topic, make.topic())
            items.append(make.published(make.changed(item, by=None), now=now - timedelta(minutes=place // 3)))
        first = client.get(address("search:topic", topic.slug_vi)).context
        second = client.get(first["paging"].older_url).context

        seen = [entry.object_id for page in (first, second) for entry in page["entries"]]
        assert sorted(seen) == sorted(item.pk for item in items)


class TestLongArticles:
    def test_fifty_figures_cost_no_more_queries_than_one(self, client, now, django_assert_max_num_queries):
        item = make.article(now=now)
        assets = [make.picture(f"anh-{place}.jpg", f"#{place:02x}6f73") for place in range(50)]
        for asset in assets:
            make.placed(item, asset, "figure")
        body = "".join(f'<p>Đoạn.</p><figure data-asset="{asset.uuid}"></figure>' for asset in assets)
        item = make.published(make.changed(Article.objects.get(pk=item.pk), by=None, body_vi=body), now=now)
        cache.clear()

        with django_assert_max_num_queries(4):
            page = client.get(item.get_absolute_url("vi"))

        assert text_of(page).count("<figure") >= 50

    def test_publishing_fifty_figures_costs_no_more_queries_than_one(
        self, now, django_assert_max_num_queries
    ):
        few, many = make.article(now=now), make.article(now=now)
        make.placed(few, make.picture(), "figure")
        for place in range(50):
            make.placed(many, make.picture(f"b{place}.jpg", f"#{place:02x}0f73"), "figure")
        few, many = make.approved(few, now=now), make.approved(many, now=now)
        with django_assert_max_num_queries(200) as needed:
            take_step(few, "publish", language="vi", by=None, now=now)

        with django_assert_max_num_queries(len(needed)):
            take_step(many, "publish", language="vi", by=None, now=now)


class TestHostileText:
    @pytest.mark.parametrize(
        "title",
        ["\u202egnud iov", "Tít <img src=x onerror=alert(1)>", "{{ settings.SECRET_KEY }}", "%(x)s {0} %s",
         "𝕳𝖔𝖆", "\ud83d\udc4d",
         "'; DROP TABLE news_article; --", "ا" * 250, "\u0301" * 250, "A" + "\u0301" * 249, "�", "中文标题"],
    )  # fmt: skip
    def test_a_headline_of_any_signs_has_a_page(self, client, now, title):
        item = make.published(now=now, title_vi=title)

        response = client.get(item.get_absolute_url("vi"))

        assert response.status_code == 200
        assert "<img src=x" not in text_of(response)
        assert client.get("/vi/").status_code == 200

    @pytest.mark.parametrize("tag", ["blockquote", "ul><li", "em", "table><tbody><tr><td"])
    def test_a_body_nested_200_deep_is_saved_published_and_shown(self, client, now, tag):
        names = re.findall(r"[a-z]+", tag)
        body = f"<{tag}>" * 200 + "Đáy" + "".join(f"</{name}>" for name in reversed(names)) * 200

        item = make.published(now=now, body_vi=f"<p>Đầu</p>{body}")

        assert "Đáy" in text_of(client.get(item.get_absolute_url("vi")))

    def test_a_body_of_a_megabyte_is_saved_published_and_shown(self, client, now):
        item = make.published(now=now, body_vi="<p>" + "Đoạn rất dài. " * 80_000 + "</p>")

        assert client.get(item.get_absolute_url("vi")).status_code == 200


@pytest.mark.parametrize(
    "day", ["0001-01-01", "0001-01-02", "1899-12-31", "3000-01-01", "9999-12-05", "9999-12-31"]
)
def test_the_ends_of_the_calendar_are_answered_kindly(client, day):
    assert client.get(address("news:day", *day.split("-"))).status_code in {200, 404}


def test_a_shelf_with_an_english_name_but_no_english_address_breaks_no_other_shelfs_page(client, now):
    make.category(slug_en=None)
    shelf = make.category()

    assert client.get(address("news:category", shelf.slug_en, language="en")).status_code == 200


def test_a_former_address_of_a_shelf_that_has_none_now_is_answered_kindly(client, now):
    shelf = make.category(slug_en=None)
    FormerSlug.objects.create(category=shelf, language="en", slug="once")

    assert client.get(address("news:category", "once", language="en")).status_code == 404


def test_a_topic_without_an_english_title_is_not_called_none(client, now):
    item = make.article(now=now)
    item.topics.add(make.topic(title_en=None))
    item = make.published(make.changed(item, by=None), "en", now=now)

    assert ">None<" not in client.get(item.get_absolute_url("en")).content.decode()


def test_a_topic_with_nothing_public_is_not_announced(client, now):
    topic = make.topic(title_vi="Hồ sơ còn giữ kín")
    item = make.article(now=now)
    item.topics.add(topic)
    make.scheduled(make.changed(item, by=None), at=timezone.now() + HOUR, now=now)

    assert "Hồ sơ còn giữ kín" not in client.get(address("search:topics")).content.decode()


def test_a_future_days_archive_offers_no_way_further_into_the_future(client, now):
    day = timezone.localdate() + timedelta(days=400)

    assert Entry.objects.count() == 0
    assert (
        client.get(address("news:day", f"{day.year:04d}", f"{day.month:02d}", f"{day.day:02d}")).context[
            "next_day_url"
        ]
        == ""
    )


class TestKeptCopies:
    def answered(self, headers: dict[str, str]) -> HttpResponse:
        """What a reader gets of a page whose view sets these headers."""
        cached = PageCache(lambda request: HttpResponse("trang", headers=headers))
        return cached(RequestFactory().get("/vi/x/"))

    def test_a_page_its_view_calls_private_is_never_kept(self):
        assert "public" not in self.answered({"Cache-Control": "private, no-store"}).headers["Cache-Control"]

    def test_a_kept_page_has_the_headers_its_view_gave_it(self):
        answer = self.answered(
            {"Content-Disposition": 'attachment; filename="a.csv"', "X-Robots-Tag": "noindex"}
        )

        assert [answer.headers.get("Content-Disposition"), answer.headers.get("X-Robots-Tag")] == [
            'attachment; filename="a.csv"', "noindex",
        ]  # fmt: skip

    def test_a_kept_page_cannot_be_framed_either(self, client):
        client.get("/vi/")

        assert client.get("/vi/").headers.get("X-Frame-Options") == "SAMEORIGIN"

    def test_a_reader_cannot_fill_the_cache_with_copies_of_one_page(self, client):
        assert "ETag" in client.get("/vi/").headers
        for number in range(5):
            assert "ETag" not in client.get("/vi/", {"date": f"rubbish-{number}"}).headers

    def test_a_weak_etag_from_a_compressing_proxy_is_known_again(self, client):
        etag = client.get("/vi/").headers["ETag"]

        assert client.get("/vi/", headers={"if-none-match": f"W/{etag}"}).status_code == 304


def test_a_topic_tells_machines_of_no_twin_that_is_not_there(client, now):
    topic, item = make.topic(), make.article(now=now)
    item.topics.add(topic)
    make.published(make.changed(item, by=None), now=now)

    page = client.get(address("search:topic", topic.slug_vi)).context["page"]
    there = client.get(address("search:topic", topic.slug_en, language="en")).status_code

    assert [code for code, _url in page["alternates"] if code == "en"] == (["en"] if there == 200 else [])


def test_a_renamed_topic_is_called_by_its_new_name_on_the_pages_of_its_items(client, now):
    topic, item = make.topic(title_vi="Tên cũ", slug_vi="ten-cu"), make.article(now=now)
    item.topics.add(topic)
    item = make.published(make.changed(item, by=None), now=now)
    topic.title_vi, topic.slug_vi = "Tên mới", "ten-moi"
    save_topic(topic, by=make.person("administrator"), now=now)
    effects.do_waiting(timezone.now() + HOUR)

    page = client.get(item.get_absolute_url("vi")).content.decode()

    assert ["ten-moi" in page, "ten-cu" in page] == [True, False]


def test_a_new_name_in_one_category_is_on_every_page_at_once(client, now):
    shelf = make.category(name_vi="Tên cũ")
    item = make.published(now=now, category=shelf)
    shelf.name_vi, shelf.slug_vi = "Tên mới", "ten-moi"
    rename_category(shelf, by=None, now=now)

    page = client.get(item.get_absolute_url("vi")).content.decode()

    assert ["Tên mới" in page, "Tên cũ" in page] == [True, False]
