"""What may come into the library: a file is judged by its bytes; name and declared type prove nothing."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files import File
from django.utils.translation import gettext as _

from portal.languages.folding import normalise
from portal.languages.slugs import filename as plain_filename
from portal.library.refusal import Refused as Refused
from portal.library.uploads import images, office, pdf, text
from portal.library.uploads.recognition import refuse_by_name, say_allowed

FILE_BYTES = 20 * 1024 * 1024
IMAGE_BYTES = 15 * 1024 * 1024
RESERVED_NAMES = {"card.jpg"}  # addresses of renditions, which stand beside the original's
SAME_TYPE = {".jpeg": ".jpg", ".jpe": ".jpg"}
_EXTENSION = re.compile(r"\.(?=\w*[A-Za-z])[A-Za-z0-9]{1,8}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that may be kept. `content` is what is stored: pictures are drawn anew, documents are unchanged.

    `filename` is plain ASCII with the extension the content deserves, `original_name` the uploader's own name
    with its diacritics; `sha256` is of the bytes as they were uploaded; `width` and `height` are pixels, None
    for files.
    """

    kind: str
    media_type: str
    filename: str
    original_name: str
    width: int | None
    height: int | None
    sha256: str
    content: bytes


def inspect(file: File) -> Inspected:
    """Judge an uploaded file. Raises `Refused` with a sentence saying what is wrong and what is allowed."""
    uploaded = _read(file)
    name = file.name or ""
    sha256 = hashlib.sha256(uploaded).hexdigest()
    if images.recognises(uploaded):
        _refuse_heavy(uploaded, IMAGE_BYTES, _("A picture may have at most %(megabytes)d MB."))
        picture = images.redraw(uploaded)
        return Inspected(
            kind="image",
            media_type=picture.media_type,
            filename=_stored_name(name, picture.extension),
            original_name=_spoken_name(name, picture.extension),
            width=picture.width,
            height=picture.height,
            sha256=sha256,
            content=picture.content,
        )
    media_type, extension = _recognise_document(uploaded, name)
    return Inspected(
        kind="file",
        media_type=media_type,
        filename=_stored_name(name, extension),
        original_name=_spoken_name(name, extension),
        width=None,
        height=None,
        sha256=sha256,
        content=uploaded,
    )


def _read(file: File) -> bytes:
    """The whole file, or a refusal before more than the limit is in memory."""
    file.seek(0)
    uploaded = file.read(FILE_BYTES + 1)
    if not uploaded:
        raise Refused(_("The file is empty."))
    _refuse_heavy(uploaded, FILE_BYTES, _("A file may have at most %(megabytes)d MB."))
    return uploaded


def _refuse_heavy(uploaded: bytes, limit: int, reason: str) -> None:
    if len(uploaded) > limit:
        raise Refused(reason % {"megabytes": limit // (1024 * 1024)})


def _recognise_document(uploaded: bytes, name: str) -> tuple[str, str]:
    """The media type and extension of a document that may be kept; refuses everything else."""
    if pdf.recognises(uploaded):
        return pdf.check(uploaded)
    if office.recognises(uploaded):
        return office.check(uploaded)
    refuse_by_name(uploaded)
    if text.recognises(name):
        return text.check(uploaded, name)
    raise Refused(_("Files of this type are not accepted. %(allowed)s") % {"allowed": say_allowed()})


def _stored_name(name: str, extension: str) -> str:
    stored = PurePosixPath(plain_filename(name))
    stem = stored.stem if stored.suffix else stored.name
    return f"{stem}-1{extension}" if f"{stem}{extension}" in RESERVED_NAMES else f"{stem}{extension}"


def _spoken_name(name: str, extension: str) -> str:
    """The uploader's own name, without folders and control characters; only a wrong extension is changed."""
    last = normalise(name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    typed = _EXTENSION.search(printable)
    stem = printable[: typed.start()] if typed else printable
    said = typed[0] if typed and SAME_TYPE.get(typed[0].lower(), typed[0].lower()) == extension else extension
    return f"{stem[:190].strip() or 'file'}{said}"
