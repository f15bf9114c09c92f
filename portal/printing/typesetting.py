"""The typesetter behind one function: particulars go in as JSON beside the template, the finished PDF comes out."""

import json
import logging
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import typst

from portal.printing.faces import FACES, STANDARDS
from portal.printing.repertoire import printable

SHARED = Path(__file__).resolve().parent / "templates"
#: Characters of JSON, bytes of pictures: some ten times the longest issue and the longest statement.
LONGEST, HEAVIEST = 6_000_000, 150_000_000
TURNS = 6
GIVEN_UP = 10_000
_PICTURE = re.compile(r"[a-z0-9-]+\.(?:jpg|png|svg)")
_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")

log = logging.getLogger(__name__)


class NotTypeset(Exception):
    """It cannot be printed: too long, or the template and its particulars do not agree."""


def typeset(
    template: Path, particulars: Mapping[str, Any], *, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF (PDF/A-2a and PDF/UA-1, faces embedded) of a template, or `NotTypeset`. The same input gives the same bytes.

    The template reads `json("/particulars.json")`, imports `/house.typ` and `/richtext.typ`, and finds each picture
    (`name.jpg`, `.png`, `.svg`) as `/pictures/name`. Strings that cannot be printed are replaced, see `repertoire`.

    A template may ask for room: metadata `(key, lines)` labelled `<too-tight>` is answered by setting it again with
    `particulars.room.at(key)` so many lines larger, until nothing is too tight.
    """
    _check(pictures or {})
    with tempfile.TemporaryDirectory(prefix="printing-") as folder:
        root = Path(folder)
        for source in [*SHARED.glob("*.typ"), template]:
            (root / source.name).write_bytes(source.read_bytes())
        (root / "pictures").mkdir()
        for name, content in (pictures or {}).items():
            (root / "pictures" / name).write_bytes(content)
        return _settled(root, template.name, _printable(dict(particulars)))


def _check(pictures: Mapping[str, bytes]) -> None:
    if misnamed := [name for name in pictures if not _PICTURE.fullmatch(name)]:
        raise NotTypeset(f"no names for pictures: {misnamed[:3]}")
    if sum(map(len, pictures.values())) > HEAVIEST:
        raise NotTypeset("too many pictures to be printed")


def _settled(root: Path, template: str, particulars: dict[str, Any]) -> bytes:
    """Set until nothing is too tight; what still is after some turns is given all the room there is."""
    room: dict[str, int] = {}
    for turn in range(1, TURNS + 1):
        _write(root / "particulars.json", {**particulars, "room": room})
        setter = typst.Compiler(
            str(root / template), root=str(root), font_paths=FACES, ignore_system_fonts=True
        )
        if not (tight := _too_tight(setter)) or turn == TURNS:
            break
        for key, lines in tight:
            room[key] = room.get(key, 0) + lines + turn // 3 if turn < TURNS - 1 else GIVEN_UP
    return _finished(setter)


def _write(path: Path, particulars: dict[str, Any]) -> None:
    said = json.dumps(particulars, ensure_ascii=False, separators=(",", ":"))
    if len(said) > LONGEST:
        raise NotTypeset(f"too long to be printed: {len(said)} characters")
    path.write_text(said, encoding="utf-8")


def _too_tight(setter: typst.Compiler) -> list[tuple[str, int]]:
    try:
        return [
            (str(key), int(lines)) for key, lines in json.loads(setter.query("<too-tight>", field="value"))
        ]
    except RuntimeError as error:
        raise NotTypeset(str(error)) from error


def _finished(setter: typst.Compiler) -> bytes:
    try:
        pdf, warnings = setter.compile_with_warnings(format="pdf", pdf_standards=STANDARDS)
    except RuntimeError as error:
        raise NotTypeset(str(error)) from error
    for warning in warnings:
        log.warning("%s", warning.message)
    return cast(bytes, pdf)


def _printable(particular: Any) -> Any:
    """The particulars with every string, and every key, as it can be printed."""
    match particular:
        case str():
            return printable(particular)
        case Mapping():
            return {printable(str(key)): _printable(value) for key, value in particular.items()}
        case list() | tuple():
            return [_printable(each) for each in particular]
        case _:
            return particular


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return max((int(count) for count in _PAGES.findall(pdf)), default=0)
