"""The folder `demo/` as it is read: TOML files whose fields its README explains."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from portal.languages import LANGUAGES

FOLDER = Path(settings.BASE_DIR) / "demo"
WORDS = ("title", "standfirst", "body", "source", "dateline")
#: States whose text readers have, or had, before them.
RELEASED = {"published", "withdrawn", "retracted"}

Fields = dict[str, Any]


class Unsound(Exception):
    """A file of the folder contradicts itself; the message names the file and the fault."""


def read(name: str) -> Fields:
    """One file of the folder. Raises OSError when it is not there, TOMLDecodeError when it is not TOML."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def pieces() -> list["Piece"]:
    """The articles, in the order of their files."""
    return [Piece(read(f"articles/{path.name}")) for path in sorted((FOLDER / "articles").glob("*.toml"))]


@dataclass(frozen=True)
class Piece:
    """One article: what it says at last, what it said first, and which state each language reached."""

    fields: Fields

    @property
    def key(self) -> str:
        return self.fields["key"]

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language in LANGUAGES if self.fields.get(f"title_{language}"))

    def state(self, language: str) -> str:
        return self.fields[f"state_{language}"]

    def is_released(self, language: str) -> bool:
        return self.state(language) in RELEASED

    @property
    def goes_out_together(self) -> bool:
        """Both languages appear at the same minute: neither without the other."""
        return "published_en" in self.fields and self.fields["published_en"] == self.fields["published"]

    def words(self, language: str) -> dict[str, str]:
        """The text as it stands at last: title, standfirst, body, source, dateline."""
        return {field: self.fields.get(f"{field}_{language}", "").strip() for field in WORDS}

    def first_words(self, language: str) -> dict[str, str]:
        """The text as it was first published, before a correction, an update or a quiet change."""
        words = self.words(language)
        for field in WORDS:
            words[field] = self.fields.get(f"earlier_{field}_{language}", words[field]).strip()
        for wording in self.fields.get("earlier_wording", []):
            if wording["language"] == language:
                words[wording["field"]] = self._reworded(words[wording["field"]], wording)
        return words

    def _reworded(self, text: str, wording: Fields) -> str:
        if text.count(wording["now"]) != 1:
            raise Unsound(f"{self.key}: {wording['field']} must say once: {wording['now']}")
        return text.replace(wording["now"], wording["was"])

    def later_words(self, language: str) -> dict[str, str]:
        """Only the fields that were changed after publication, as they read since."""
        first = self.first_words(language)
        return {field: text for field, text in self.words(language).items() if text != first[field]}

    def note_of_change(self, language: str) -> tuple[str, str]:
        """The kind of change and the public note: a correction, an update, or a minor fix without a note."""
        for kind in ("correction", "update"):
            if note := self.fields.get(f"{kind}_{language}"):
                return kind, note
        return "minor", ""

    def words_of_working_copy(self) -> dict[str, str]:
        """The Vietnamese fields an open working copy has changed; none when no copy is open."""
        return {
            field: self.fields[f"working_copy_{field}_vi"]
            for field in WORDS
            if f"working_copy_{field}_vi" in self.fields
        }
