import pytest

from portal.languages.case import capitalise
from portal.languages.folding import exact_key, fold, fold_aligned, normalise, unaccented
from portal.languages.syllables import canonical, is_syllable, tone_placement
from portal.languages.truncation import truncate


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đà Nẵng", "da nang"),
        ("Ðảng", "dang"),
        ("ƯƠNG", "uong"),
        ("Ủy ban", "uy ban"),
        ("Đắk Lắk", "dak lak"),
        ("Vie\u0323\u0302t", "viet"),
        ("Đại\u00a0hội\u200b XIII", "dai hoi xiii"),
        ("LĐ‑TBXH", "ld-tbxh"),
        ("Łódź, Malmø, Ærø, Straße", "lodz, malmo, aero, strasse"),
    ],
)
def test_the_search_key_forgets_marks_case_and_kinds_of_dash(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("variant", "other"),
    [
        ("thuỷ", "thủy"),
        ("xoá", "xóa"),
        ("uỷ", "ủy"),
        ("quí", "quý"),
        ("kĩ", "kỹ"),
        ("tỉ", "tỷ"),
        ("hoàn", "hòan"),
    ],
)
def test_spelling_variants_share_one_exact_key(variant, other):
    assert exact_key(variant) == exact_key(other)


@pytest.mark.parametrize(
    ("word", "other"), [("tai", "tay"), ("thúi", "thúy"), ("dân", "đân"), ("an", "ăn"), ("mùa", "mua")]
)
def test_different_words_keep_different_exact_keys(word, other):
    assert exact_key(word) != exact_key(other)


def test_the_exact_key_reads_eth_as_the_vietnamese_letter():
    assert exact_key("Ðảng – Nhà nước") == "đảng - nhà nước"


def test_stored_text_keeps_its_spelling_and_loses_what_cannot_be_seen():
    pasted = "Ðại\u00a0hội\u200bXIII\u200d\u200c\ufeff\u00ad\x00\x07 \ud800hoà\r\nbình\u2028mới\uffff"

    assert normalise(pasted) == "Ðại hội XIII hoà\nbình\nmới"


def test_tabs_and_line_ends_are_text():
    assert normalise("a\tb\nc\rd") == "a\tb\nc\nd"


def test_a_surrogate_pair_becomes_the_character_it_stands_for():
    assert normalise("\ud83c\uddfb") == "\U0001f1fb"


def test_unaccented_keeps_capitals():
    assert unaccented("Đào Ngọc Dung, Ðà Lạt") == "Dao Ngoc Dung, Da Lat"


def test_each_folded_character_knows_its_place():
    folded, places = fold_aligned("Ærø Đà")

    assert folded == "aero da"
    assert places == [0, 0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "word", ["quốc", "giếng", "gì", "nghiêng", "khuỷu", "quýt", "hòa", "hoà", "Ủy", "yêu", "XOONG"]
)
def test_vietnamese_syllables_are_recognised(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["café", "ViÖt", "hoc", "aỏ", "qúy", "tôt", "ỵn", "LĐTBXH", "", "gìà"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)


def test_a_misplaced_tone_is_put_in_its_place():
    assert [canonical(word) for word in ("qúy", "hòa", "tóan", "nứơc", "của", "khủyu")] == [
        "quí", "hoà", "toán", "nước", "của", "khuỷu",
    ]  # fmt: skip


def test_only_open_oa_oe_uy_have_two_tone_placements():
    words = ["hòa", "hoà", "khỏe", "khoẻ", "úy", "uý", "quý", "hoàn", "giải", "hoa"]

    assert [tone_placement(word) for word in words] == [
        "first", "last", "first", "last", "first", "last", None, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("Thông tin", 9, "Thông tin"),
        ("Thông tin đối ngoại", 9, "Thông…"),
        ("Hội nghị, hội thảo", 11, "Hội nghị…"),
        ("Nghiêng ngả", 3, "Nghiêng…"),
        ("Nghiêng", 3, "Nghiêng"),
        ("  Thông \n tin  ", 20, "Thông tin"),
        ("", 5, ""),
    ],
)
def test_shortening_never_cuts_a_syllable(text, length, short):
    assert truncate(text, length) == short


def test_a_capital_at_the_start_leaves_the_rest_alone():
    assert capitalise("ủy ban Quốc gia về ASEAN") == "Ủy ban Quốc gia về ASEAN"
