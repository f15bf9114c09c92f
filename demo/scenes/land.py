"""Land under the sky: terraces, fields, a hill with kites."""

from __future__ import annotations

from .canvas import (
    INDIGO,
    NIGHT,
    OCHRE,
    PAPER,
    RED,
    SAND,
    TEAL,
    WIDTH,
    Canvas,
    Colour,
    Point,
    curve,
    mix,
    wave,
)


def terraces() -> Canvas:
    canvas = Canvas(mix(SAND, PAPER, 0.4), mix(OCHRE, PAPER, 0.35), seed=1)
    canvas.glow(1180, 270, 520, PAPER, strength=0.9)
    canvas.disc(1180, 270, 74, mix(OCHRE, PAPER, 0.75))
    canvas.below(wave((0, 400), (WIDTH, 330), 70, 2.6, 0.6), mix(TEAL, PAPER, 0.68))
    canvas.below(wave((0, 470), (WIDTH, 440), 60, 3.4, 2.2), mix(TEAL, PAPER, 0.48))
    canvas.fade(330, 230, SAND, strength=0.35)
    greens = [mix(TEAL, OCHRE, share) for share in (0.75, 0.5, 0.3, 0.12)]
    for level in range(13):
        rise = 505 + level * 26 + level**2 * 1.9
        edge = wave(
            (0, rise + 30), (WIDTH, rise - 46), 22 + level * 3.2, 2.4 + level * 0.13, 0.9 + level * 0.27
        )
        field = mix(greens[level % 4], INDIGO, level * 0.022)
        canvas.below(edge, field)
        lip = [(x, y + 5) for x, y in edge]
        canvas.line(lip, mix(PAPER, OCHRE, 0.2), width=2 + level * 0.25, alpha=0.75)
        canvas.below([(x, y + 12 + level * 1.6) for x, y in edge], INDIGO, alpha=0.07)
    return canvas


def kites() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.55), mix(SAND, PAPER, 0.5), seed=3)
    canvas.glow(300, 760, 700, mix(OCHRE, PAPER, 0.55), strength=0.85)
    for x, y, size in ((250, 190, 1.2), (760, 120, 0.8), (1330, 330, 1.0)):
        _cloud(canvas, x, y, size)
    canvas.below(wave((0, 800), (WIDTH, 770), 34, 2.2, 0.4), mix(TEAL, PAPER, 0.4))
    canvas.below(wave((0, 860), (WIDTH, 850), 22, 1.6, 2.0), mix(TEAL, INDIGO, 0.15))
    canvas.below(wave((0, 950), (WIDTH, 905), 16, 1.8, 1.1), mix(TEAL, INDIGO, 0.5))
    flights = [
        (420, 300, 1.7, RED, 473, 860),
        (900, 205, 1.25, OCHRE, 757, 852),
        (1245, 420, 1.0, INDIGO, 1045, 863),
    ]
    for x, y, size, colour, hand_x, hand_y in flights:
        canvas.line(
            curve((x, y), (x + 90, (y + hand_y) / 2 + 90), (hand_x, hand_y)), PAPER, width=2, alpha=0.9
        )
        _kite(canvas, x, y, size, colour)
    for x, y, size, colour in ((440, 925, 1.5, RED), (726, 912, 1.4, INDIGO), (1015, 922, 1.35, OCHRE)):
        _child(canvas, x, y, size, colour)
    _bicycle(canvas, 1270, 905)
    return canvas


def _cloud(canvas: Canvas, x: float, y: float, size: float) -> None:
    for dx, width, dy in ((-120, 250, 0), (-60, 210, -26), (10, 190, 24)):
        canvas.rectangle(
            x + dx * size, y + dy * size, width * size, 30 * size, PAPER, alpha=0.55, radius=15 * size
        )


def _kite(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """A diamond kite with a ribbon tail; (x, y) is where the string is tied."""
    top, right, foot, left = (
        (x + 14 * size, y - 96 * size),
        (x + 78 * size, y - 12 * size),
        (x - 26 * size, y + 108 * size),
        (x - 74 * size, y - 34 * size),
    )
    canvas.polygon([top, right, foot, left], colour)
    canvas.polygon([top, right, (x, y)], mix(colour, PAPER, 0.3))
    canvas.polygon([left, (x, y), foot], mix(colour, INDIGO, 0.3))
    canvas.line([top, (x, y), foot], PAPER, width=3 * size)
    canvas.line([left, (x, y), right], PAPER, width=3 * size)
    tail = wave(foot, (foot[0] - 150 * size, foot[1] + 150 * size), 22 * size, 3.5)
    canvas.line(tail, mix(colour, INDIGO, 0.2), width=4 * size)
    for share in (36, 66, 96):
        knot_x, knot_y = tail[share]
        for side in (-1, 1):
            canvas.polygon(
                [
                    (knot_x, knot_y),
                    (knot_x + side * 20 * size, knot_y - 11 * size),
                    (knot_x + side * 20 * size, knot_y + 11 * size),
                ],
                colour,
            )


def _child(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    canvas.line([(x - 8 * size, y), (x - 4 * size, y + 42 * size)], NIGHT, width=9 * size)
    canvas.line([(x + 6 * size, y), (x + 20 * size, y + 40 * size)], NIGHT, width=9 * size)
    canvas.rectangle(x - 17 * size, y - 42 * size, 34 * size, 52 * size, colour, radius=14 * size)
    canvas.line([(x + 6 * size, y - 30 * size), (x + 22 * size, y - 44 * size)], colour, width=10 * size)
    canvas.disc(x, y - 58 * size, 17 * size, NIGHT)


def _bicycle(canvas: Canvas, x: float, y: float) -> None:
    for wheel in (x - 58, x + 58):
        canvas.ring(wheel, y + 10, 40, NIGHT, width=5)
        canvas.disc(wheel, y + 10, 5, NIGHT)
    frame = [(x - 58, y + 10), (x - 26, y - 34), (x + 40, y - 34), (x, y + 14), (x - 58, y + 10)]
    canvas.line(frame, RED, width=6)
    canvas.line([(x, y + 14), (x - 30, y - 48)], RED, width=6)
    canvas.line([(x + 58, y + 10), (x + 36, y - 58), (x + 18, y - 62)], NIGHT, width=6)
    canvas.rectangle(x - 46, y - 54, 32, 9, NIGHT, radius=4)


def heat() -> Canvas:
    canvas = Canvas(mix(RED, OCHRE, 0.55), mix(OCHRE, PAPER, 0.45), seed=4)
    for radius, share in ((430, 0.18), (340, 0.34), (260, 0.55)):
        canvas.disc(800, 470, radius, mix(OCHRE, PAPER, share), alpha=0.5)
    canvas.disc(800, 470, 190, mix(PAPER, OCHRE, 0.12))
    for row in range(7):
        y = 360 + row * 36
        band = wave((0, y), (WIDTH, y), 9, 14, row * 0.8)
        canvas.polygon([*band, *((x, y + 5) for x, y in reversed(band))], mix(RED, OCHRE, 0.5), alpha=0.22)
    canvas.below(wave((0, 640), (WIDTH, 610), 30, 3.2, 0.3), mix(mix(RED, INDIGO, 0.45), OCHRE, 0.4))
    canvas.below(wave((0, 700), (WIDTH, 690), 20, 2.4, 2.3), mix(RED, INDIGO, 0.7))
    canvas.below([(0, 790), (WIDTH, 770)], INDIGO)
    for row in range(9):
        y = 806 + row * 8 + row**2 * 3.2
        for x in range(-40, WIDTH, 46 + row * 10):
            tuft = x + (row % 2) * 24 + canvas.chance.uniform(-7, 7)
            for lean in (-9, 0, 9):
                canvas.line(
                    [(tuft, y), (tuft + lean, y - 20 - row * 3)],
                    mix(OCHRE, INDIGO, 0.25 + row * 0.05),
                    width=3,
                )
    for x, y, size in ((560, 812, 1.5), (1080, 806, 1.15)):
        _carrier(canvas, x, y, size)
    return canvas


def _carrier(canvas: Canvas, x: float, y: float, size: float) -> None:
    """Someone walking the dyke with a shoulder pole and two baskets."""

    def at(across: float, up: float) -> Point:
        return x + across * size, y - up * size

    canvas.polygon([at(-14, 44), at(14, 44), at(24, 0), at(13, 0), at(1, 34), at(-14, 0), at(-25, 0)], NIGHT)
    canvas.polygon([at(-19, 36), at(-14, 104), at(14, 104), at(19, 36)], NIGHT)
    canvas.disc(*at(0, 118), 13 * size, NIGHT)
    canvas.polygon([at(-42, 116), at(0, 150), at(42, 116)], mix(OCHRE, PAPER, 0.3))
    pole = curve(at(-112, 90), at(0, 118), at(112, 90))
    canvas.line(pole, NIGHT, width=5 * size)
    for across in (-108, 108):
        canvas.line([at(across - 24, 38), at(across, 92), at(across + 24, 38)], NIGHT, width=2 * size)
        canvas.slice(*at(across, 40), 29 * size, 0, 180, NIGHT)
        canvas.disc(*at(across, 40), 29 * size, mix(RED, OCHRE, 0.4), squash=0.3)
