import pytest

from portal.languages.names import Name, split, strip_title


def test_without_a_word_from_the_person_only_the_last_syllable_is_the_given_name():
    assert split("Lâm Thị Quỳnh Anh") == Name("Lâm", "Thị Quỳnh", "Anh")


def test_a_stated_double_given_name_is_kept_whole():
    assert split("Lâm Thị Quỳnh Anh", given="Quỳnh Anh") == Name("Lâm", "Thị", "Quỳnh Anh")


def test_a_given_name_that_is_not_in_the_full_name_is_refused():
    with pytest.raises(ValueError, match="does not end"):
        split("Lê Văn Nghiêm", given="Dung")


@pytest.mark.parametrize(
    ("full_name", "name"),
    [("", Name("", "", "")), ("Anh", Name("", "", "Anh")), ("Lê Dung", Name("Lê", "", "Dung"))],
)
def test_short_names_leave_parts_empty(full_name, name):
    assert split(full_name) == name


def test_a_name_is_said_family_first_in_both_languages():
    name = Name("Đào", "Ngọc", "Dung")

    assert (name.full, name.ascii) == ("Đào Ngọc Dung", "Dao Ngoc Dung")


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        ("PGS.TS. Nguyễn Văn Bình", "PGS.TS.", "Nguyễn Văn Bình"),
        ("ông Phó Vụ trưởng Lê Văn Bình", "ông Phó Vụ trưởng", "Lê Văn Bình"),
        ("Thiếu Tướng Nguyễn Văn Bình", "Thiếu Tướng", "Nguyễn Văn Bình"),
        ("Bà Lê", "", "Bà Lê"),
        ("Lê Thị Bà", "", "Lê Thị Bà"),
    ],
)
def test_titles_are_taken_off_and_two_words_of_name_are_left(written, title, name):
    assert strip_title(written) == (title, name)
