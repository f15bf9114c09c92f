"""Steps by click: pages, refusals in words, times with their zone, and who may look at what."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from portal.editorial.actions import open_working_copy, set_expiry, take_step
from portal.editorial.models import State
from portal.editorial.states import STEPS
from portal.history.models import Record, Version
from portal.languages.dates import ICT
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
DESK, LIST = "/admin/", "/admin/news/article/"


def url_of(item, step, language="vi"):
    return reverse("desk:step", args=["news.article", item.pk, language, step])


def history_of(item):
    return reverse("desk:history", args=["news.article", item.pk])


def current(item):
    return Article.objects.get(pk=item.pk).lock_version


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_a_page_in_both_languages(desk_of, step):
    item = make.article()

    for language in ("vi", "en"):
        response = desk_of(make.person(superuser=True, language=language)).get(url_of(item, step))
        assert response.status_code == 200


def test_a_step_is_taken_from_its_page(desk_of):
    item = make.article()

    response = desk_of(make.reporter()).post(
        url_of(item, "submit"), {"lock_version": current(item), "note": ""}
    )

    assert response.url == reverse("admin:news_article_change", args=[item.pk])
    assert make.state(item) == State.IN_REVIEW


def test_a_grey_button_says_why(desk_of):
    writer = make.person("editor", "approver-vi")
    item = make.article(by=writer)
    take_step(item, "submit", language="vi", by=writer, now=NOON)

    response = desk_of(writer).get(reverse("admin:news_article_change", args=[item.pk]))

    approve = next(button for button in response.context["panels"][0].buttons if button.name == "approve")
    assert approve.reason
    assert f'id="why-approve-vi">{approve.reason}' in response.content.decode()


def test_a_refused_step_keeps_the_note(desk_of):
    item = make.article()

    response = desk_of(make.approver()).post(
        url_of(item, "return"), {"lock_version": item.lock_version, "note": "Thiếu nguồn số liệu."}
    )

    assert response.status_code == 409
    assert "Thiếu nguồn số liệu." in response.content.decode()


def test_a_step_from_a_stale_page_is_refused_and_the_next_try_is_deliberate(desk_of):
    item = make.article()
    stale = item.lock_version
    make.changed(item, by=None, title_vi="Tít khác")
    client = desk_of(make.reporter())

    response = client.post(url_of(item, "submit"), {"lock_version": stale, "note": "Nhờ duyệt"})

    assert [response.status_code, make.state(item)] == [409, State.DRAFT]
    again = {"lock_version": response.context["form"]["lock_version"].value(), "note": "Nhờ duyệt"}
    client.post(url_of(item, "submit"), again)
    assert make.state(item) == State.IN_REVIEW


def test_pressing_twice_is_one_step(desk_of):
    item = make.approved()
    client = desk_of(make.publisher())
    sent = {"lock_version": item.lock_version}
    client.post(url_of(item, "publish"), sent)

    client.post(url_of(item, "publish"), sent)

    assert Record.objects.about(item).filter(verb="published").count() == 1


def test_an_hour_is_taken_as_viet_nam_time_and_told_with_its_zone(desk_of):
    item = make.approved(now=timezone.now())
    day = (timezone.now().astimezone(ICT) + timedelta(days=3)).replace(
        hour=7, minute=30, second=0, microsecond=0
    )

    response = desk_of(make.publisher()).post(
        url_of(item, "schedule"),
        {"lock_version": item.lock_version, "at": day.strftime("%Y-%m-%dT%H:%M")},
        follow=True,
    )

    assert item.editions.get(language="vi").publish_at == day
    page = response.content.decode()
    assert f"{day:%d/%m/%Y} 07:30" in page
    assert "UTC+7" in page


@pytest.mark.parametrize("written", ["%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M:%S"])
def test_an_hour_to_the_second_is_kept_and_told_to_the_second(desk_of, written):
    item, client = make.approved(now=timezone.now()), desk_of(make.publisher())
    hour = (timezone.now().astimezone(ICT) + timedelta(days=3)).replace(second=5, microsecond=0)

    response = client.post(
        url_of(item, "schedule"),
        {"lock_version": item.lock_version, "at": hour.strftime(written)},
        follow=True,
    )

    assert item.editions.get(language="vi").publish_at == hour
    for page in (response, client.get(DESK), client.get(LIST), client.get(history_of(item))):
        assert f"{hour:%d/%m/%Y %H:%M:%S}" in page.content.decode()


def test_the_browser_asks_for_seconds_and_shows_those_of_an_expiry(desk_of):
    item = make.published()
    expire_at = (timezone.now() + timedelta(days=3)).astimezone(ICT).replace(second=5, microsecond=0)
    set_expiry(item, language="vi", by=make.publisher(), now=timezone.now(), expire_at=expire_at)

    page = desk_of(make.publisher()).get(reverse("desk:expiry", args=["news.article", item.pk, "vi"]))

    assert f'value="{expire_at:%Y-%m-%dT%H:%M:%S}"' in page.content.decode()
    assert 'step="1"' in page.content.decode()


@pytest.mark.parametrize("hour", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T10:00", "mai"])
def test_an_impossible_hour_is_told_at_the_field(desk_of, hour):
    item = make.approved()

    response = desk_of(make.publisher()).post(
        url_of(item, "schedule"), {"lock_version": item.lock_version, "at": hour}
    )

    assert response.status_code == 409
    assert "at" in response.context["form"].errors


def test_a_published_working_copy_leads_back_to_the_text_readers_see(desk_of):
    item = make.published()
    copy = make.changed(
        open_working_copy(item, by=None, now=NOON), by=None, title_vi="Tít mới", change_kind_vi="minor"
    )
    copy = make.approved(copy)

    response = desk_of(make.publisher()).post(url_of(copy, "publish"), {"lock_version": copy.lock_version})

    assert response.url == reverse("admin:news_article_change", args=[item.pk])


def test_a_withdrawal_needs_words_for_readers(desk_of):
    item = make.published()
    client = desk_of(make.head())

    assert (
        client.post(url_of(item, "withdraw"), {"lock_version": current(item), "note": ""}).status_code == 409
    )
    client.post(url_of(item, "withdraw"), {"lock_version": current(item), "note": "Đang rà soát."})

    assert item.editions.get(language="vi").explanation == "Đang rà soát."


def test_an_urgent_publication_is_reviewed_afterwards_by_another(desk_of):
    item = make.article(by=make.reporter())
    duty = make.person("duty editor", "approver-vi")
    take_step(item, "publish_urgently", language="vi", by=duty, now=NOON, note="Bão số 9")
    url = reverse("desk:review_afterwards", args=["news.article", item.pk, "vi"])

    desk_of(duty).post(url, {"lock_version": current(item), "note": ""})
    assert item.editions.get(language="vi").reviewed_after_at is None
    desk_of(make.approver()).post(url, {"lock_version": current(item), "note": ""})

    assert item.editions.get(language="vi").reviewed_after_at is not None


def test_still_correct_is_one_click(desk_of):
    item = make.published(make.published(), "en")
    copy = make.changed(
        open_working_copy(item, by=None, now=NOON),
        by=None,
        standfirst_vi="Gần 200 cán bộ.",
        change_kind_vi="minor",
    )
    take_step(make.approved(copy), "publish", language="vi", by=None, now=NOON)
    client = desk_of(make.translator())
    page = client.get(reverse("admin:news_article_change", args=[item.pk]))
    assert page.context["panels"][1].truth == "outdated"
    assert page.context["panels"][1].changed_source

    client.post(
        reverse("desk:confirm_translation", args=["news.article", item.pk, "en"]),
        {"lock_version": current(item)},
    )

    assert (
        client.get(reverse("admin:news_article_change", args=[item.pk])).context["panels"][1].truth
        == "current"
    )


def test_an_expiry_is_set_and_taken_off(desk_of):
    item = make.published(now=timezone.now())
    client, url = desk_of(make.publisher()), reverse("desk:expiry", args=["news.article", item.pk, "vi"])
    day = timezone.now().astimezone(ICT).replace(second=0, microsecond=0) + timedelta(days=10)

    client.post(url, {"lock_version": current(item), "expire_at": f"{day:%d/%m/%Y %H:%M}"})
    assert item.editions.get(language="vi").expire_at == day
    client.post(url, {"lock_version": current(item), "expire_at": ""})

    assert item.editions.get(language="vi").expire_at is None


def test_a_draft_is_deleted_after_asking_by_its_writer_only(desk_of):
    writer = make.reporter()
    item = make.article(by=writer)
    url = reverse("desk:discard_draft", args=["news.article", item.pk])

    assert desk_of(make.reporter()).post(url).status_code == 403
    assert desk_of(writer).get(url).status_code == 200
    desk_of(writer).post(url)

    assert not Article.objects.filter(pk=item.pk).exists()


def test_what_was_public_is_never_deleted(desk_of):
    item = make.published()

    desk_of(make.person("editor")).post(reverse("desk:discard_draft", args=["news.article", item.pk]))

    assert Article.objects.filter(pk=item.pk).exists()


class TestLooking:
    def pages(self, item):
        Version.objects.about(item).get(number=1)
        return [
            reverse("desk:preview", args=["news.article", item.pk, "vi"]),
            reverse("desk:preview", args=["news.article", item.pk, "en"]),
            reverse("desk:history", args=["news.article", item.pk]),
            reverse("desk:compare", args=["news.article", item.pk]) + "?old=1",
            url_of(item, "submit"),
        ]

    def test_nobody_looks_without_signing_in(self):
        item = make.article()

        for page in self.pages(item):
            response = Client().get(page)
            assert [response.status_code, response.url.startswith("/admin/login/")] == [302, True]

    def test_staff_without_the_permission_of_the_thing_look_at_nothing_of_it(self, desk_of):
        item = make.article()
        client = desk_of(make.person())

        assert {client.get(page).status_code for page in self.pages(item)} == {403}

    def test_whoever_sees_the_thing_sees_all_of_it(self, desk_of):
        item = make.article()
        client = desk_of(make.approver())

        assert {client.get(page).status_code for page in self.pages(item)} == {200}

    def test_an_unknown_thing_kind_language_or_version_is_not_found(self, desk_of):
        item = make.article()
        client = desk_of(make.person(superuser=True))

        for page in [
            "/admin/desk/news.category/1/history/",
            f"/admin/desk/news.article/{10**30}/history/",
            f"/admin/desk/news.article/{item.pk}/preview/fr/",
            f"/admin/desk/news.article/{item.pk}/fr/submit/",
            f"/admin/desk/news.article/{item.pk}/vi/explode/",
            f"/admin/desk/news.article/{item.pk}/compare/?old=99",
            f"/admin/desk/news.article/{item.pk}/compare/?old=%C2%B2",
        ]:
            assert client.get(page).status_code == 404, page

    def test_the_preview_is_the_public_page_of_the_text(self, desk_of):
        item = make.article()

        for language, title in (("vi", item.title_vi), ("en", item.title_en)):
            page = desk_of(make.approver()).get(
                reverse("desk:preview", args=["news.article", item.pk, language])
            )
            assert "news/article_detail.html" in [template.name for template in page.templates]
            assert f"<h1>{title}</h1>" in page.content.decode()
            assert f'<html lang="{language}">' in page.content.decode()

    def test_the_preview_of_a_copy_shows_its_note_on_the_change(self, desk_of):
        item = make.published()
        copy = make.changed(
            open_working_copy(item, by=None, now=NOON),
            by=None,
            change_kind_vi="correction",
            change_note_vi="Sửa số cán bộ.",
        )

        page = desk_of(make.approver()).get(reverse("desk:preview", args=["news.article", copy.pk, "vi"]))

        assert "Sửa số cán bộ." in page.content.decode()

    def test_two_versions_are_compared_with_names(self, desk_of):
        item = make.article()
        shelf = make.category(name_vi="Mục mới")
        make.changed(item, by=None, title_vi="Tít mới", category=shelf)

        page = desk_of(make.approver()).get(
            reverse("desk:compare", args=["news.article", item.pk]) + "?old=1&new=2"
        )

        assert "<ins>Mục mới</ins>" in page.content.decode()

    def test_an_old_version_is_reopened(self, desk_of):
        item = make.article(title_vi="Tít cũ")
        make.changed(item, by=None, title_vi="Tít mới")

        desk_of(make.reporter()).post(
            reverse("desk:reopen", args=["news.article", item.pk]), {"version": "1"}
        )

        assert Article.objects.get(pk=item.pk).title_vi == "Tít cũ"

    def test_nobody_reopens_a_text_they_may_not_write(self, desk_of):
        item = make.article(title_en="Old")
        make.changed(item, by=None, title_en="New")

        response = desk_of(make.reporter()).post(
            reverse("desk:reopen", args=["news.article", item.pk]), {"version": "1"}
        )

        assert response.status_code == 403
        assert Article.objects.get(pk=item.pk).title_en == "New"

    def test_history_is_read_in_a_bounded_number_of_questions(self, desk_of, django_assert_max_num_queries):
        item = make.article()
        for number in range(30):
            make.changed(Article.objects.get(pk=item.pk), by=None, title_vi=f"Tít {number}")
        client = desk_of(make.approver())

        with django_assert_max_num_queries(20):
            client.get(reverse("desk:history", args=["news.article", item.pk]))
