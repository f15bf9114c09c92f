"""The photo book as a file: set from its photos and their words, there as long as its page is."""

import copy

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial.actions import open_working_copy, take_step
from publications import books as kept_books
from publications import printed
from publications.models import Download, Publication
from publications.printing.pdf import page_count, photo_book_pdf
from tests import make
from tests.printing import read
from tests.publications import books

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site():
    make.identity()


def test_each_photo_has_a_page_with_its_words_in_both_languages_and_its_credit():
    pdf = photo_book_pdf(books.book())

    assert page_count(pdf) == 6  # cover, about this book, three photos, imprint
    for number in (1, 2, 3):
        said = read.words(pdf, number + 1)
        assert f"Terraces, picture {number}." in said
        assert f"Ruộng bậc thang, ảnh {number}." in said
        assert "Photo: Minh An" in said


def test_pages_are_numbered():
    pdf = photo_book_pdf(books.book())

    assert [str(number + 1) in read.words(pdf, number).split() for number in range(1, 5)] == [True] * 4


def test_the_imprint_names_publisher_authors_licence_and_rights():
    said = read.words(photo_book_pdf(books.book()), -1)

    for words in (
        "Ministry of External Affairs",
        "Editorial Board",
        "978-604-0-00000-0",
        "© The ministry, 2025. May be reprinted with credit.",
        "portal.example/en/publications/7",
    ):
        assert words in said


def test_it_lies_as_pictures_do_and_a4_holds_it():
    [(width, height)] = read.millimetres(photo_book_pdf(books.book()))

    assert width > height
    assert (width <= 297, height <= 210) == (True, True)


def test_it_is_tagged_titled_in_its_language_described_and_kept_for_ever():
    pdf = photo_book_pdf(books.book())

    root = read.reader(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert read.reader(pdf).metadata.title == "Viet Nam at work, 2025"
    assert b"pdfuaid:part" in pdf
    assert b"pdfaid:part" in pdf
    assert all(read.faces(pdf).values())
    assert {"Title", "H1", "P", "Figure"} <= set(read.tags(pdf))
    assert read.descriptions(pdf) == [
        "A bridge at dusk",
        *(f"What photo {number} shows" for number in (1, 2, 3)),
    ]


@pytest.mark.parametrize("size", [(900, 600), (600, 900), (1600, 500), (400, 1600), (700, 700)])
def test_a_picture_of_any_shape_keeps_to_its_page(size):
    pdf = photo_book_pdf(books.book(photos=[books.photo(size=size, caption="Long words. " * 24)], body=""))

    assert page_count(pdf) == 3
    assert "Long words." in read.words(pdf, 1)


def test_a_picture_gone_missing_leaves_its_words_and_breaks_nothing():
    photo = books.photo(caption="It was here.", alt="A gate")
    photo["image"]["asset"] = "00000000-0000-4000-8000-000000000000"
    said = read.words(photo_book_pdf(books.book(photos=[photo], cover=None)))

    assert "It was here." in said
    assert "A gate" in said


@pytest.mark.parametrize("missing", sorted({"title", "summary", "body", "figures", "authors", "rights", "publisher", "year",
                                            "isbn", "cover", "web_url"}))  # fmt: skip
def test_no_missing_particular_breaks_it(missing):
    assert photo_book_pdf(books.book(**{missing: None})).startswith(b"%PDF")


@pytest.mark.parametrize("words", ['#panic("x")', "$ \\ ` * _ @x <y>", "习近平 😀 \x07", "ngoại" * 80])
def test_hostile_words_are_printed_wherever_they_stand(words):
    everywhere = dict.fromkeys(("title", "summary", "authors", "rights", "publisher", "isbn"), words)
    photo = books.photo(caption=words, alt=words, credit=words, other_caption=words)

    assert photo_book_pdf(books.book(photos=[photo], **everywhere)).startswith(b"%PDF")


def test_the_same_book_is_the_same_file():
    book = books.book()

    assert photo_book_pdf(book) == photo_book_pdf(copy.deepcopy(book))


def photo_book(**fields):
    """A book of two photos in draft."""
    item = make.publication(form=Publication.Form.PHOTO_BOOK, title_en="A year in pictures", **fields)
    for number in (1, 2):
        make.placed(item, make.picture(f"{number}.jpg"), "photo", caption_en=f"Page {number}")
    return make.again(item)


def file_of(item):
    return f"{item.get_absolute_url('en')[:-1]}.pdf"


def kept():
    return default_storage.listdir("printed")[1] if default_storage.exists("printed") else []


def test_readers_fetch_the_book_and_are_counted(client):
    item = make.published(photo_book(), "en")

    answer = client.get(file_of(item))

    assert "Page 1" in read.words(b"".join(answer.streaming_content), 1)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert (Download.objects.get().file, Download.objects.get().count) == ("en.pdf", 1)


def test_its_page_tells_how_many_pages_and_bytes_it_has_without_setting_it_again(client):
    item = make.published(photo_book(), "en")

    page = client.get(item.get_absolute_url("en")).content.decode()

    assert f'href="{file_of(item)}"' in page
    assert "4 pages" in page
    assert "KB" in page
    assert kept() == []


def test_it_is_set_once_and_kept(client):
    item = make.published(photo_book(), "en")

    for _ in range(2):
        assert client.get(file_of(item)).status_code == 200

    assert len(kept()) == 1


def test_nobody_gets_the_book_before_its_hour(client):
    item = photo_book()
    assert client.get(f"/en/publications/a-year-in-pictures-{item.pk}.pdf").status_code == 404

    item = make.scheduled(item, "en", at=timezone.now() + make.DAY, now=timezone.now())

    assert client.get(file_of(item)).status_code == 404


def test_a_retracted_book_takes_its_file_with_it(client):
    item = make.published(photo_book(), "en")
    take_step(item, "retract", language="en", by=None, now=make.NOON, note="Wrong names.")

    assert client.get(file_of(item)).status_code == 404


def test_a_book_has_a_file_only_in_the_languages_it_is_published_in(client):
    item = make.published(photo_book(title_vi="Một năm qua ảnh"), "en")

    assert client.get(f"/vi/an-pham/mot-nam-qua-anh-{item.pk}.pdf").status_code == 404


@pytest.mark.parametrize("name", ["another-name-{pk}.pdf", "a-year-in-pictures-99999.pdf"])
def test_files_that_are_none_are_not_found(client, name):
    item = make.published(photo_book(), "en")

    assert client.get(f"/en/publications/{name.format(pk=item.pk)}").status_code == 404


def test_a_brochure_has_no_book(client):
    item = make.published(make.publication(), "en")

    assert client.get(file_of(item)).status_code == 404


def test_a_print_version_of_its_makers_stands_beside(client):
    item = photo_book()
    make.placed(item, make.document("in.pdf"), "print", title_en="For the printing house")
    item = make.published(make.again(item), "en")

    page = client.get(item.get_absolute_url("en")).content.decode()

    assert "For the printing house" in page
    assert f'href="{file_of(item)}"' in page


def test_a_corrected_book_is_another_file(client):
    item = make.published(photo_book(), "en")
    before = printed.extent_of(make_entry(item))
    copy_ = open_working_copy(item, by=None, now=make.NOON)
    make.changed(copy_, by=None, change_kind_en="minor", body_en="<p>Words about it.</p>")
    take_step(make.approved(make.again(copy_), "en"), "publish", language="en", by=None, now=make.NOON)

    after = b"".join(client.get(file_of(item)).streaming_content)

    assert "Words about it." in read.words(after)
    assert page_count(after) == before.pages + 1


def make_entry(item):
    from portal.search.models import Entry

    return Entry.objects.about(item).in_language("en").get()


def test_a_book_that_cannot_be_set_is_not_submitted(monkeypatch):
    item = photo_book()
    monkeypatch.setattr("portal.printing.typesetting.LONGEST", 10)

    with pytest.raises(Refused, match="PDF"):
        take_step(item, "submit", language="en", by=None, now=make.NOON)


def test_its_page_stands_though_the_file_cannot_be_set(client, monkeypatch):
    item = make.published(photo_book(), "en")
    monkeypatch.setattr("publications.printed._LOOK", -1)
    monkeypatch.setattr("portal.printing.typesetting.LONGEST", 10)

    page = client.get(item.get_absolute_url("en"))

    assert page.status_code == 200
    assert file_of(item) not in page.content.decode()
    assert client.get(file_of(item)).status_code == 404


def test_a_draft_says_what_its_readers_will_be_shown():
    item = photo_book()
    draft = printed.digest(kept_books.book_of(kept_books.draft_of(item, "en")))
    item = make.published(item, "en")

    assert printed.digest(kept_books.book_of(make_entry(item))) == draft
