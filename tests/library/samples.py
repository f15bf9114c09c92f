"""Real bytes for the tests: pictures by Pillow, documents by zipfile, PDFs by hand."""

import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def uploaded(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def image(
    kind: str = "JPEG",
    size: tuple[int, int] = (64, 48),
    mode: str = "RGB",
    colour: Any = "#2f6f73",
    **options,
) -> bytes:
    written = BytesIO()
    Image.new(mode, size, colour).save(written, kind, **options)
    return written.getvalue()


def photograph(size: tuple[int, int] = (2000, 1500)) -> bytes:
    """A picture with something in it: a gradient, dark above and light below."""
    written = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(written, "JPEG", quality=90)
    return written.getvalue()


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is so large, with next to no pixels behind it."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [
            _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(b"\0" * 1000)),
            _chunk(b"IEND", b""),
        ]
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def archive(entries: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", packing) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return written.getvalue()


def docx(**more: bytes | str) -> bytes:
    return office("word/document.xml", **more)


def office(main: str, **more: bytes | str) -> bytes:
    types = f'<?xml version="1.0"?><Types><Override PartName="/{main}" ContentType="{WORD}"/></Types>'
    return archive({"[Content_Types].xml": types, main: "<document>Thông cáo</document>", **more})


def open_document(kind: str, **more: bytes | str) -> bytes:
    return archive(
        {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<office/>", **more}
    )


def pdf(catalogue: bytes = b"<< /Type /Catalog /Pages 2 0 R >>", extra: bytes = b"") -> bytes:
    return (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + catalogue + b"\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n"
        + extra
        + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )


def object_stream(content: bytes, filters: bytes = b"/Filter /FlateDecode", padding: bytes = b"") -> bytes:
    """PDF objects packed in a compressed stream, as every modern program writes them."""
    packed = zlib.compress(b"7 0 8 40 " + content)
    dictionary = b"<< /Type /ObjStm /N 2 /First 9 " + padding + filters + b" /Length %d >>" % len(packed)
    return b"5 0 obj\n" + dictionary + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
