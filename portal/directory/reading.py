"""Files from outside taken apart: CSV, TSV and XLSX become lines of text cells. Nothing is believed yet."""

import csv
import io
import unicodedata
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from portal.accounts.refusal import Refused
from portal.directory.columns import NATIONAL_DAY, REQUIRED, all_columns

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 50
LONGEST_COLUMN = 60  # of a name nobody knows; ours are shorter
MOST_UNPACKED = 60 * 1024 * 1024
MOST_RATIO = 100  # unpacked to packed, of one entry of more than a megabyte
MOST_ELEMENTS = 1_500_000  # beginnings and ends of elements; 20,000 full lines have 1.3 million
MOST_ENTRIES = 500
DELIMITERS = "\t;,"
# Writing directions turned round within a line can show one address and hold another.
TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Cells = dict[str, str]  # a column's name: what stands there, without white space at its ends


@dataclass(frozen=True)
class Table:
    """The lines of a file under known columns, each with its number in the file; columns left out by name."""

    lines: list[tuple[int, Cells]]
    left_out: list[str]


def read(
    content: bytes, *, columns: Collection[str] | None = None, required: Collection[str] = REQUIRED
) -> Table:
    """The table a file holds, told by its first bytes and not by its name. Raises Refused, and nothing else.

    `columns` are those somebody knows (the directory's own when left out), `required` those without which the file is
    not read.
    """
    columns = all_columns() if columns is None else columns
    if len(content) > MOST_BYTES:
        raise Refused(_("The file is larger than %(megabytes)d MB.") % {"megabytes": MOST_BYTES // 1024**2})
    rows = _xlsx_rows(content) if content.startswith(b"PK\x03\x04") else _text_rows(content)
    return _table(rows, columns, required)


def read_path(path: Path) -> Table:
    """The table of a file on this machine; no more of it is read than is believed. Raises Refused, OSError."""
    with path.open("rb") as file:
        return read(file.read(MOST_BYTES + 1))


def breaks_its_line(text: str) -> bool:
    """Whether a cell holds what belongs in no name and no address: line breaks, control or turning characters."""
    return any(
        character in TURNING or unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"}
        for character in text
    )


def _table(
    rows: Iterable[tuple[int, list[str]]], columns: Collection[str], required: Collection[str]
) -> Table:
    filled = ((number, _storable(cells)) for number, cells in rows if any(cells))
    _number, header = next(filled, (0, []))
    named = [column.lower()[:LONGEST_COLUMN] for column in header]
    _refuse_columns(named, columns, required)
    lines: list[tuple[int, Cells]] = []
    for number, cells in filled:
        if len(lines) == MOST_ROWS:
            raise Refused(_("The file has more than %(rows)d lines.") % {"rows": MOST_ROWS})
        known = {column: cell for column, cell in zip(named, cells, strict=False) if column in columns}
        lines.append((number, known))
    return Table(lines, [column for column in named if column and column not in columns])


def _storable(cells: list[str]) -> list[str]:
    """PostgreSQL keeps no NUL; another control character in its place is refused at its line like it."""
    return [cell.replace("\0", "\1") for cell in cells[:MOST_COLUMNS]]


def _refuse_columns(named: list[str], columns: Collection[str], required: Collection[str]) -> None:
    if not any(named):
        raise Refused(_("The file is empty."))
    if missing := [column for column in required if column not in named]:
        raise Refused(_("The first line lacks these columns: %(columns)s.") % {"columns": ", ".join(missing)})
    if twice := sorted({column for column in named if column in columns and named.count(column) > 1}):
        raise Refused(
            _("The first line names these columns twice: %(columns)s.") % {"columns": ", ".join(twice)}
        )


def _text_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV or TSV file, each with the number of its first line."""
    text = _decoded(content)
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for cells in reader:
            yield number, [cell.strip() for cell in cells]
            number = reader.line_num + 1
    except csv.Error as problem:
        raise Refused(
            _("Line %(line)d cannot be read: its quotation marks do not match, or a cell is too long.")
            % {"line": number}
        ) from problem


def _decoded(content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused(
            _("The file is not written in UTF-8. Save it as “CSV UTF-8”, or as an Excel workbook (.xlsx).")
        ) from problem


def _xlsx_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a workbook's first sheet."""
    try:
        _refuse_bomb(content)
        book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says about its size is not believed
        rows = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS)
        header: list[str] = []
        for number, row in enumerate(rows, start=1):
            cells = [
                _cell(cell, header[place] if place < len(header) else "") for place, cell in enumerate(row)
            ]
            header = header or [cell.lower() for cell in cells if any(cells)]
            yield number, cells
    except (Refused, GeneratorExit):
        raise
    except (Exception, DefusedXmlException) as problem:  # BadZipFile, KeyError …: a hostile file chooses
        raise Refused(
            _("This is not a workbook that can be read. Save it again as .xlsx or as CSV.")
        ) from problem


def _refuse_bomb(content: bytes) -> None:
    """By the sizes the archive declares (an entry cannot yield more), then by the elements counted in it.

    An empty cell is four bytes in the file and three hundred in memory.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        swollen = any(
            entry.file_size > 1024**2 and entry.file_size > MOST_RATIO * entry.compress_size
            for entry in entries
        )
        if (
            swollen
            or len(entries) > MOST_ENTRIES
            or sum(entry.file_size for entry in entries) > MOST_UNPACKED
        ):
            raise _too_large_unpacked()
        if sum(_elements(archive, entry) for entry in entries) > MOST_ELEMENTS:
            raise _too_large_unpacked()


def _elements(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    with archive.open(entry) as part:
        return sum(piece.count(b"<") for piece in iter(lambda: part.read(1024**2), b""))


def _too_large_unpacked() -> Refused:
    return Refused(_("The workbook takes too much room when unpacked. Save its first sheet as CSV."))


def _cell(cell: Any, column: str) -> str:
    """A cell's text; Excel makes dates of what looks like one, and they are turned back."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%m-%d}" if column == NATIONAL_DAY else f"{value:%Y-%m-%d}"
    if cell.data_type == "f":
        return f"={str(value).lstrip('=')}"
    return str(value).strip()
