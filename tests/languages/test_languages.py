import pytest

from portal import languages


def test_each_language_has_the_other_as_its_twin():
    assert [languages.other(language) for language in languages.LANGUAGES] == ["en", "vi"]


def test_vietnamese_is_the_language_of_the_house():
    assert languages.DEFAULT == "vi"


def test_a_third_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        languages.other("fr")
