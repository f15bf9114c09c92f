"""Which documents the library takes."""

import random
import zipfile

import pytest

from portal.library.uploads import Inspected, Refused, inspect
from tests.library import samples


def taken(content: bytes, name: str) -> Inspected:
    return inspect(samples.uploaded(content, name))


@pytest.mark.parametrize(
    ("content", "name", "filename", "media_type"),
    [
        (samples.pdf(), "Báo cáo.PDF", "bao-cao.pdf", "application/pdf"),
        (samples.pdf(extra=samples.object_stream(b"<< /Type /Page >>")), "b.pdf", "b.pdf", "application/pdf"),
        (samples.docx(), "a.docx", "a.docx", "wordprocessingml.document"),
        (samples.office("xl/workbook.xml"), "a.xlsx", "a.xlsx", "spreadsheetml.sheet"),
        (samples.office("ppt/presentation.xml"), "a.pptx", "a.pptx", "presentationml.presentation"),
        (samples.open_document("text"), "a.odt", "a.odt", "opendocument.text"),
        (samples.open_document("spreadsheet"), "a.ods", "a.ods", "opendocument.spreadsheet"),
        ("họ tên,đơn vị\nLan,Cục\n".encode(), "danh sách.csv", "danh-sach.csv", "text/csv"),
        ("\ufeffHọ tên".encode(), "ghi chú.txt", "ghi-chu.txt", "text/plain"),
    ],
)
def test_every_allowed_kind_of_document_is_taken_as_it_is(content, name, filename, media_type):
    inspected = taken(content, name)

    assert (inspected.kind, inspected.filename) == ("file", filename)
    assert inspected.media_type.endswith(media_type)
    assert inspected.content == content
    assert (inspected.width, inspected.height) == (None, None)


def test_a_document_under_a_wrong_name_gets_the_right_one():
    inspected = taken(samples.docx(), "Thông cáo.pdf")

    assert (inspected.filename, inspected.original_name) == ("thong-cao.docx", "Thông cáo.docx")


def test_both_names_of_a_file_are_kept():
    inspected = taken(samples.docx(), "Thông cáo báo chí số 12 (bản cuối).DOCX")

    assert inspected.filename == "thong-cao-bao-chi-so-12-ban-cuoi.docx"
    assert inspected.original_name == "Thông cáo báo chí số 12 (bản cuối).DOCX"


def test_a_number_at_the_end_of_a_name_is_no_extension():
    inspected = taken(samples.pdf(), "Quyết định 12.2026")

    assert (inspected.filename, inspected.original_name) == (
        "quyet-dinh-12-2026.pdf",
        "Quyết định 12.2026.pdf",
    )


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "..\\..\\x.txt", "x\r\nSet-Cookie: a=b.txt", '".txt', "\u202efdp.txt"]
)
def test_a_hostile_name_becomes_a_harmless_one(name):
    file = samples.uploaded(b"plain", "x.txt")
    file._name = name  # what a browser would send, before Django cleans it

    inspected = inspect(file)

    assert not set(inspected.filename) & set('/\\"\r\n\u202e')
    assert not set(inspected.original_name) & set("/\\\r\n\u202e")


@pytest.mark.parametrize(
    "hidden",
    [
        b"<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        b"<< /Type /Catalog /OpenAction << /S /J#61va#53cript /JS (app.alert(1)) >> >>",
        b"<< /Type /Catalog /OpenAction << /S /Launch /F (cmd.exe) >> >>",
        b"<< /Type /Catalog /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /Type /Catalog /Encrypt 9 0 R >>",
    ],
)
def test_a_pdf_that_runs_or_hides_something_is_refused(hidden):
    with pytest.raises(Refused):
        taken(samples.pdf(hidden), "x.pdf")
    with pytest.raises(Refused):
        taken(samples.pdf(extra=samples.object_stream(hidden)), "x.pdf")


def test_objects_are_looked_for_where_the_dictionary_does_not_admit_them():
    misleading = samples.object_stream(b"<< /S /JavaScript >>", padding=b" " * 5000)

    with pytest.raises(Refused, match="JavaScript"):
        taken(samples.pdf(extra=misleading), "x.pdf")


def test_objects_packed_in_an_unknown_way_are_refused():
    with pytest.raises(Refused):
        taken(
            samples.pdf(
                extra=samples.object_stream(b"<< >>", filters=b"/Filter [/ASCII85Decode /FlateDecode]")
            ),
            "x.pdf",
        )


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>" + samples.pdf(),
        samples.pdf().replace(b"%\xe2\xe3\xcf\xd3", b"%<script>alert(1)</script>"),
        samples.pdf() + b"<script>alert(1)</script>",
        samples.pdf() + samples.archive({"a.txt": "x"}),
        samples.pdf()[:-6],
        b"MZ\x90" + samples.pdf(),
    ],
)
def test_a_pdf_with_something_before_or_behind_it_is_refused(content):
    with pytest.raises(Refused):
        taken(content, "x.pdf")


@pytest.mark.parametrize(
    "content",
    [
        samples.docx(**{"word/vbaProject.bin": b"macro"}),
        samples.office("xl/workbook.xml", **{"xl/vbaProject.bin": b"macro"}),
        samples.archive(
            {
                "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
                "word/document.xml": "<x/>",
            }
        ),
        samples.docx(**{"word/activeX/activeX1.xml": b"x"}),
        samples.docx(**{"word/embeddings/b.xlsm": b"x"}),
        samples.open_document("text", **{"Basic/Standard/Module1.xml": "x"}),
        samples.open_document("text", **{"Scripts/python/x.py": "x"}),
    ],
)
def test_a_document_with_macros_is_refused(content):
    with pytest.raises(Refused):
        taken(content, "x.docx")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (samples.archive({"a.txt": "x"}), "a.zip"),
        (samples.archive({"a.txt": "x"}), "a.docx"),
        (samples.archive({"META-INF/MANIFEST.MF": "x", "A.class": "x"}), "a.docx"),
        (samples.open_document("graphics"), "a.odg"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc"),
        (b"{\\rtf1 x}", "a.rtf"),
        (b"MZ\x90\0" + b"\0" * 100, "a.exe"),
        (b"#!/bin/sh\n", "a.sh"),
        (b"<!DOCTYPE html><p>x", "a.html"),
        (b"<html><script>alert(1)</script>", "a.txt"),
        (b"\0\0\0\x20ftypisom" + b"\0" * 100, "a.mp4"),
    ],
)
def test_what_is_not_allowed_is_refused_in_words_that_help(content, name):
    with pytest.raises(Refused) as refusal:
        taken(content, name)
    assert len(str(refusal.value)) > 30


def test_a_document_that_swells_is_refused():
    with pytest.raises(Refused):
        taken(samples.docx(**{"word/media/bomb.xml": b"\0" * 20_000_000}), "x.docx")


def test_a_document_of_more_than_the_limit_unpacked_is_refused():
    noise = random.Random(1).randbytes(
        20_000
    )  # compresses about fiftyfold when it is repeated: under the ratio
    entries = {f"word/media/{number}.xml": (noise + b"\0" * 980_000) for number in range(220)}

    with pytest.raises(Refused, match="200 MB"):
        taken(samples.docx(**entries), "x.docx")


def test_a_damaged_document_is_refused():
    content = bytearray(
        samples.archive({"[Content_Types].xml": "x", "word/document.xml": "y" * 500}, zipfile.ZIP_STORED)
    )
    content[content.index(b"yyy")] ^= 1

    with pytest.raises(Refused):
        taken(bytes(content), "x.docx")


@pytest.mark.parametrize("tail", [b"<script>alert(1)</script>", b"\0"])
def test_a_document_with_something_behind_it_is_refused(tail):
    with pytest.raises(Refused):
        taken(samples.docx() + tail, "x.docx")


@pytest.mark.parametrize(
    "content", ["Tiếng Việt".encode("utf-16"), "Ti\xeang".encode("latin-1"), b"a\0b", b"a\x1bb"]
)
def test_text_that_is_not_plain_utf8_is_refused(content):
    with pytest.raises(Refused):
        taken(content, "x.txt")


def test_an_empty_file_is_refused():
    with pytest.raises(Refused):
        taken(b"", "x.txt")


def test_a_file_heavier_than_the_limit_is_refused():
    with pytest.raises(Refused, match="20 MB"):
        taken(b"x" * (20 * 1024 * 1024 + 1), "x.txt")
