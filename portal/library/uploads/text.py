"""Plain text and tables of plain text: UTF-8, and nothing a browser could mistake for a page."""

import re
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from portal.library.refusal import Refused
from portal.library.uploads.recognition import begins_with_markup

TYPES = {".csv": "text/csv", ".txt": "text/plain"}
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def recognises(name: str) -> bool:
    """Text has no signature: here alone the name is asked, and the bytes must then bear it out."""
    return _extension(name) in TYPES


def check(uploaded: bytes, name: str) -> tuple[str, str]:
    """The media type and extension. Raises `Refused`."""
    try:
        written = uploaded.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused(
            _("The text is not in UTF-8. In the program that wrote it, choose “Save as… UTF-8”.")
        ) from problem
    if _BINARY.search(written) or begins_with_markup(uploaded):
        raise Refused(_("The file is not plain text, although its name says so."))
    return TYPES[_extension(name)], _extension(name)


def _extension(name: str) -> str:
    return PurePosixPath(name.strip().lower()).suffix
