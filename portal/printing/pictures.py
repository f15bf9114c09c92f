"""Pictures of the library as they are printed and packed: plain JPEGs, no larger than needed."""

import io
import logging
from collections.abc import Iterable
from uuid import UUID

from PIL import Image, ImageOps

from portal.library.models import Asset

_QUALITY = 86
log = logging.getLogger(__name__)


def images(uuids: Iterable[str | UUID]) -> dict[str, Asset]:
    """The pictures of the library among these, by their uuid. What is not one, or is gone, is left out."""
    known = {each for uuid in uuids if (each := _uuid(uuid))}
    return {str(asset.uuid): asset for asset in Asset.objects.images().filter(uuid__in=known)}


def _uuid(written: str | UUID) -> UUID | None:
    try:
        return UUID(str(written))
    except ValueError:
        return None


def jpeg(
    asset: Asset,
    *,
    longest: int,
    shape: float | None = None,
    focus: tuple[float, float] | None = None,
) -> bytes | None:
    """The picture with no side longer than so many pixels; None when it cannot be read.

    With a `shape` (width divided by height) it is cut to it around its focal point, or around `focus`.
    """
    try:
        with asset.original.storage.open(asset.original.name, "rb") as stored:
            picture = Image.open(stored)
            picture.draft("RGB", (longest * 2, longest * 2))
            picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        log.warning("picture %s cannot be read: %s", asset.uuid, problem)
        return None
    if shape:
        centre = focus or (asset.focal_x, asset.focal_y)
        size = _within(longest, _cut(picture.size, shape))
        picture = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=centre)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    written = io.BytesIO()
    _on_white(picture).save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _cut(size: tuple[int, int], shape: float) -> tuple[int, int]:
    wide, high = size
    return (max(1, min(wide, round(high * shape))), max(1, min(high, round(wide / shape))))


def _within(longest: int, size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1, longest / max(size))
    return (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))


def _on_white(picture: Image.Image) -> Image.Image:
    """RGB, whatever it was; what was transparent is paper."""
    if picture.mode in {"RGB", "L"}:
        return picture
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    drawn = picture.convert("RGBA")
    white = Image.new("RGB", drawn.size, "white")
    white.paste(drawn, mask=drawn.getchannel("A"))
    return white
