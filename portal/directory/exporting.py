"""The directory as a file of the shape `importing` reads, and the two kinds of files any register is exported as."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from portal.directory import further_columns
from portal.directory.columns import WORDS_OF_KINDS, all_columns, guarded
from portal.directory.models import Post


def as_csv() -> bytes:
    return csv_of([all_columns(), *_rows()])


def as_xlsx() -> bytes:
    return xlsx_of([all_columns(), *_rows()], sheet="directory")


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads Vietnamese; no cell is a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(rows: Iterable[Sequence[str]], *, sheet: str) -> bytes:
    """One sheet of text cells; Excel makes neither dates nor formulas of them."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"
    for row in rows:
        page.append([_text_cell(page, guarded(cell)) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _rows() -> Iterator[list[str]]:
    further = further_columns.as_they_are().values()
    for post in Post.objects.reachable().with_current_address().order_by("organisation__kind", "pk"):
        yield [*_texts(post), *(column.said_of(post) for column in further)]


def _texts(post: Post) -> list[str]:
    """What stands under each of the directory’s own columns."""
    organisation, address = post.organisation, post.current_address
    country = organisation.country
    return [
        WORDS_OF_KINDS[organisation.kind],
        country.code if country else "",
        organisation.name_en or "",
        organisation.name_vi or "",
        post.title_en or "",
        post.title_vi or "",
        address.email if address else "",
        post.language,
        country.national_day if country else "",
        country.relations_since.isoformat() if country and country.relations_since else "",
        post.salutation_en or "",
        post.salutation_vi or "",
    ]


def _text_cell(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
