"""A drawing surface of 1600 x 1067 units, painted at twice that size and sampled down."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
OVERSAMPLING = 2
JPEG_QUALITY = 82
GRAIN_TILE = 400
GRAIN_STRENGTH = 5

Point = tuple[float, float]
Colour = tuple[int, int, int]

INDIGO: Colour = (0x1B, 0x2A, 0x4E)
RED: Colour = (0xB3, 0x26, 0x1E)
OCHRE: Colour = (0xC9, 0x8A, 0x1B)
TEAL: Colour = (0x2F, 0x6F, 0x73)
PAPER: Colour = (0xF3, 0xEE, 0xE3)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour that is `share` (0..1) of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


NIGHT = mix(INDIGO, (0, 0, 0), 0.35)
DUSK = mix(INDIGO, TEAL, 0.45)
MIST = mix(TEAL, PAPER, 0.62)
SAND = mix(OCHRE, PAPER, 0.62)
ROSE = mix(RED, PAPER, 0.55)
SKIN = mix(OCHRE, PAPER, 0.45)


def wave(start: Point, end: Point, height: float, bends: float, phase: float = 0.0) -> list[Point]:
    """Points along the line from start to end, swaying by `height` through `bends` half-turns."""
    (x0, y0), (x1, y1) = start, end
    shares = [step / 120 for step in range(121)]
    return [
        (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share + height * math.sin(phase + share * bends * math.pi))
        for share in shares
    ]


def curve(start: Point, bend: Point, end: Point) -> list[Point]:
    """A quadratic curve from start to end, pulled towards `bend`."""
    shares = [step / 80 for step in range(81)]
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * (1 - t) * t * bend[0] + t**2 * end[0],
            (1 - t) ** 2 * start[1] + 2 * (1 - t) * t * bend[1] + t**2 * end[1],
        )
        for t in shares
    ]


class Canvas:
    """One picture being painted; all measures are in units of the finished picture."""

    def __init__(self, top: Colour, bottom: Colour, *, seed: int) -> None:
        size = (WIDTH * OVERSAMPLING, HEIGHT * OVERSAMPLING)
        self.chance = random.Random(seed)
        self.image = Image.new("RGB", size, top)
        self.image.paste(Image.new("RGB", size, bottom), mask=Image.linear_gradient("L").resize(size))
        self._pen = ImageDraw.Draw(self.image, "RGBA")

    def polygon(self, points: Iterable[Point], colour: Colour, *, alpha: float = 1.0) -> None:
        self._pen.polygon(_scaled(points), fill=_with(colour, alpha))

    def below(self, edge: Sequence[Point], colour: Colour, *, alpha: float = 1.0) -> None:
        """Fill everything under an edge that runs from left to right."""
        self.polygon([*edge, (edge[-1][0], HEIGHT), (edge[0][0], HEIGHT)], colour, alpha=alpha)

    def rectangle(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        colour: Colour,
        *,
        alpha: float = 1.0,
        radius: float = 0,
    ) -> None:
        box = _scaled([(x, y), (x + width, y + height)])
        self._pen.rounded_rectangle(box, radius=radius * OVERSAMPLING, fill=_with(colour, alpha))

    def disc(
        self, x: float, y: float, radius: float, colour: Colour, *, alpha: float = 1.0, squash: float = 1.0
    ) -> None:
        box = _scaled([(x - radius, y - radius * squash), (x + radius, y + radius * squash)])
        self._pen.ellipse(box, fill=_with(colour, alpha))

    def ring(
        self, x: float, y: float, radius: float, colour: Colour, *, width: float, alpha: float = 1.0
    ) -> None:
        self.arc(x, y, radius, 0, 360, colour, width=width, alpha=alpha)

    def arc(
        self,
        x: float,
        y: float,
        radius: float,
        start: float,
        end: float,
        colour: Colour,
        *,
        width: float,
        alpha: float = 1.0,
    ) -> None:
        """An arc in degrees, clockwise from three o'clock."""
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._pen.arc(box, start, end, fill=_with(colour, alpha), width=round(width * OVERSAMPLING))

    def slice(self, x: float, y: float, radius: float, start: float, end: float, colour: Colour) -> None:
        box = _scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._pen.pieslice(box, start, end, fill=_with(colour, 1.0))

    def line(self, points: Iterable[Point], colour: Colour, *, width: float, alpha: float = 1.0) -> None:
        self._pen.line(
            _scaled(points),
            fill=_with(colour, alpha),
            width=max(1, round(width * OVERSAMPLING)),
            joint="curve",
        )

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, *, strength: float, squash: float = 1.0
    ) -> None:
        """Light that fades outwards from a point."""
        size = (round(2 * radius * OVERSAMPLING), round(2 * radius * squash * OVERSAMPLING))
        fade = ImageChops.invert(Image.radial_gradient("L")).resize(size)
        # radial_gradient reaches 255 only in the corners: without the offset the square would show.
        mask = fade.point([max(0, value - 75) * strength * 255 / 180 for value in range(256)])
        corner = (round((x - radius) * OVERSAMPLING), round((y - radius * squash) * OVERSAMPLING))
        self.image.paste(Image.new("RGB", size, colour), corner, mask)

    def shade(self, points: Iterable[Point], colour: Colour, *, strength: float, blur: float) -> None:
        """A soft shape: a shadow, a shaft of light, a haze."""
        mask = Image.new("L", (WIDTH, HEIGHT), 0)
        ImageDraw.Draw(mask).polygon(list(points), fill=round(255 * strength))
        mask = mask.filter(ImageFilter.GaussianBlur(blur)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, colour), mask=mask)

    def fade(self, y: float, height: float, colour: Colour, *, strength: float) -> None:
        """A band of haze that thickens from nothing at y to `strength` at y + height."""
        size = (WIDTH * OVERSAMPLING, round(height * OVERSAMPLING))
        mask = Image.linear_gradient("L").resize(size).point([value * strength for value in range(256)])
        self.image.paste(Image.new("RGB", size, colour), (0, round(y * OVERSAMPLING)), mask)

    def save(self, path: Path) -> None:
        """Sample down, add paper grain and write the JPEG."""
        picture = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        tile = Image.frombytes("L", (GRAIN_TILE, GRAIN_TILE), self.chance.randbytes(GRAIN_TILE**2))
        tile = tile.filter(ImageFilter.GaussianBlur(0.8))
        grain = Image.new("L", (WIDTH, HEIGHT))
        for x in range(0, WIDTH, GRAIN_TILE):
            for y in range(0, HEIGHT, GRAIN_TILE):
                grain.paste(tile, (x, y))
        mid = 128
        lighter = grain.point([max(0, value - mid) * GRAIN_STRENGTH / mid for value in range(256)])
        darker = grain.point([max(0, mid - value) * GRAIN_STRENGTH / mid for value in range(256)])
        picture = ImageChops.add(picture, Image.merge("RGB", [lighter] * 3))
        picture = ImageChops.subtract(picture, Image.merge("RGB", [darker] * 3))
        picture.save(path, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)


def _scaled(points: Iterable[Point]) -> list[Point]:
    return [(x * OVERSAMPLING, y * OVERSAMPLING) for x, y in points]


def _with(colour: Colour, alpha: float) -> tuple[int, int, int, int]:
    return (*colour, round(255 * alpha))
