"""Files from outside: every kind of bad one is refused in a sentence, never with a failure."""

import csv
import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.refusal import Refused
from portal.directory import reading
from portal.directory.columns import guarded, without_guard
from portal.directory.reading import read
from tests.directory.samples import HEADER, LAOS, OXFAM, tsv, values, with_part, xlsx

HOSTILE_DTD = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'
)


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(content)
    return str(refused.value)


def as_csv(delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([HEADER, values(LAOS)])
    return text.getvalue().encode()


@pytest.mark.parametrize(
    "content",
    [
        tsv(LAOS),
        tsv(LAOS, end="\r\n"),
        b"\xef\xbb\xbf" + tsv(LAOS),
        tsv(LAOS).decode().encode("utf-16"),
        tsv(LAOS).replace(b"type\tcountry", b" Type \tCOUNTRY"),
        b"\n" + tsv(LAOS),
        tsv(LAOS) + b"\n\t\t\n",
        as_csv(","),
        as_csv(";"),
        xlsx(values(LAOS)),
    ],
    ids=[
        "tsv",
        "crlf",
        "bom",
        "utf-16",
        "header in capitals",
        "empty line first",
        "empty lines last",
        ",",
        ";",
        "xlsx",
    ],
)
def test_the_same_table_is_read_whatever_program_wrote_it(content):
    table = read(content)

    ((_number, cells),) = table.lines
    assert cells == LAOS
    assert table.left_out == []


def test_lines_are_counted_as_an_editor_counts_them():
    quoted = tsv(LAOS, OXFAM).replace(b"Press attach\xc3\xa9", b'"Press\nattach\xc3\xa9"')

    assert [number for number, _cells in read(quoted).lines] == [2, 4]
    assert [number for number, _cells in read(tsv(LAOS) + b"\n" + tsv(OXFAM)[len(tsv()) :]).lines] == [2, 4]


def test_columns_in_another_order_and_unknown_ones_are_no_harm():
    table = read(tsv({**LAOS, "phone": "024"}, header=("phone", *reversed(HEADER))))

    assert table.lines[0][1] == LAOS
    assert table.left_out == ["phone"]


def test_excel_dates_are_turned_back_into_what_was_meant():
    row = (*values(LAOS)[:8], date(2026, 12, 2), date(1962, 9, 5))

    cells = read(xlsx(row)).lines[0][1]

    assert (cells["national_day"], cells["diplomatic_relations_since"]) == ("12-02", "1962-09-05")


def test_a_formula_of_a_workbook_is_seen_as_one():
    cells = read(xlsx(("embassy", "LA", '=HYPERLINK("http://x.example")'))).lines[0][1]

    assert cells["name_en"].startswith("=")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nội dung"),
        (b"\n\n", "nội dung"),
        (tsv(LAOS).decode().encode("utf-8")[:200] + b"\xff\xfe", "UTF-8"),
        ("type\tTổ chức".encode("cp1258", "ignore") + b"\xe9", "UTF-8"),
        (tsv(LAOS, header=HEADER[:6]), "email"),
        (tsv(LAOS, header=(*HEADER, "email")), "email"),
        (tsv(LAOS) + b'embassy\t"LA\n', "Dòng 3"),
        (tsv(LAOS) + b"x" * 200_000 + b"\n", "Dòng 3"),
        (b"PK\x03\x04 and no more", ".xlsx"),
        (with_part(xlsx(), "xl/worksheets/sheet1.xml", HOSTILE_DTD), ".xlsx"),
        (with_part(xlsx(), "xl/workbook.xml", b"<no/>"), ".xlsx"),
        (with_part(xlsx(), "xl/worksheets/sheet1.xml", b"<"), ".xlsx"),
        (with_part(xlsx(), "bomb.bin", b"0" * (reading.MOST_UNPACKED + 1)), "giải nén"),
        (with_part(xlsx(), "bomb.bin", b"0" * 2_000_000), "giải nén"),
        (b"x" * (reading.MOST_BYTES + 1), "MB"),
        (b"%PDF-1.4\n%%EOF", "type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "UTF-8"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(content, words):
    assert words in refusal(content)


@pytest.mark.parametrize("write", [lambda row: tsv(*[row] * 4), lambda row: xlsx(*[values(row)] * 4)])
def test_too_many_lines_are_refused(write, monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)

    assert "3" in refusal(write(LAOS))


def test_a_cell_far_away_costs_nothing():
    far = xlsx(values(LAOS))
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>'
    )

    assert "nội dung" in refusal(with_part(far, "xl/worksheets/sheet1.xml", sheet))


def test_a_workbook_of_nothing_but_cells_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ELEMENTS", 10_000)
    sheet = b"<worksheet><sheetData><row>" + b"<c/>" * 10_000 + b"</row></sheetData></worksheet>"

    assert "giải nén" in refusal(with_part(xlsx(), "xl/worksheets/sheet1.xml", sheet))


def test_a_full_workbook_of_the_most_lines_is_read():
    rows = [values({**LAOS, "name_en": f"Embassy {number}"}) for number in range(reading.MOST_ROWS)]

    assert len(read(xlsx(*rows)).lines) == reading.MOST_ROWS


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    for each in (content, tsv() + content, b"PK\x03\x04" + content):
        with suppress(Refused):
            read(each)


@given(st.text(max_size=20))
def test_a_guarded_cell_is_no_formula_and_gives_its_text_back(text):
    assert without_guard(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
