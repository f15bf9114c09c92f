"""Pictures: measured by their header before a pixel is decoded, then drawn anew: nothing else comes along."""

import struct
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from portal.library.refusal import Refused

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000
READ = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_SRGB = ImageCms.createProfile("sRGB")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: RGB as JPEG or RGB(A) as PNG, upright, sRGB, without any metadata. Pixels."""

    content: bytes
    media_type: str
    extension: str
    width: int
    height: int


def recognises(uploaded: bytes) -> bool:
    """Do the first bytes claim to be a picture of an allowed type?"""
    return (
        uploaded.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a"))
        or (uploaded[:4] == b"RIFF" and uploaded[8:12] == b"WEBP")
        or (uploaded[4:8] == b"ftyp" and uploaded[8:12] in {b"avif", b"avis"})
        or (uploaded[4:8] == b"ftyp" and b"avif" in uploaded[16 : _box_length(uploaded)])
    )


def redraw(uploaded: bytes) -> Picture:
    """The same picture with nothing but its pixels (of a moving one, the first). Raises `Refused`.

    Photographs (JPEG, and WebP or AVIF without transparency) become JPEG, everything else PNG: a journalist
    who downloads the original can open either anywhere.
    """
    source = _measured(uploaded)
    came_as = source.format
    try:
        drawn = _in_srgb(ImageOps.exif_transpose(source))
    except Exception as problem:  # a decoder may raise anything on bytes made to break it
        raise _broken() from problem
    photograph = drawn.mode == "RGB" and came_as not in {"PNG", "GIF"}
    written = BytesIO()
    if photograph:
        drawn.save(written, "JPEG", quality=90, progressive=True, optimize=True)
        return Picture(written.getvalue(), "image/jpeg", ".jpg", *drawn.size)
    drawn.save(written, "PNG")
    return Picture(written.getvalue(), "image/png", ".png", *drawn.size)


def _measured(uploaded: bytes) -> Image.Image:
    """The picture with its header read and found of bearable size; no pixel is decoded yet."""
    try:
        source = Image.open(BytesIO(uploaded), formats=READ)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise _too_large() from problem
    except Exception as problem:
        raise _broken() from problem
    width, height = source.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise _too_large()
    return source


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB, or RGBA where something is transparent; in sRGB whatever the profile was; metadata gone."""
    picture.load()
    profile = picture.info.get("icc_profile")
    transparent = picture.has_transparency_data
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda level: level / 256).convert("L")
    if picture.mode in {"P", "PA", "LA", "La", "1", "I", "F"} or transparent:
        picture = picture.convert("RGBA" if transparent else "RGB")
    if profile:
        picture = _converted(picture, profile)
    drawn = picture.convert("RGBA" if transparent else "RGB")
    drawn.info = {}
    return drawn


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours brought from the profile to sRGB; a broken or ill-fitting profile is left out of account."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, _SRGB, outputMode=mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _box_length(uploaded: bytes) -> int:
    """The length in bytes of the first box of an ISO media file, never more than 64."""
    return min(struct.unpack(">I", uploaded[:4])[0], 64)


def _broken() -> Refused:
    return Refused(_("The picture is damaged or incomplete. Save it again and upload it anew."))


def _too_large() -> Refused:
    return Refused(
        _("The picture is too large: at most %(millions)d million pixels, and %(side)s pixels on a side.")
        % {"millions": MOST_PIXELS // 1_000_000, "side": LONGEST_SIDE}
    )
