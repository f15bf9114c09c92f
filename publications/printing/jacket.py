"""The face an e-book shows on a shelf: name, quarter and picture, drawn with the faces of the printed issue."""

import io

from PIL import Image, ImageDraw, ImageFont

from portal import printing
from portal.library.models import Asset
from publications.printing import imprint
from publications.printing.imprint import Issue

SIZE = (1000, 1420)
MARGIN = 84
INK, ACCENT, PAPER = "#1c1e3c", "#a3161c", "#ffffff"
_DISPLAY, _SANS = "NewsreaderDisplay-Medium.ttf", "BeVietnamPro-SemiBold.ttf"


def jacket(issue: Issue, language: str, asset: Asset | None, focus: tuple[float, float]) -> bytes:
    """A JPEG of 1000 × 1420 pixels; without a picture its place is a plain field."""
    drawn = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((MARGIN, 150, SIZE[0] - MARGIN, 158), fill=INK)
    _line(pen, issue.get("publisher") or "", at=98, size=22)
    lines, size = _fitted(imprint.name_of(issue))
    for number, line in enumerate(lines):
        _line(pen, line, at=196 + number * round(size * 1.16), size=size, face=_DISPLAY)
    below = 196 + len(lines) * round(size * 1.16) + 40
    _line(pen, imprint.period(issue, language), at=below, size=30, colour=ACCENT)
    room = (MARGIN, below + 90, SIZE[0] - MARGIN, SIZE[1] - MARGIN)
    wide, high = room[2] - room[0], room[3] - room[1]
    picture = printing.jpeg(asset, longest=1600, shape=wide / high, focus=focus) if asset else None
    if picture:
        drawn.paste(Image.open(io.BytesIO(picture)).resize((wide, high), Image.Resampling.LANCZOS), room[:2])
    else:
        pen.rectangle(room, fill=INK)
    written = io.BytesIO()
    drawn.save(written, "JPEG", quality=86, optimize=True)
    return written.getvalue()


def _line(
    pen: ImageDraw.ImageDraw, text: str, *, at: int, size: int, face: str = _SANS, colour: str = INK
) -> None:
    pen.text((MARGIN, at), text, font=_font(face, size), fill=colour)


def _fitted(name: str) -> tuple[list[str], int]:
    """The name in at most three lines, as large as that allows."""
    for size in (112, 96, 82, 70, 58, 48):
        lines = _broken(name, _font(_DISPLAY, size))
        if len(lines) <= 3:
            return lines, size
    return lines[:3], size


def _broken(name: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= SIZE[0] - 2 * MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(printing.FONTS / face, size, layout_engine=ImageFont.Layout.BASIC)
