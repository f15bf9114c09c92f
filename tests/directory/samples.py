"""Small files of the directory's shape."""

import io
import zipfile

from openpyxl import Workbook

HEADER = (
    "type", "country", "name_en", "name_vi", "post_en", "post_vi", "email", "language", "national_day",
    "diplomatic_relations_since",
)  # fmt: skip
LAOS = {
    "type": "embassy", "country": "LA", "name_en": "Embassy of Laos", "name_vi": "Đại sứ quán Lào",
    "post_en": "Press attaché", "post_vi": "Tùy viên báo chí", "email": "press@la.embassy.example", "language": "en",
    "national_day": "12-02", "diplomatic_relations_since": "1962-09-05",
}  # fmt: skip
OXFAM = {
    "type": "foreign_ngo", "name_en": "Oxfam in Viet Nam", "name_vi": "Oxfam tại Việt Nam",
    "post_en": "Country director", "post_vi": "Giám đốc quốc gia", "email": "info@oxfam.ngo.example",
}  # fmt: skip


def tsv(*rows: dict[str, str], header: tuple[str, ...] = HEADER, end: str = "\n") -> bytes:
    lines = [header, *[tuple(row.get(column, "") for column in header) for row in rows]]
    return "".join("\t".join(line) + end for line in lines).encode()


def xlsx(*rows: tuple, header: tuple[str, ...] = HEADER) -> bytes:
    """A workbook with these rows of values."""
    book = Workbook()
    for row in [header, *rows]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def values(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(row.get(column, "") for column in HEADER)


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part of its archive replaced or added."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return made.getvalue()
