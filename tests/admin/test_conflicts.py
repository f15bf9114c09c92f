"""The lost update: two people save the same piece, and neither loses a word."""

import pytest
from django.urls import reverse

from news.models import Article
from portal.editorial.actions import take_step
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    return Article.objects.get(pk=make.article(title_vi="Tập huấn tại Hà Nội").pk)


@pytest.fixture
def opened(piece, desk_of, fill_in):
    """An editor's browser with the piece opened, and what its form will send."""
    client = desk_of(make.person("editor"))
    url = reverse("admin:news_article_change", args=[piece.pk])
    return client, url, fill_in(client.get(url))


def test_a_save_over_somebody_elses_is_refused_and_both_texts_are_shown(piece, opened):
    client, url, sent = opened
    make.changed(piece, by=None, title_vi="Tập huấn tại Huế")

    response = client.post(url, sent | {"title_vi": "Tập huấn tại Đà Nẵng"})

    page = response.content.decode()
    assert Article.objects.get(pk=piece.pk).title_vi == "Tập huấn tại Huế"
    assert response.context["sheet"].conflict
    assert "<del>Huế</del>" in page
    assert "<ins>Đà Nẵng</ins>" in page
    assert response.context["adminform"].form["title_vi"].value() == "Tập huấn tại Đà Nẵng"


def test_a_second_deliberate_save_works(piece, opened, fill_in):
    client, url, sent = opened
    make.changed(piece, by=None, title_vi="Tập huấn tại Huế")
    refused = client.post(url, sent | {"title_vi": "Tập huấn tại Đà Nẵng"})

    response = client.post(url, fill_in(refused))

    assert response.status_code == 302
    assert Article.objects.get(pk=piece.pk).title_vi == "Tập huấn tại Đà Nẵng"


def test_what_only_they_changed_is_kept_by_the_second_save(piece, opened, fill_in):
    client, url, sent = opened
    make.changed(
        piece, by=None, standfirst_vi="Sa-pô của người khác.", byline="Người khác", released_together=True
    )
    refused = client.post(url, sent | {"title_vi": "Tít của tôi"})

    client.post(url, fill_in(refused))

    saved = Article.objects.get(pk=piece.pk)
    assert [saved.title_vi, saved.standfirst_vi, saved.byline, saved.released_together] == [
        "Tít của tôi", "Sa-pô của người khác.", "Người khác", True,
    ]  # fmt: skip


def test_bodies_are_compared_paragraph_by_paragraph(piece, opened):
    client, url, sent = opened
    make.changed(piece, by=None, body_vi="<p>Đoạn một.</p><p>Đoạn hai của họ.</p>")

    response = client.post(url, sent | {"body_vi": "<p>Đoạn một.</p><p>Đoạn hai của tôi.</p>"})

    [difference] = response.context["sheet"].differences
    kinds = [paragraph.kind for paragraph in difference.changes[0].paragraphs]
    assert kinds == ["same", "changed"]


def test_topics_chosen_by_both_are_shown_by_name(piece, opened):
    client, url, sent = opened
    mine, theirs = make.topic(title_vi="Chủ đề của tôi"), make.topic(title_vi="Chủ đề của họ")
    piece.topics.add(theirs)
    make.changed(piece, by=None)

    page = client.post(url, sent | {"topics": [mine.pk]}).content.decode()

    assert "<del>Chủ đề của họ </del>" in page
    assert "<ins>Chủ đề của tôi</ins>" in page


def test_words_on_pictures_of_both_are_shown(piece, desk_of, fill_in):
    placed = make.placed(piece, make.picture(), role="cover")
    client, url = desk_of(make.person("editor")), reverse("admin:news_article_change", args=[piece.pk])
    sent = fill_in(client.get(url))
    placed.caption_vi = "Chú thích của họ"
    placed.save()
    make.changed(Article.objects.get(pk=piece.pk), by=None)

    response = client.post(url, sent | {"placements-0-caption_vi": "Chú thích của tôi"})

    [difference] = response.context["sheet"].differences
    assert (
        "".join(piece.text for piece in difference.changes[0].pieces if piece.kind == "added").strip()
        == "tôi"
    )


def test_a_text_locked_meanwhile_is_kept_to_copy(piece, opened):
    client, url, sent = opened
    take_step(piece, "submit", language="vi", by=None, now=NOON)
    take_step(piece, "approve", language="vi", by=make.approver(), now=NOON)

    response = client.post(url, sent | {"body_vi": "<p>Một giờ làm việc.</p>"})

    page = response.content.decode()
    assert response.context["sheet"].conflict
    assert "Một giờ làm việc." in page
    assert "Một giờ" not in Article.objects.get(pk=piece.pk).body_vi


def test_a_text_published_urgently_meanwhile_is_kept_to_copy(piece, opened):
    client, url, sent = opened
    take_step(piece, "publish_urgently", language="vi", by=None, now=NOON, note="Bão số 9")

    response = client.post(url, sent | {"title_vi": "Tít gõ dở"})

    assert response.context["sheet"].conflict
    assert "Tít gõ dở" in response.content.decode()


def test_a_category_chosen_for_a_text_locked_meanwhile_is_told(piece, opened):
    client, url, sent = opened
    shelf = make.category(name_vi="Mục tôi chọn")
    take_step(piece, "publish_urgently", language="vi", by=None, now=NOON, note="Bão số 9")

    response = client.post(url, sent | {"category": shelf.pk})

    assert "<ins>Mục tôi chọn</ins>" in response.content.decode()


def test_a_form_without_its_version_is_refused(piece, opened):
    client, url, sent = opened
    sent.pop("lock_version")

    response = client.post(url, sent | {"title_vi": "Tít khác"})

    assert response.context["sheet"].conflict
    assert Article.objects.get(pk=piece.pk).title_vi == "Tập huấn tại Hà Nội"


def test_sending_the_same_form_twice_is_one_save(piece, opened):
    client, url, sent = opened
    sent |= {"title_vi": "Tít mới"}
    client.post(url, sent)

    again = client.post(url, sent)

    assert again.context["sheet"].conflict
    assert not again.context["sheet"].differences
