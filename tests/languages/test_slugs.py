import pytest

from portal.languages.slugs import filename, slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Quý III/2018", "quy-iii-2018"),
        ("Ước mơ", "uoc-mo"),
        ("bản_thảo", "ban-thao"),
        ("The Ministry's programme", "the-ministrys-programme"),
        ("L’Oréal", "loreal"),
    ],
)
def test_an_address_is_plain_ascii(text, slug):
    assert slugify(text) == slug


@pytest.mark.parametrize("text", ["???", "", "外交部", "…"])
def test_a_text_without_latin_letters_has_no_address(text):
    assert slugify(text) == ""


def test_a_long_address_is_cut_between_words():
    assert slugify("Thông tin đối ngoại", longest=16) == "thong-tin-doi"
    assert slugify("Thông tin đối ngoại", longest=13) == "thong-tin-doi"
    assert slugify("Nghiêngngả", longest=5) == "nghie"


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("bản_thảo.pdf", "ban-thao.pdf"),
        ("???.PDF", "file.pdf"),
        ("", "file"),
        ("Báo cáo 4.0", "bao-cao-4-0"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Tài liệu\\Ảnh.JPG", "anh.jpg"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_file_is_stored_under_an_ascii_name(name, stored):
    assert filename(name) == stored


def test_a_file_name_has_a_bearable_length():
    assert filename("tin " * 200 + ".docx") == "tin-" * 24 + "tin.docx"
