"""The typesetter behind one function: particulars go in as JSON beside the template, the finished PDF comes out."""

import json
import logging
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.printing.repertoire import printable

HERE = Path(__file__).resolve().parent
SHARED, SETTING = HERE / "templates", HERE / "setting.py"
#: Characters of JSON, bytes of pictures: some ten times the longest issue and the longest statement.
LONGEST, HEAVIEST = 6_000_000, 150_000_000
PATIENCE_SECONDS = 120
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
    `json("/room.json")` so many lines larger under that key, until nothing is too tight.
    """
    (pdf,) = typeset_each(template, [Sheet(particulars, pictures or {})])
    return pdf


@dataclass(frozen=True)
class Sheet:
    """What one sheet says and shows."""

    particulars: Mapping[str, Any]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def typeset_each(template: Path, sheets: Sequence[Sheet]) -> list[bytes]:
    """The same for many small sheets of one template, one after the other in one process: a PDF for each, or `NotTypeset`."""
    with tempfile.TemporaryDirectory(prefix="printing-") as folder:
        roots = [Path(folder) / str(number) for number in range(len(sheets))]
        for root, sheet in zip(roots, sheets, strict=True):
            _lay_out(root, template, sheet)
        _set(roots, template.name)
        return [(root / "finished.pdf").read_bytes() for root in roots]


def _lay_out(root: Path, template: Path, sheet: Sheet) -> None:
    _check(sheet.pictures)
    (root / "pictures").mkdir(parents=True)
    for source in [*SHARED.glob("*.typ"), template]:
        (root / source.name).write_bytes(source.read_bytes())
    for name, content in sheet.pictures.items():
        (root / "pictures" / name).write_bytes(content)
    _write(root / "particulars.json", _printable(dict(sheet.particulars)))


def page_count(pdf: bytes) -> int:
    """How many pages a PDF of ours has."""
    return max((int(count) for count in _PAGES.findall(pdf)), default=0)


def _check(pictures: Mapping[str, bytes]) -> None:
    if misnamed := [name for name in pictures if not _PICTURE.fullmatch(name)]:
        raise NotTypeset(f"no names for pictures: {misnamed[:3]}")
    if sum(map(len, pictures.values())) > HEAVIEST:
        raise NotTypeset("too many pictures to be printed")


def _write(path: Path, particulars: dict[str, Any]) -> None:
    said = json.dumps(particulars, ensure_ascii=False, separators=(",", ":"))
    if len(said) > LONGEST:
        raise NotTypeset(f"too long to be printed: {len(said)} characters")
    path.write_text(said, encoding="utf-8")


def _set(roots: Sequence[Path], template: str) -> None:
    """Run the typesetter in a process of its own, see `setting`."""
    command = [sys.executable, "-I", str(SETTING), template, *map(str, roots)]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise NotTypeset(f"not set within {PATIENCE_SECONDS} seconds") from late
    if run.returncode:
        raise NotTypeset(run.stderr.strip() or f"the typesetter ended with {run.returncode}")
    if run.stderr.strip():
        log.warning("%s: %s", template, run.stderr.strip())


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
