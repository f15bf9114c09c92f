"""What is allowed, in words, and the kinds of file people try most that are not, each with its way out."""

import re

from django.utils.translation import gettext as _

from portal.library.refusal import Refused

_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|script|svg|\?xml|\?php|iframe)\b", re.IGNORECASE)
_SVG = re.compile(rb"<(?:\w+:)?svg\b", re.IGNORECASE)
_START = 4096  # bytes in which browsers look for markup, and some more


def say_allowed() -> str:
    """One sentence with every kind of file the library takes."""
    return _(
        "Allowed are pictures (JPEG, PNG, WebP, GIF, AVIF) "
        "and documents (PDF, DOCX, XLSX, PPTX, ODT, ODS, CSV, TXT)."
    )


def begins_with_markup(uploaded: bytes) -> bool:
    """Would a browser that guesses take these bytes for a page or a drawing?"""
    return bool(_MARKUP.search(uploaded[:_START]))


def refuse_by_name(uploaded: bytes) -> None:
    """Refuse what is recognised and not allowed, in words that name it."""
    start = uploaded[:_START]
    if _SVG.search(start):
        raise Refused(
            _("SVG drawings are not accepted, because they may carry programs. Save the drawing as PNG.")
        )
    if begins_with_markup(uploaded):
        raise Refused(_("Web pages and XML are not accepted. %(allowed)s") % {"allowed": say_allowed()})
    if start[4:8] == b"ftyp" and start[8:12] in {b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1"}:
        raise Refused(_("HEIC pictures (from telephones) cannot be read here. Save the picture as JPEG."))
    if start[:4] in {b"II*\x00", b"MM\x00*"} or start[:2] == b"BM":
        raise Refused(_("TIFF and BMP pictures are not accepted. Save the picture as JPEG or PNG."))
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(
            _(
                "Old or password-protected Office files cannot be checked for macros. "
                "Save the document without a password as DOCX, XLSX or PPTX."
            )
        )
    if start.startswith(b"{\\rtf"):
        raise Refused(_("RTF documents are not accepted. Save the document as DOCX or PDF."))
