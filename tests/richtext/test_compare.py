"""Two texts side by side."""

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.languages.folding import normalise
from portal.richtext import ParagraphChange, Piece, paragraph_diff, words_diff

ASSET = "6f9619ff-8b86-4011-b42d-00c04fc964ff"


def same(text):
    return Piece("same", text)


def removed(text):
    return Piece("removed", text)


def added(text):
    return Piece("added", text)


def test_equal_texts_are_one_piece():
    assert words_diff("Hội nghị tại Đà Nẵng", "Hội nghị tại Đà Nẵng") == [same("Hội nghị tại Đà Nẵng")]


def test_a_syllable_is_a_word():
    assert words_diff("Hội nghị tại Hà Nội.", "Hội nghị tại Hà Nam.") == [
        same("Hội nghị tại Hà "),
        removed("Nội"),
        added("Nam"),
        same("."),
    ]


def test_document_numbers_dates_and_sums_are_whole():
    assert words_diff("Số 757/QĐ-LĐTBXH, 27/6/2014, 1.490.000", "Số 758/QĐ-LĐTBXH, 28/6/2014, 1.500.000") == [
        same("Số "),
        removed("757/QĐ-LĐTBXH"),
        added("758/QĐ-LĐTBXH"),
        same(", "),
        removed("27/6/2014"),
        added("28/6/2014"),
        same(", "),
        removed("1.490.000"),
        added("1.500.000"),
    ]


def test_in_one_change_everything_removed_comes_before_everything_added():
    assert words_diff("một hai ba", "bốn năm ba") == [removed("một hai "), added("bốn năm "), same("ba")]


def test_a_word_added_at_the_end_brings_its_space():
    assert words_diff("một hai", "một hai ba") == [same("một hai"), added(" ba")]


def test_an_empty_side_is_all_added_or_all_removed():
    assert words_diff("", "một") == [added("một")]
    assert words_diff("một", "") == [removed("một")]
    assert words_diff("", "") == []


def test_another_unicode_form_is_no_change():
    assert words_diff("Vie\u0323\u0302t", "Việt") == [same("Việt")]


TEXTS = st.lists(st.sampled_from(["Hà ", "Nội", " ", "\n", ",", "757/QĐ", "-", "a\u0301", "."])).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_the_pieces_hold_both_texts(old, new):
    pieces = words_diff(old, new)
    kept = "".join(piece.text for piece in pieces if piece.kind != "removed")
    lost = "".join(piece.text for piece in pieces if piece.kind != "added")
    assert kept == normalise(new)
    assert lost.split() == normalise(old).split()


def test_a_book_is_compared_in_a_moment():
    chance = random.Random(1)
    words = [f"tiếng{chance.randrange(800)}" for _ in range(50_000)]
    changed = [*words]
    for place in chance.sample(range(50_000), 500):
        changed[place] = "mới"
    began = time.perf_counter()
    pieces = words_diff(" ".join(words), " ".join(changed))
    assert time.perf_counter() - began < 5
    assert sum(piece.text.count("mới") for piece in pieces if piece.kind == "added") == 500


def test_two_long_texts_with_nothing_in_common_are_replaced_in_a_moment():
    chance = random.Random(2)
    old, new = (" ".join(chance.choice("abcd") for _ in range(30_000)) for _ in range(2))
    began = time.perf_counter()
    words_diff(old, new)
    assert time.perf_counter() - began < 5


# Paragraphs


def kinds(old, new):
    return [change.kind for change in paragraph_diff(old, new)]


def test_an_unchanged_text_is_the_same_throughout():
    body = f"<h2>Mục</h2><p>một</p><ul><li>hai</li></ul><figure data-asset={ASSET}></figure>"
    assert [(change.kind, change.new_tag) for change in paragraph_diff(body, body)] == [
        ("same", "h2"),
        ("same", "p"),
        ("same", "li"),
        ("same", "figure"),
    ]


def test_cosmetic_markup_is_no_change():
    assert kinds("<p>một <b>hai</b></p>", "<p class=x>một&nbsp;<strong>hai </strong></p>") == ["same"]


def test_a_changed_paragraph_shows_its_words():
    assert paragraph_diff("<p>Bộ họp tại Huế</p>", "<p>Bộ họp tại Vinh</p>") == [
        ParagraphChange("changed", "p", "p", [same("Bộ họp tại "), removed("Huế"), added("Vinh")])
    ]


def test_paragraphs_that_share_too_little_are_removed_and_added():
    assert paragraph_diff("<p>một hai ba</p>", "<p>bốn năm sáu</p>") == [
        ParagraphChange("removed", "p", "", [removed("một hai ba")]),
        ParagraphChange("added", "", "p", [added("bốn năm sáu")]),
    ]


def test_a_paragraph_set_in_between_moves_nothing():
    old = "<p>một hai ba</p><p>bốn năm sáu</p>"
    new = "<p>một hai bốn</p><p>đoạn mới hẳn</p><p>bốn năm sáu bảy</p>"
    assert kinds(old, new) == ["changed", "added", "changed"]


def test_a_changed_link_target_is_shown_though_the_words_are_the_same():
    [change] = paragraph_diff('<p>xem <a href="/a">kế hoạch</a></p>', '<p>xem <a href="/b">kế hoạch</a></p>')
    assert change.kind == "changed"
    assert change.pieces == [same("xem kế hoạch ‹/"), removed("a"), added("b"), same("›")]


def test_a_changed_heading_level_or_emphasis_is_a_change_of_style():
    assert paragraph_diff("<h2>Mục</h2>", "<h3>Mục</h3>") == [
        ParagraphChange("restyled", "h2", "h3", [same("Mục")])
    ]
    assert kinds("<p>một hai</p>", "<p>một <em>hai</em></p>") == ["restyled"]
    assert kinds("<p>một</p>", "<ul><li>một</li></ul>") == ["restyled"]
    assert kinds("<ul><li>một</li></ul>", "<ol><li>một</li></ol>") == ["restyled"]


def test_a_new_figure_is_named_by_its_asset():
    assert paragraph_diff("", f"<figure data-asset={ASSET}></figure>") == [
        ParagraphChange("added", "", "figure", [added(ASSET)])
    ]
