"""Vietnamese personal names: family, middle, given; addressed and sorted by the given name."""

from dataclasses import dataclass

from portal.languages.folding import exact_key, normalise, unaccented
from portal.languages.sorting import Key, vietnamese_key
from portal.languages.tables import rows

_TITLES = sorted((tuple(exact_key(row["title"]).split()) for row in rows("titles")), key=len, reverse=True)


@dataclass(frozen=True)
class Name:
    """A name in its three parts, any of them possibly empty."""

    family: str
    middle: str
    given: str

    @property
    def full(self) -> str:
        """Family name first, in both languages."""
        return " ".join(part for part in (self.family, self.middle, self.given) if part)

    @property
    def ascii(self) -> str:
        """The name for an English page's address or a badge printer without Vietnamese letters."""
        return unaccented(self.full)


def split(full_name: str, *, given: str | None = None) -> Name:
    """Propose the parts of a full name.

    A double given name ("Quỳnh Anh") cannot be told from a middle name: without `given` the last
    syllable is proposed, with it the stated name is taken. `ValueError` if the name does not end in it.
    """
    words = normalise(full_name).split()
    if not words:
        return Name("", "", "")
    given_words = normalise(given).split() if given else words[-1:]
    if words[-len(given_words) :] != given_words:
        raise ValueError(f"{full_name!r} does not end in {given!r}")
    before = words[: -len(given_words)]
    return Name(" ".join(before[:1]), " ".join(before[1:]), " ".join(given_words))


def strip_title(full_name: str) -> tuple[str, str]:
    """Titles and forms of address in front of a name, and the name: ("đồng chí", "Lê Kim Dung").

    At least two words are left as the name.
    """
    words = normalise(full_name).split()
    length = _titles_length(words)
    return " ".join(words[:length]), " ".join(words[length:])


def ascii_name(full_name: str) -> str:
    """English press style: no accents, Vietnamese order, capitals kept."""
    return " ".join(unaccented(full_name).split())


def person_key(name: Name) -> tuple[Key, Key, Key]:
    """Sort key of a list of people: given name, then family name, then middle name."""
    return vietnamese_key(name.given), vietnamese_key(name.family), vietnamese_key(name.middle)


def _titles_length(words: list[str]) -> int:
    """How many leading words are titles; longest title first, as in "Phó Vụ trưởng"."""
    keys = [exact_key(word) for word in words]
    length = 0
    while title := _title_at(keys[length:]):
        length += len(title)
    return length


def _title_at(keys: list[str]) -> tuple[str, ...]:
    for title in _TITLES:
        if tuple(keys[: len(title)]) == title and len(keys) - len(title) >= 2:
            return title
    return ()


def sort_text(name: Name) -> str:
    """`person_key` as a text that every database sorts alike: digits and a–f only, whatever its collation."""
    return "".join(_as_text(part) for part in person_key(name))


def _as_text(key: Key) -> str:
    """Letters end with a digit below any of theirs, so that the shorter name stands first; equal letters have equal tails."""
    letters, tones, capitals, _text = key
    first = "".join(f"{kind + 1:x}{_place(place)}" for kind, place in letters)
    return f"{first}0{''.join(f'{tone:x}' for tone in tones)}{''.join(str(int(each)) for each in capitals)}"


def _place(place: int) -> str:
    return f"{place:02x}" if place < 0xFF else f"ff{place:06x}"
