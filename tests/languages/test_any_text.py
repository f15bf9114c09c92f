"""What must hold for every text there is, lone surrogates and control characters included."""

import re
import string
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.languages import abbreviations, dates, documents, names, numbers
from portal.languages.case import capitalise, upper
from portal.languages.folding import exact_key, fold, fold_aligned, normalise, unaccented
from portal.languages.legacy import ENCODINGS, convert, decode, detect
from portal.languages.lint import lint
from portal.languages.matching import highlight, matches, rank
from portal.languages.reading import ReadText
from portal.languages.slugs import filename, slugify
from portal.languages.sorting import vietnamese_key
from portal.languages.syllables import canonical, is_syllable, parse, tone_placement
from portal.languages.truncation import truncate

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵÐ"
VIETNAMESE = st.text(
    LETTERS + LETTERS.upper() + "  -/&.,0123456789\u00a0\u0300\u0301\u0302\u0303\u0309\u0323\u031b"
)
OLD = st.text([chr(code) for code in range(0xA1, 0x100)] + list(string.ascii_letters + " ”‘™š…"))
ANYTHING = st.text(st.characters(codec=None, exclude_categories=[]))
TEXTS = ANYTHING | VIETNAMESE | OLD

every_time_alike = settings(deadline=None, derandomize=True, database=None, max_examples=100)


@every_time_alike
@given(TEXTS)
def test_storing_twice_changes_nothing(text):
    stored = normalise(text)

    assert normalise(stored) == stored
    assert unicodedata.is_normalized("NFC", stored)
    assert stored.encode().decode() == stored
    assert not re.search(r"[\x00-\x08\x0b-\x1f\xa0\xad\u200b-\u200d\ufeff\uffff]", stored)


@every_time_alike
@given(TEXTS)
def test_keys_of_keys_are_the_keys(text):
    assert fold(fold(text)) == fold(text)
    assert exact_key(exact_key(text)) == exact_key(text)


@every_time_alike
@given(TEXTS)
def test_accents_and_storing_never_change_the_search_key(text):
    assert fold(normalise(text)) == fold(text) == fold(unaccented(text))
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@every_time_alike
@given(TEXTS)
def test_an_address_has_only_small_letters_digits_and_single_hyphens(text):
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slugify(text))
    assert re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9]+)?", filename(text))


@every_time_alike
@given(st.lists(TEXTS, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_a_list_does_not_depend_on_how_it_came(texts, random):
    shuffled = list(texts)
    random.shuffle(shuffled)

    assert sorted(shuffled, key=vietnamese_key) == sorted(texts, key=vietnamese_key)


@every_time_alike
@given(TEXTS, TEXTS)
def test_only_equal_texts_share_a_place(first, second):
    assert (vietnamese_key(first) == vietnamese_key(second)) == (first == second)


@every_time_alike
@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_shortened_text_keeps_its_length_and_whole_syllables(text, length):
    words = normalise(text).split()
    short = truncate(text, length)

    assert len(short) <= length or " " not in short
    assert short.endswith("…") or short.split() == words


@every_time_alike
@given(TEXTS)
def test_a_text_answers_for_each_of_its_own_words(text):
    read = ReadText(text)
    for word in read.words:
        assert matches(f'"{word.exact}"', text)


@every_time_alike
@given(TEXTS, TEXTS)
def test_highlighting_adds_nothing_but_marks(query, text):
    marked = str(highlight(query, text))

    assert re.sub(r"</?mark>", "", marked) == str(highlight("", text))
    assert not re.search(r"<(?!/?mark>)", marked)


@every_time_alike
@given(st.binary() | TEXTS.map(lambda text: text.encode("utf-16-le", "surrogatepass")))
def test_every_file_is_read_somehow(raw):
    text, encoding = decode(raw)

    assert isinstance(text, str)
    assert encoding


@every_time_alike
@given(TEXTS, st.sampled_from(ENCODINGS))
def test_conversion_never_fails(text, encoding):
    assert unicodedata.is_normalized("NFC", convert(text, encoding))


QUIET = [
    abbreviations.equivalent,
    canonical,
    capitalise,
    dates.parse_quarter,
    detect,
    documents.docno,
    documents.docno_key,
    fold_aligned,
    is_syllable,
    lint,
    names.ascii_name,
    names.split,
    names.strip_title,
    parse,
    tone_placement,
    upper,
]


@pytest.mark.parametrize("function", QUIET, ids=lambda function: function.__name__)
@every_time_alike
@given(text=TEXTS)
def test_no_text_is_too_strange(function, text):
    function(text)


@every_time_alike
@given(TEXTS, TEXTS)
def test_no_query_is_too_strange(query, text):
    assert 0 <= rank(query, text) <= 4


@every_time_alike
@given(TEXTS | st.from_regex(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{4}( \d{1,2}:\d\d)?( SA| CH)?", fullmatch=True))
def test_a_day_is_read_or_refused(text):
    with suppress(dates.InvalidDate):
        assert dates.parse_date(text).day


@every_time_alike
@given(
    TEXTS | st.from_regex(r"(khoảng )?[\d.,]{1,60}( triệu| tỷ|%)?", fullmatch=True),
    st.sampled_from(["vi", "en"]),
)
def test_a_number_is_read_or_refused(text, language):
    with suppress(numbers.InvalidNumber):
        assert numbers.parse_number(text, language).value.is_finite()
