import pytest

from portal.languages import abbreviations
from portal.languages.documents import DocumentNumber, docno, docno_key, find_numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16-KL/TW", DocumentNumber("16", None, "KL", "TW")),
        ("145/Qđ-TTg", DocumentNumber("145", None, "QĐ", "TTg")),
        ("757/qd-ldtbxh", DocumentNumber("757", None, "QĐ", "ldtbxh")),
        ("Số: 06 / QÐ – TTg", DocumentNumber("6", None, "QĐ", "TTg")),
        ("03/2014/TTLT-BLĐTBXH-BNV", DocumentNumber("3", 2014, "TTLT", "BLĐTBXH-BNV")),
        ("136/HĐBT", DocumentNumber("136", None, "", "HĐBT")),
        ("7/LĐTB&XH-VP", DocumentNumber("7", None, "", "LĐTB&XH", "VP")),
        ("5/hd-btc", DocumentNumber("5", None, "HD", "btc")),
    ],
)
def test_a_number_is_read_into_its_parts(text, number):
    assert docno(text) == number


def test_a_number_without_a_type_but_with_a_unit_is_an_official_letter():
    letter = docno("121/LĐTBXH-VP")

    assert (letter.is_official_letter, letter.agency, letter.unit) == (True, "LĐTBXH", "VP")
    assert not docno("91/2025/QH15").is_official_letter


@pytest.mark.parametrize("text", ["", "xyz", "145/2018", "27/6/2014", "QĐ-TTg", "số 148"])
def test_other_text_is_no_number(text):
    assert docno(text) is None


@pytest.mark.parametrize(
    ("text", "other"),
    [("0757/QĐ-LĐTB&XH", "757/QĐ-LĐ-TBXH"), ("Số 06/QĐ-TTg", "6/qđ-ttg"), ("16-KL/TW", "16-kl/tw")],
)
def test_every_spelling_of_a_number_has_one_key(text, other):
    assert docno_key(text) == docno_key(other)


def test_different_numbers_have_different_keys():
    numbers = ["757/QĐ-TTg", "57/QĐ-TTg", "757/2015/QĐ-TTg", "757/CT-TTg", "757/QĐ-BTC"]

    assert len({docno_key(number) for number in numbers}) == len(numbers)


def test_numbers_are_found_in_running_text_and_fractions_are_not():
    text = "Quyết định 757/QĐ-LĐTBXH, Nghị định 72/2015/NĐ-CP; trực 24/7, 100/kg, ngày 27/6/2014, 16-KL/TW."

    assert [text[start:end] for start, end, _ in find_numbers(text)] == [
        "757/QĐ-LĐTBXH",
        "72/2015/NĐ-CP",
        "16-KL/TW",
    ]


@pytest.mark.parametrize("spelling", ["LĐTBXH", "LĐ-TBXH", "LĐTB&XH", "ldtbxh", "LĐTB-XH"])
def test_every_spelling_of_an_abbreviation_is_known(spelling):
    assert abbreviations.expand(spelling) == "Lao động - Thương binh và Xã hội"


def test_a_joined_name_is_a_synonym_but_no_abbreviation():
    assert abbreviations.equivalent("Hanoi") == "Hà Nội"
    assert abbreviations.expand("Hanoi") is None
