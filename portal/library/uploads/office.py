"""Office documents are ZIP archives: of the right things inside, of bearable size, without macros."""

import re
import zipfile
from io import BytesIO

from django.utils.translation import gettext as _

from portal.library.refusal import Refused
from portal.library.uploads.recognition import say_allowed

MOST_UNPACKED = 200 * 1024 * 1024  # bytes
MOST_RATIO = 200  # unpacked to packed, of one entry of more than a megabyte
MOST_ENTRIES = 10_000
_END_OF_ARCHIVE = b"PK\x05\x06"
_END_LENGTH = 22  # bytes of the end record when no comment follows

MICROSOFT = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ".pptx",
    ),
}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ("application/vnd.oasis.opendocument.text", ".odt"),
    b"application/vnd.oasis.opendocument.spreadsheet": (
        "application/vnd.oasis.opendocument.spreadsheet",
        ".ods",
    ),
}
_PROGRAM = re.compile(
    r"(?:vbaproject\.bin|vbadata\.xml|\.(?:docm|dotm|xlsm|xlam|xltm|pptm|potm|exe|dll|js|vbs|bat|cmd|ps1|jar|scr))$"
    r"|(?:^|/)activex/|^(?:basic|scripts)/",
    re.IGNORECASE,
)


def recognises(uploaded: bytes) -> bool:
    return uploaded.startswith(b"PK\x03\x04")


def check(uploaded: bytes) -> tuple[str, str]:
    """The media type and extension. Raises `Refused`."""
    if uploaded[-_END_LENGTH : -_END_LENGTH + 4] != _END_OF_ARCHIVE:
        raise Refused(_("The document is incomplete, or something has been appended to it. Save it again."))
    try:
        with zipfile.ZipFile(BytesIO(uploaded)) as archive:
            entries = archive.infolist()
            _refuse_bomb(entries)
            recognised = _recognised(archive)
            _refuse_programs(archive, entries)
            intact = archive.testzip() is None
    except Refused:
        raise
    except Exception as problem:  # BadZipFile, zlib.error, EOFError …: a hostile archive chooses
        raise _damaged() from problem
    if not intact:
        raise _damaged()
    return recognised


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    """By the sizes the archive declares; an entry read afterwards cannot yield more than it declares."""
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > 1024 * 1024 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if unpacked > MOST_UNPACKED or swollen or len(entries) > MOST_ENTRIES:
        raise Refused(
            _("The document would take too much room when unpacked (at most %(megabytes)d MB).")
            % {"megabytes": MOST_UNPACKED // (1024 * 1024)}
        )


def _recognised(archive: zipfile.ZipFile) -> tuple[str, str]:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        for marker, recognised in MICROSOFT.items():
            if marker in names:
                return recognised
    if "mimetype" in names and "content.xml" in names:
        declared = archive.read("mimetype").strip()
        if declared in OPEN_DOCUMENT:
            return OPEN_DOCUMENT[declared]
    raise Refused(
        _("ZIP archives and programs are not accepted: upload the files one by one. %(allowed)s")
        % {"allowed": say_allowed()}
    )


def _refuse_programs(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.namelist() else b""
    if b"macroEnabled" in types or any(_PROGRAM.search(entry.filename) for entry in entries):
        raise Refused(
            _("The document contains macros or programs. Save it without them and upload it again.")
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused(_("The document is protected by a password. Save it without a password."))
    if any(entry.filename.startswith("/") or ".." in entry.filename.split("/") for entry in entries):
        raise _damaged()


def _damaged() -> Refused:
    return Refused(_("The document is damaged and cannot be read. Save it again and upload it anew."))
