"""The messages that the sources use: Python through Babel, templates through Django's own reading of them."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_python
from django.utils.translation import templatize

from portal.languages.catalogues.freshness import ROOT

FOLDERS = ("portal", "news", "pressroom", "publications", "training", "demo", "templates")
TEMPLATE_ENDINGS = {".html", ".txt", ".xml"}
TAG = "Translators:"
# Which arguments are what, in the manner of xgettext: the message, or one and many, or first a context.
PLAIN, COUNTED = None, (1, 2)
IN_CONTEXT, COUNTED_IN_CONTEXT = ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": PLAIN,
    "gettext": PLAIN,
    "gettext_lazy": PLAIN,
    "gettext_noop": PLAIN,
    "ngettext": COUNTED,
    "ngettext_lazy": COUNTED,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": COUNTED_IN_CONTEXT,
    "npgettext_lazy": COUNTED_IN_CONTEXT,
}
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


@dataclass(frozen=True)
class Message:
    """A message as the sources write it; `many` is empty unless it counts, `context` unless it has one."""

    one: str
    many: str = ""
    context: str = ""


@dataclass
class Use:
    """Where a message is used (paths below the project's folder) and what translators are told about it."""

    places: list[str]
    comments: list[str]


def messages() -> dict[Message, Use]:
    """Every message of the sources, in the order of their files."""
    found: dict[Message, Use] = {}
    for path in _files():
        for message, comments in _in_file(path):
            use = found.setdefault(message, Use([], []))
            place = path.relative_to(ROOT).as_posix()
            use.places += [place] if place not in use.places else []
            use.comments += [comment for comment in comments if comment not in use.comments]
    return found


def _files() -> list[Path]:
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    wanted = {".py"} | TEMPLATE_ENDINGS
    return sorted(path for path in paths if path.suffix in wanted and "migrations" not in path.parts)


def _in_file(path: Path) -> Iterator[tuple[Message, list[str]]]:
    text = path.read_text(encoding="utf-8")
    code = text if path.suffix == ".py" else _code_of_template(text, path)
    for _line, function, arguments, comments in extract_python(
        io.BytesIO(code.encode()), list(KEYWORDS), [TAG], {"encoding": "utf-8"}
    ):
        if message := _message(function, arguments if isinstance(arguments, tuple) else (arguments,)):
            yield message, comments


def _code_of_template(text: str, path: Path) -> str:
    # What is not a message comes back as words of X; only their indentation would trouble a reader of Python.
    return INDENTATION.sub("", templatize(text, origin=str(path)))


def _message(function: str, arguments: tuple[str | None, ...]) -> Message | None:
    """The message of one call; None when it is made of something else than literal text."""
    keyword = KEYWORDS[function]
    wanted = {PLAIN: 1, COUNTED: 2, IN_CONTEXT: 2, COUNTED_IN_CONTEXT: 3}[keyword]
    words = [word for word in arguments[:wanted] if word]
    if len(words) < wanted:
        return None
    context = words.pop(0) if keyword in {IN_CONTEXT, COUNTED_IN_CONTEXT} else ""
    return Message(words[0], words[1] if len(words) > 1 else "", context)
