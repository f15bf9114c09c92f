from decimal import Decimal

import pytest

from portal.languages.numbers import (
    InvalidNumber,
    document_number,
    file_size,
    money,
    number,
    parse_number,
    percent,
)


def test_each_language_has_its_own_marks():
    assert number(Decimal("-1234567.89"), "vi") == "-1.234.567,89"
    assert number(Decimal("-1234567.89"), "en") == "-1,234,567.89"
    assert number(2.16, "vi") == "2,16"


def test_a_share_has_at_most_one_decimal():
    assert [percent(share, "vi") for share in (0.5, 0.6666, 1, Decimal("0.0005"))] == [
        "50%",
        "66,7%",
        "100%",
        "0,1%",
    ]
    assert percent(0.655, "en") == "65.5%"


def test_money_is_named_in_each_language():
    assert money(1490000, "vi") == "1.490.000 đồng"
    assert money(1490000, "en") == "VND 1,490,000"


def test_document_numbers_are_padded_and_never_grouped():
    assert [document_number(value) for value in (6, 121, 1718)] == ["06", "121", "1718"]


@pytest.mark.parametrize(
    ("size", "vi", "en"),
    [
        (0, "0 B", "0 B"),
        (1023, "1.023 B", "1,023 B"),
        (1536, "2 KB", "2 KB"),
        (1_258_291, "1,2 MB", "1.2 MB"),
        (1_048_575, "1 MB", "1 MB"),
        (5 * 1024**3, "5 GB", "5 GB"),
    ],
)
def test_sizes_are_rounded_for_a_reader(size, vi, en):
    assert (file_size(size, "vi"), file_size(size, "en")) == (vi, en)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_not_a_number_is_not_written_as_one(value):
    with pytest.raises(ValueError, match="finite"):
        number(value, "vi")


@pytest.mark.parametrize(
    ("text", "language", "value", "qualifier"),
    [
        ("1.300", "vi", "1300", ""),
        ("1.300", "en", "1.3", ""),
        ("gần 150", "vi", "150", "gần"),
        ("hơn 2,5 triệu đồng", "vi", "2500000", "hơn"),
        ("1,2 nghìn tỷ", "vi", "1200000000000", ""),
        ("65,5%", "vi", "0.655", ""),
        ("1.490.000 đồng", "vi", "1490000", ""),
        ("more than 2.26 million", "en", "2260000", "more than"),
    ],
)
def test_numbers_are_read_in_the_stated_language(text, language, value, qualifier):
    parsed = parse_number(text, language)

    assert (parsed.value, parsed.qualifier, parsed.approximate) == (
        Decimal(value),
        qualifier,
        bool(qualifier),
    )


@pytest.mark.parametrize(
    "text", ["1.30", "12.5", "1.2345", "1,2,3", "ba trăm", "12 con mèo", "", "khoảng", "."]
)
def test_a_number_that_is_not_certain_is_refused(text):
    with pytest.raises(InvalidNumber):
        parse_number(text, "vi")
