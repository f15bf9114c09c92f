"""The sizes a picture is served in: WebP and AVIF in up to six widths, and one card for social networks.

They lie under MEDIA_ROOT/renditions/<first two hex digits>/<uuid>/<width>.<extension> and can be made anew at
any time. A file appears there whole or not at all, so any number of workers may make the same one at once.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from portal.library.models import Asset

WIDTHS = (320, 480, 640, 960, 1280, 1600)
EXTENSIONS = ("avif", "webp")
CARD = "card.jpg"
CARD_SIZE = (1200, 630)
_WRITING = {
    "webp": {"format": "WEBP", "quality": 78, "method": 4},
    "avif": {"format": "AVIF", "quality": 55, "speed": 8},
}


def folder(asset: Asset) -> Path:
    return Path(settings.MEDIA_ROOT) / "renditions" / asset.uuid.hex[:2] / str(asset.uuid)


def widths(native: int) -> dict[int, int]:
    """The nominal widths made of a picture so many pixels wide, with their real ones: nothing is enlarged.

    500 gives {320: 320, 480: 480, 640: 500}.
    """
    smaller = [width for width in WIDTHS if width < native]
    sizes = {width: width for width in smaller}
    if len(smaller) < len(WIDTHS):
        sizes[WIDTHS[len(smaller)]] = native
    return sizes


def fitting(native: int, wanted: int) -> int:
    """The nominal width to serve where `wanted` pixels are asked for: the next larger one, or the largest."""
    made = widths(native)
    return next((width for width in made if width >= wanted), max(made))


def rendition(asset: Asset, width: int, extension: str) -> Path:
    """Where a rendition lies, made or not."""
    return folder(asset) / f"{width}.{extension}"


def card(asset: Asset) -> Path:
    """Where the card lies, made or not."""
    return folder(asset) / CARD


def make_all(asset: Asset) -> None:
    """Make every rendition that is not there. Raises OSError and what Pillow raises for a broken original."""
    largest_first = sorted(widths(asset.width).items(), reverse=True)
    with _original(asset) as original:
        make_card(asset, original)
        narrowed: Image.Image = original
        for width, pixels in largest_first:
            narrowed = _narrowed(narrowed, pixels)
            for extension in EXTENSIONS:
                if not rendition(asset, width, extension).exists():
                    _write(narrowed, rendition(asset, width, extension), **_WRITING[extension])


def make_webp(asset: Asset, width: int) -> Path:
    """Make one WebP rendition now, for a reader who came before the task did."""
    path = rendition(asset, width, "webp")
    with _original(asset) as picture:
        _write(_narrowed(picture, widths(asset.width)[width]), path, **_WRITING["webp"])
    return path


def make_card(asset: Asset, picture: Image.Image | None = None) -> Path:
    """Make the JPEG of 1200 × 630 pixels (less of a smaller picture) cut around the focal point."""
    if picture is None:
        with _original(asset) as opened:
            return make_card(asset, opened)
    wide, high = CARD_SIZE
    scale = min(1, picture.width / wide, picture.height / high)
    size = (max(1, round(wide * scale)), max(1, round(high * scale)))
    cut = ImageOps.fit(picture, size, Image.Resampling.LANCZOS, centering=(asset.focal_x, asset.focal_y))
    _write(_on_white(cut), card(asset), format="JPEG", quality=82, progressive=True, optimize=True)
    return card(asset)


def forget(asset_folder: Path) -> None:
    """Delete the folder of an asset's renditions."""
    shutil.rmtree(asset_folder, ignore_errors=True)


def forget_card(asset: Asset) -> None:
    """Delete the card, because the focal point has moved."""
    card(asset).unlink(missing_ok=True)


def _original(asset: Asset) -> Image.Image:
    """The stored picture; it was measured and drawn anew when it came in, so its size is trusted."""
    with asset.original.storage.open(asset.original.name, "rb") as stored:
        picture = Image.open(stored)
        picture.load()
    return picture


def _narrowed(picture: Image.Image, pixels: int) -> Image.Image:
    if picture.width <= pixels:
        return picture
    height = max(1, round(picture.height * pixels / picture.width))
    return picture.resize((pixels, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    return white


def _write(picture: Image.Image, path: Path, **options: object) -> None:
    """Write a picture under another name and give it its own when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    try:
        with os.fdopen(number, "wb") as written:
            picture.save(written, **options)
        os.chmod(temporary, settings.FILE_UPLOAD_PERMISSIONS)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
