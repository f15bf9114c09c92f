"""PDF documents: whole, nothing before or behind, nothing that runs, nothing packed inside.

The forbidden names are those of actions and embedded files in ISO 32000-1, 7.11.4, 12.6.4 and 13.6.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

from django.utils.translation import gettext as _

from portal.library.refusal import Refused
from portal.library.uploads.recognition import begins_with_markup

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of all streams that may hold objects
_PIECE = 16 * 1024  # bytes inflated at a time: the rest of a large file is not copied for every stream in it
_RUNS = re.compile(rb"/(?:JavaScript|Launch|RichMedia)\b")
_EMBEDS = re.compile(rb"/EmbeddedFiles?\b")
_HEADER = re.compile(rb"%PDF-[12]\.\d")
_STREAM = re.compile(rb"\bstream\r?\n")
_OBJECT_TABLE = re.compile(rb"\s*\d+\s+\d+\s")  # an object stream begins with numbers and places
_PLAINLY_DEFLATED = re.compile(rb"\A(?!.*/DecodeParms).*/Filter\s*\[?\s*/FlateDecode\s*[]/>]", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def recognises(uploaded: bytes) -> bool:
    """Does anything near the beginning claim to be a PDF? (Readers forgive rubbish before it; we do not.)"""
    return b"%PDF-" in uploaded[:1024]


def check(uploaded: bytes) -> tuple[str, str]:
    """The media type and extension. Raises `Refused`."""
    if not _HEADER.match(uploaded) or begins_with_markup(uploaded[:1024]):
        raise Refused(_("The file is not a proper PDF: something stands before the document in it."))
    if not uploaded.rstrip(b"\0 \t\r\n\f").endswith(b"%%EOF") or zipfile.is_zipfile(BytesIO(uploaded)):
        raise Refused(_("The PDF is incomplete, or something has been appended to it. Export it again."))
    for part in _readable_parts(uploaded):
        _refuse_forbidden(part)
    return "application/pdf", ".pdf"


def _refuse_forbidden(part: bytes) -> None:
    if b"/Encrypt" in part:
        raise Refused(_("The PDF is protected by a password or restrictions. Export it without protection."))
    if _RUNS.search(part):
        raise Refused(
            _("The PDF contains programs (JavaScript, commands or players). Print it to a new PDF first.")
        )
    if _EMBEDS.search(part):
        raise Refused(_("The PDF has other files packed inside. Upload those files one by one beside it."))


def _readable_parts(uploaded: bytes) -> Iterator[bytes]:
    """Every text in which a PDF reader looks for objects, with the names' #-escapes resolved."""
    yield _unescaped(uploaded)
    budget = MOST_UNPACKED
    for stream in _STREAM.finditer(uploaded):
        said = _unescaped(uploaded[max(0, stream.start() - 1024) : stream.start()].rpartition(b"obj")[2])
        if b"/ObjStm" in said and b"/Filter" in said and not _PLAINLY_DEFLATED.search(said):
            raise _unreadable()
        # Judged by what is in it: a dictionary made to mislead may say anything, or stand further away.
        if _OBJECT_TABLE.match(_inflated(uploaded, stream.end(), 64)):
            unpacked = _inflated(uploaded, stream.end(), budget + 1)
            budget -= len(unpacked)
            if budget < 0:
                raise _unreadable()
            yield _unescaped(unpacked)


def _inflated(uploaded: bytes, start: int, most: int) -> bytes:
    """At most so many bytes (more than none) of a deflated stream; as far as it goes when it is damaged."""
    inflater = zlib.decompressobj()
    inflated = bytearray()
    with suppress(zlib.error):
        for at in range(start, len(uploaded), _PIECE):
            inflated += inflater.decompress(uploaded[at : at + _PIECE], most - len(inflated))
            if inflater.eof or len(inflated) >= most:
                break
    return bytes(inflated)


def _unescaped(part: bytes) -> bytes:
    return _ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), part)


def _unreadable() -> Refused:
    return Refused(_("The PDF is packed in a way that cannot be checked. Print it to a new PDF first."))
