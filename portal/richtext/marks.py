"""The inline elements open at one place of a text, and the marks they add up to."""

from portal.richtext.attributes import language_tag, link_target
from portal.richtext.tree import PLAIN, Marks

MAX_OPEN = 32

ELEMENTS: dict[str, dict[str, str | bool]] = {
    "strong": {"strong": True},
    "b": {"strong": True},
    "em": {"em": True},
    "i": {"em": True},
    "cite": {"em": True},
    "dfn": {"em": True},
    "var": {"em": True},
    "sub": {"script": "sub"},
    "sup": {"script": "sup"},
    "span": {},
    "a": {},
}

Level = tuple[int, bool]


class OpenMarks:
    """Open inline elements and the level each was opened at: open containers, inside a stated paragraph."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, dict[str, str | bool], Level]] = []
        self.now = PLAIN

    def open(self, name: str, attributes: dict[str, str], level: Level) -> bool:
        """Open an element; False when too many are open already, and its end is then to be ignored."""
        if len(self.entries) >= MAX_OPEN:
            return False
        changes = dict(ELEMENTS[name])
        if name == "a" and "href" in attributes:
            changes["href"] = link_target(attributes["href"])
        if name == "span" and (lang := language_tag(attributes.get("lang", ""))):
            changes["lang"] = lang
        self.entries.append((name, changes, level))
        self._recount()
        return True

    def close(self, name: str) -> None:
        """Close the innermost open element of that name, wherever it stands."""
        for index in range(len(self.entries) - 1, -1, -1):
            if self.entries[index][0] == name:
                del self.entries[index]
                self._recount()
                return

    def close_above(self, level: Level) -> None:
        """Close what was opened inside a block that has ended."""
        before = len(self.entries)
        while self.entries and self.entries[-1][2] > level:
            self.entries.pop()
        if len(self.entries) < before:
            self._recount()

    def _recount(self) -> None:
        changes: dict[str, str | bool] = {}
        for _name, change, _level in self.entries:
            changes |= change
        self.now = Marks(**changes) if changes else PLAIN  # type: ignore[arg-type]
