"""Every message is there in both languages, and says the same with the same particulars."""

import re
import unicodedata
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from portal.languages import LANGUAGES
from portal.languages.catalogues import sources, texts
from tests import house

PLACE = re.compile(r"%\((\w+)\)[sdf]|%[sdf]|<(?:\w+:)?\w+>|\{\w*\}")

SENTENCE_ENDS = (".", "?", ":", "!")


@pytest.fixture(scope="module")
def used() -> dict[sources.Message, sources.Use]:
    return sources.messages()


@pytest.fixture(scope="module", params=LANGUAGES)
def entries(request):
    return [entry for entry in texts.read(request.param) if entry.id]


def test_nothing_is_missing_empty_fuzzy_or_left_over_in_any_language(used):
    assert list(texts.problems(used)) == []


def test_the_catalogues_are_written_as_the_command_writes_them(used, tmp_path, monkeypatch):
    before = {language: texts.path_of(language).read_bytes() for language in LANGUAGES}
    monkeypatch.setattr(texts, "ROOT", tmp_path)
    for language, text in before.items():
        texts.path_of(language).parent.mkdir(parents=True)
        texts.path_of(language).write_bytes(text)

    changed = [language for language in LANGUAGES if texts.write(language, texts.merge(language, used))]

    assert changed == []


def test_a_translation_keeps_every_place_of_its_message(entries):
    for entry in entries:
        *_, message = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        for translation in texts.strings(entry):
            if isinstance(entry.id, tuple) and translation == texts.strings(entry)[0] != message:
                continue  # “one item” may leave its number out
            assert sorted(_places(translation)) == sorted(_places(message)), entry.id


def test_words_of_addresses_are_plain_and_differ_between_the_languages():
    for entry in texts.read("vi"):
        if isinstance(entry.id, str) and re.fullmatch(r"[a-z-]+/.*", entry.id):
            assert re.fullmatch(r"(?:[a-z-]+|<\w+:\w+>|[-/.])+", entry.string), entry.id
            assert entry.string != entry.id


def test_vietnamese_is_composed_and_has_no_stray_space():
    for entry in texts.read("vi"):
        for translation in texts.strings(entry) if entry.id else ():
            assert translation == unicodedata.normalize("NFC", translation), entry.id
            assert "  " not in translation, entry.id
            assert translation.strip() == translation or _message(entry) != _message(entry).strip(), entry.id


def test_vietnamese_ends_a_sentence_where_english_does():
    for entry in texts.read("vi"):
        if entry.id and _message(entry).endswith(SENTENCE_ENDS):
            assert all(text.endswith(SENTENCE_ENDS) for text in texts.strings(entry)), entry.id


def test_english_says_what_the_source_says():
    for entry in texts.read("en"):
        wanted = entry.id if isinstance(entry.id, tuple) else (entry.id,)
        assert not entry.id or texts.strings(entry) == wanted


def test_a_template_and_a_module_are_both_read(used):
    places = {place for use in used.values() for place in use.places}

    assert {"portal/settings.py", "templates/base.html"} <= places
    assert set(sources.FOLDERS) == {*house.PACKAGES, "templates"}
    assert not any(place.startswith("tests/") for place in places)


def test_the_words_given_to_django_are_words_of_django(used):
    folders = [Path(django.__file__).parent / part for part in ("conf", "contrib/admin", "contrib/auth")]
    of_django = {entry.id for folder in folders for entry in _english_of(folder) if entry.id}

    given = {message for message, use in used.items() if "portal/languages/django_words.py" in use.places}

    assert given
    assert [message for message in given if texts.read("en").get(message.one).id not in of_django] == []


def _english_of(folder: Path) -> Catalog:
    with (folder / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file)


def _message(entry) -> str:
    return entry.id[-1] if isinstance(entry.id, tuple) else entry.id


def _places(text: str) -> list[str]:
    return [match.group() for match in PLACE.finditer(text)]
