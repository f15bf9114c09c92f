"""Pages of an old portal brought in as drafts."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from news.models import Article
from portal.editorial.actions import Refused, take_step
from portal.history.models import Record
from portal.languages.legacy_tables import TCVN3
from tests import make

pytestmark = pytest.mark.django_db

PAGE = """Trang chủ
Liên hệ
Đào tạo
Khai giảng lớp nghề cho 60 lao động trẻ ven biển Hải Phòng
09:15 | 05/10/2018
Sáng ngày 4/10, tại Hải Phòng, Trung tâm Dịch vụ việc làm khai giảng lớp nghề đầu tiên dành cho 60 lao động \
trẻ ven biển, học trong ba tháng và không thu học phí.
Quang cảnh lễ khai giảng lớp nghề
Học viên được thực hành ngay từ tuần thứ hai tại xưởng sửa chữa máy tàu. Sau khóa học, các doanh nghiệp \
đóng tàu cam kết nhận ít nhất 40 người vào làm việc.
Ban tổ chức cho biết lớp thứ hai sẽ mở vào tháng 3 năm sau, ưu tiên lao động nữ của các xã đảo.
Thu Hà – Báo Ven biển
Tin liên quan
"""
HEADLINE = "Khai giảng lớp nghề cho 60 lao động trẻ ven biển Hải Phòng"


@pytest.fixture
def reporter():
    return make.reporter(username="mai", full_name="Lê Thanh Mai")


@pytest.fixture(autouse=True)
def _category():
    make.category("training", name_vi="Đào tạo")


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "khai-giang.txt"
    file.write_text(PAGE, encoding="utf-8")
    return file


@pytest.fixture
def page_in_tcvn3(tmp_path):
    """The same page as Vietnamese computers wrote it before Unicode; that font has no toned capitals."""
    old = {new: byte for byte, new in TCVN3.items()}
    file = tmp_path / "cu.txt"
    file.write_bytes("".join(old.get(letter, letter) for letter in PAGE).encode("cp1252", "replace"))
    return file


def run(*files, by="mai", category="training", **options) -> str:
    out = StringIO()
    call_command("import_article", *files, by=by, category=category, stdout=out, no_color=True, **options)
    return out.getvalue()


def refused(*files, **options) -> tuple[str, str]:
    """What the command said, and with what it ended."""
    out = StringIO()
    arguments = {"by": "mai", "category": "training"} | options
    with pytest.raises(CommandError) as ended:
        call_command("import_article", *files, stdout=out, no_color=True, **arguments)
    assert ended.value.returncode == 1
    return out.getvalue(), str(ended.value)


def imported(article: Article) -> Record:
    return Record.objects.about(article).get(verb="imported")


def test_a_page_becomes_a_vietnamese_draft(reporter, page):
    run(page)

    article = Article.objects.get()
    assert article.title_vi == HEADLINE
    assert article.body_vi.count("<p>") == 3
    assert (article.byline, article.source_vi, article.dateline_vi) == ("Thu Hà", "Báo Ven biển", "Hải Phòng")
    assert article.event_on == date(2018, 10, 5)
    assert (article.created_by, article.category.key) == (reporter, "training")
    assert make.state(article) == "draft"
    assert not article.title_en


def test_what_was_understood_is_shown(reporter, page):
    said = run(page)

    for piece in (
        HEADLINE,
        "05/10/2018 09:15",
        "09:15 | 05/10/2018",
        "Thu Hà",
        "Quang cảnh lễ khai giảng",
        "Trang chủ",
    ):
        assert piece in said


def test_captions_and_what_was_left_out_stay_in_the_history(reporter, page):
    run(page)

    kept = imported(Article.objects.get())
    assert kept.note == "khai-giang.txt"
    assert kept.details["captions"] == [
        {"text": "Quang cảnh lễ khai giảng lớp nghề", "after_paragraph_index": 1}
    ]
    assert {"line": "Trang chủ", "reason": "menu"} in kept.details["left_out"]
    assert kept.details["date_text"] == "09:15 | 05/10/2018"


def test_the_history_begins_with_the_name_of_the_file(reporter, page):
    run(page)

    begun = Record.objects.about(Article.objects.get()).get(verb="created")
    assert begun.by == reporter
    assert "khai-giang.txt" in begun.note


def test_the_history_says_in_words_that_it_was_imported(reporter, page, client):
    run(page)
    client.force_login(reporter)

    history = client.get(reverse("desk:history", args=["news.article", Article.objects.get().pk]))

    assert "nhập bài từ một trang cũ" in history.content.decode()


def test_a_day_given_by_hand_stands_before_the_day_of_the_page(reporter, page):
    run(page, event_date="4/10/2018")

    assert Article.objects.get().event_on == date(2018, 10, 4)


def test_a_day_given_by_hand_must_be_one(reporter, page):
    _said, ended = refused(page, event_date="31/2/2018")

    assert "31/2/2018" in ended
    assert not Article.objects.exists()


def test_a_day_given_by_hand_holds_for_one_file_only(reporter, page):
    refused(page, page, event_date="4/10/2018")

    assert not Article.objects.exists()


def test_a_dry_run_changes_nothing(reporter, page):
    said = run(page, dry_run=True)

    assert HEADLINE in said
    assert not Article.objects.exists()


def test_the_same_file_is_imported_once(reporter, page, tmp_path):
    run(page)
    under_another_name = tmp_path / "khac.txt"
    under_another_name.write_bytes(page.read_bytes())

    said, _ended = refused(under_another_name)

    assert "--again" in said
    assert Article.objects.count() == 1


def test_the_same_file_is_imported_again_when_asked(reporter, page):
    run(page)
    run(page, again=True)

    assert Article.objects.count() == 2


def test_an_old_encoding_is_shown_as_it_would_read_and_not_imported(reporter, page_in_tcvn3):
    said, _ended = refused(page_in_tcvn3)

    assert f"| {HEADLINE}" in said
    assert "--convert" in said
    assert not Article.objects.exists()


def test_an_old_encoding_is_converted_when_asked(reporter, page_in_tcvn3):
    run(page_in_tcvn3, convert=True)

    article = Article.objects.get()
    assert article.title_vi == HEADLINE
    assert "học trong ba tháng" in article.body_vi
    assert imported(article).details["encoding"] == "tcvn3"


def test_a_bad_file_stops_none_of_the_others(reporter, page, tmp_path):
    picture, absent = tmp_path / "anh.txt", tmp_path / "khong-co.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    said, ended = refused(picture, absent, tmp_path, page)

    assert [article.title_vi for article in Article.objects.all()] == [HEADLINE]
    assert "3" in ended
    assert "4" in ended
    assert "khong-co.txt" in said


def test_a_file_without_an_article_is_refused(reporter, tmp_path):
    empty = tmp_path / "trong.txt"
    empty.write_text("")

    refused(empty)

    assert not Article.objects.exists()


def test_a_headline_longer_than_the_column_is_refused_and_not_cut(reporter, tmp_path):
    file = tmp_path / "dai.html"
    text = (
        "<p>Lớp học mở cửa cho mọi người trong xã từ tháng 3, học phí do ngân sách chi trả toàn bộ.</p>" * 3
    )
    file.write_text(f"<html><body><h1>{'Rất dài ' * 40}</h1>{text}</body></html>", encoding="utf-8")

    refused(file)

    assert not Article.objects.exists()


def test_an_unknown_person_is_answered_with_those_who_may_write(reporter, page):
    make.approver(username="duyet")

    _said, ended = refused(page, by="nobody")

    assert "mai (Lê Thanh Mai)" in ended
    assert "duyet" not in ended


def test_an_unknown_category_is_answered_with_the_keys_there_are(reporter, page):
    _said, ended = refused(page, category="sports")

    assert "training (Đào tạo)" in ended


def test_nobody_is_made_the_author_who_may_not_write(page):
    make.translator(username="dich")

    refused(page, by="dich")

    assert not Article.objects.exists()


def test_an_imported_draft_goes_the_way_of_every_text(reporter, page):
    run(page)
    article = Article.objects.get()
    article = make.changed(article, by=reporter, standfirst_vi="Ba tháng học nghề, không thu học phí.")
    take_step(article, "submit", language="vi", by=reporter, now=make.NOON)
    two_roles = make.person("reporter", "approver-vi")
    make.changed(article, by=two_roles, byline="Thu Hà, Lê Mai")

    with pytest.raises(Refused):
        take_step(article, "approve", language="vi", by=two_roles, now=make.NOON)
    take_step(article, "approve", language="vi", by=make.approver(), now=make.NOON)
    take_step(article, "publish", language="vi", by=make.publisher(), now=make.NOON)

    assert make.state(article) == "published"


def test_an_imported_draft_is_not_submitted_before_somebody_wrote_its_standfirst(reporter, page):
    run(page)

    with pytest.raises(Refused):
        take_step(Article.objects.get(), "submit", language="vi", by=reporter, now=make.NOON)
