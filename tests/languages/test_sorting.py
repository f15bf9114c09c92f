import pytest

from portal.languages.names import Name, person_key
from portal.languages.sorting import vietnamese_key


@pytest.mark.parametrize(
    "ordered",
    [
        "ba bà bả bã bá bạ",
        "da dã dạ đa đá",
        "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z",
        "Ung Uông Ưng Ước",
        "3 a A à z Ω",
        "Dung Ðảng Đào Em",
        "cafe café cafeteria",
    ],
)
def test_words_stand_in_the_order_of_the_vietnamese_alphabet(ordered):
    words = ordered.split()
    backwards = words[::-1]

    assert sorted(backwards, key=vietnamese_key) == words


@pytest.mark.parametrize(
    "ordered",
    [
        ["Dầu Tiếng", "Đà Nẵng", "Đắk Lắk"],
        ["Oanh", "Ô Môn", "Ở lại"],
        ["Ung", "Uông Bí", "Ưng", "Ước"],
        ["", " ", "-", "“Bộ”", "(Bộ)", "+", "5", "Bộ"],
    ],
)
def test_whole_titles_are_compared_by_their_letters_first(ordered):
    backwards = ordered[::-1]

    assert sorted(backwards, key=vietnamese_key) == ordered


def test_people_stand_by_given_name_then_family_then_middle_name():
    people = [
        Name("Trần", "Thị", "An"),
        Name("Đỗ", "Văn", "Án"),
        Name("Phạm", "", "Ăng"),
        Name("Nguyễn", "Văn", "Ân"),
        Name("Lê", "Văn", "Ấn"),
        Name("Đặng", "Thị", "Hoa"),
        Name("Lê", "Thị", "Hoa"),
        Name("Lê", "Văn", "Hoa"),
    ]
    backwards = people[::-1]

    assert sorted(backwards, key=person_key) == people
