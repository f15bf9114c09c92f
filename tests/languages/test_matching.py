import pytest

from portal.languages.matching import highlight, matches, rank
from portal.languages.reading import ReadText


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("thong tin doi ngoai", "Thông tin đối ngoại"),
        ("dang", "Ðảng"),
        ("757/qd-ldtbxh", "Quyết định 757/QĐ-LĐ-TBXH"),
        ("16-kl/tw", "Kết luận số 16-KL/TW, ngày 14/02/2012"),
        ("ttđn", "thông tin đối ngoại"),
        ("thông tin đối ngoại", "công tác TTĐN"),
        ("LĐTB&XH", "Bộ LĐTBXH"),
        ("LĐTBXH", "Bộ LĐ-TBXH"),
        ("ủy ban nhân dân", "UBND/HĐND tỉnh"),
        ("Hà Nội", "in Hanoi"),
        ("lí luận", "lý luận chính trị"),
        ("quý 3", "Bản tin Quý III/2018"),
        ("Q3 2018", "Họp báo quý III năm 2018"),
        ("third quarter of 2018", "Quý III/2018"),
        ("27 June 2014", "ngày 27 tháng 6 năm 2014"),
        ('"thông tin" bộ', "Bộ, thông tin"),
    ],
)
def test_a_query_finds_what_it_means(query, document):
    assert matches(query, document)


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("57/QĐ-LĐTBXH", "757/QĐ-LĐTBXH"),
        ("an", "Hàn Quốc"),
        ('"tin thông"', "thông tin"),
        ("%", "anything"),
        ("", "anything"),
        ('""', "anything"),
        ("quý 4/2018", "Quý III/2018"),
        ("quý III/2018", "Quý III/2017 và năm 2018"),
        ("thông tin báo", "thông tin đối ngoại"),
        ("tai", "tay"),
    ],
)
def test_a_query_finds_nothing_else(query, document):
    assert not matches(query, document)


def test_words_in_a_row_rank_before_the_same_words_apart():
    assert (
        rank("đối ngoại", "đối ngoại")
        > rank("đối ngoại", "đối với ngoại giao")
        > rank("đối ngoại", "doi roi ngoai")
    )


def test_words_side_by_side_are_marked_as_one():
    assert highlight("đối ngoại", "Thông tin đối ngoại") == "Thông tin <mark>đối ngoại</mark>"


def test_only_words_with_the_right_accents_are_marked_where_there_are_some():
    assert highlight("Lào", "lao động Lào") == "lao động <mark>Lào</mark>"
    assert highlight("lào", "lao động") == "<mark>lao</mark> động"


def test_another_spelling_of_a_number_is_marked_whole():
    assert highlight("757/qd-ldtbxh", "số 757/QĐ-LĐ-TBXH.") == "số <mark>757/QĐ-LĐ-TBXH</mark>."


def test_nothing_in_a_text_becomes_markup():
    assert highlight("tin", '<b onclick="x">tin</b> & tin') == (
        "&lt;b onclick=&quot;x&quot;&gt;<mark>tin</mark>&lt;/b&gt; &amp; <mark>tin</mark>"
    )


def test_index_terms_are_whole_words_for_any_tokeniser():
    terms = ReadText("Số 757/QĐ-LĐ-TBXH ngày 27/6/2014, Quý III/2018, UBND").terms()

    assert all(term.isalnum() and term.isascii() for term in terms)
    assert {"day20140627", "quarter3of2018", "quarter3", "ubnd", "nhan"} < set(terms)
