"""The pictures of a sheet: each cut to its place and collected, with the words that stand beside it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from portal import printing

Placed = dict[str, Any]  # a picture where it stands: image, caption, credit

MARK = settings.BASE_DIR / "static" / "portal" / "icons" / "mark.svg"


class Pictures:
    """What a sheet places; `files` are those drawn so far, by the name its template finds them under."""

    def __init__(self, placed: Iterable[Placed]) -> None:
        self.assets = printing.images(uuid for each in placed if (uuid := asset_of(each)))
        self.files: dict[str, bytes] = {"mark.svg": MARK.read_bytes()}

    def drawn(
        self, placed: Placed | None, *, longest: int, shape: float | None = None
    ) -> dict[str, Any] | None:
        """The picture and the words about it; `file` is None where the picture has gone missing."""
        if not placed or not placed.get("image"):
            return None
        return {
            "file": self._file(placed["image"], longest, shape),
            "alt": placed["image"].get("alt") or "",
            "caption": placed.get("caption") or "",
            "credit": placed.get("credit") or "",
            "focus": focus_of(placed["image"]),
        }

    def _file(self, image: dict[str, Any], longest: int, shape: float | None) -> str | None:
        asset = self.assets.get(str(image.get("asset")))
        if asset is None:
            return None
        name = f"{asset.uuid}-{longest}-{round((shape or 0) * 1000)}.jpg"
        if name not in self.files:
            made = printing.jpeg(asset, longest=longest, shape=shape, focus=focus_of(image))
            if made is None:
                return None
            self.files[name] = made
        return name


def asset_of(placed: Placed) -> str:
    return str((placed.get("image") or {}).get("asset") or "")


def shape_of(placed: Placed | None) -> float:
    """Width divided by height; of what is not known, that of most photographs."""
    image = (placed or {}).get("image") or {}
    return (image.get("width") or 3) / (image.get("height") or 2)


def focus_of(image: dict[str, Any]) -> tuple[float, float]:
    """The focal point as shares of width and height."""
    return _share(image.get("focal_x")), _share(image.get("focal_y"))


def _share(written: Any) -> float:
    return min(max(float(written), 0.0), 1.0) if isinstance(written, int | float) else 0.5
