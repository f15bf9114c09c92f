"""Water: a river, a lotus pond, a lake at dusk."""

from __future__ import annotations

import math

from .canvas import (
    DUSK,
    INDIGO,
    NIGHT,
    OCHRE,
    PAPER,
    RED,
    ROSE,
    SAND,
    TEAL,
    WIDTH,
    Canvas,
    Colour,
    curve,
    mix,
    wave,
)


def mekong_bridge() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.75), mix(OCHRE, PAPER, 0.7), seed=2)
    canvas.glow(640, 320, 560, mix(OCHRE, PAPER, 0.7), strength=0.9)
    canvas.disc(640, 318, 82, mix(RED, OCHRE, 0.65))
    canvas.below(wave((0, 455), (WIDTH, 390), 62, 4.4, 0.2), mix(TEAL, PAPER, 0.58))
    canvas.below(wave((0, 510), (WIDTH, 470), 44, 3.2, 2.5), mix(TEAL, PAPER, 0.34))
    canvas.fade(400, 190, SAND, strength=0.45)
    canvas.below([(0, 590), (WIDTH, 590)], mix(TEAL, INDIGO, 0.35))
    for row in range(30):
        y = 600 + row * 15.5
        x = 640 + canvas.chance.uniform(-40, 40)
        half = 30 + row * 4.5 * canvas.chance.uniform(0.4, 1.1)
        canvas.rectangle(x - half, y, half * 2, 4, mix(RED, OCHRE, 0.75), alpha=0.55, radius=2)
    for _ in range(70):
        y = canvas.chance.uniform(605, 1040)
        x, half = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(20, 90)
        canvas.rectangle(x - half, y, half * 2, 2.5, PAPER, alpha=0.13, radius=1)
    _cable_spans(canvas)
    canvas.below(curve((0, 900), (260, 905), (520, 1067)), NIGHT)
    canvas.below(curve((1000, 1067), (1330, 890), (WIDTH, 880)), NIGHT)
    _reeds(canvas, 40, 905, 16)
    _reeds(canvas, 1330, 915, 18)
    return canvas


def _cable_spans(canvas: Canvas) -> None:
    deck = curve((0, 560), (800, 500), (WIDTH, 560))
    for x in (430, 1170):
        canvas.polygon([(x - 12, 760), (x - 7, 240), (x + 7, 240), (x + 12, 760)], INDIGO)
        canvas.rectangle(x - 40, 745, 80, 22, INDIGO, radius=8)
        for reach in range(40, 380, 34):
            for side in (-1, 1):
                foot = x + side * reach
                level = 560 - 60 * 2 * (foot / WIDTH) * (1 - foot / WIDTH)
                canvas.line([(x, 250 + reach * 0.16), (foot, level)], INDIGO, width=2, alpha=0.8)
    canvas.polygon([*deck, *reversed([(x, y + 16) for x, y in deck])], INDIGO)
    canvas.line([(x, y - 7) for x, y in deck], PAPER, width=2, alpha=0.7)


def _reeds(canvas: Canvas, x: float, y: float, count: int) -> None:
    for index in range(count):
        foot = x + index * 15
        lean, height = canvas.chance.uniform(-26, 26), canvas.chance.uniform(60, 150)
        blade = curve((foot, y + 60), (foot, y - height * 0.5), (foot + lean, y - height))
        canvas.line(blade, NIGHT, width=4)


def lotus() -> Canvas:
    canvas = Canvas(NIGHT, mix(INDIGO, TEAL, 0.75), seed=5)
    canvas.glow(800, 560, 720, mix(OCHRE, TEAL, 0.35), strength=0.55, squash=0.75)
    for _ in range(46):
        x, y = canvas.chance.uniform(0, WIDTH), canvas.chance.uniform(40, 420)
        canvas.disc(x, y, canvas.chance.uniform(1, 2.6), PAPER, alpha=canvas.chance.uniform(0.25, 0.75))
    canvas.below([(0, 610), (WIDTH, 610)], mix(INDIGO, TEAL, 0.4), alpha=0.6)
    leaves = [
        (150, 720, 150),
        (430, 860, 190),
        (1180, 870, 200),
        (1450, 720, 165),
        (800, 985, 240),
        (1010, 700, 110),
    ]
    for x, y, radius in leaves:
        _lotus_leaf(canvas, x, y, radius)
    for x, y, size in ((800, 745, 2.3), (360, 690, 1.2), (1280, 690, 1.35)):
        _lotus_flower(canvas, x, y, size)
    for x, y in ((200, 830), (610, 905), (1060, 830), (1440, 880), (530, 640), (980, 930)):
        _float_lamp(canvas, x, y)
    return canvas


def _lotus_leaf(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.disc(x, y + 10, radius, NIGHT, alpha=0.45, squash=0.3)
    canvas.disc(x, y, radius, mix(TEAL, INDIGO, 0.25), squash=0.3)
    for turn in range(0, 360, 36):
        end = (
            x + radius * 0.92 * math.cos(math.radians(turn)),
            y + radius * 0.27 * math.sin(math.radians(turn)),
        )
        canvas.line([(x, y), end], mix(TEAL, PAPER, 0.25), width=2, alpha=0.4)


def _lotus_flower(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.glow(x, y - 50 * size, 190 * size, mix(OCHRE, PAPER, 0.4), strength=0.4)
    ranks = [
        (0.95, (-74, -48, 48, 74), mix(RED, INDIGO, 0.15)),
        (1.12, (-46, -20, 20, 46), mix(RED, PAPER, 0.25)),
        (1.05, (-24, 0, 24), ROSE),
    ]
    for length, turns, colour in ranks:
        for turn in turns:
            _petal(canvas, (x, y), turn, 96 * size * length, 25 * size, colour)
    _petal(canvas, (x, y), 0, 82 * size, 20 * size, mix(ROSE, PAPER, 0.45))


def _petal(
    canvas: Canvas, foot: tuple[float, float], turn: float, length: float, half: float, colour: Colour
) -> None:
    x, y = foot
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))

    def placed(across: float, along: float) -> tuple[float, float]:
        return x + across * cosine + along * sine, y - along * cosine + across * sine

    right = curve(placed(0, 0), placed(half * 1.9, length * 0.55), placed(0, length))
    left = curve(placed(0, length), placed(-half * 1.9, length * 0.55), placed(0, 0))
    canvas.polygon([*right, *left], colour)


def _float_lamp(canvas: Canvas, x: float, y: float) -> None:
    canvas.glow(x, y - 14, 100, mix(OCHRE, PAPER, 0.35), strength=0.7)
    canvas.disc(x, y, 30, mix(RED, OCHRE, 0.4), squash=0.36)
    flame = [
        *curve((x, y - 4), (x + 17, y - 16), (x, y - 44)),
        *curve((x, y - 44), (x - 17, y - 16), (x, y - 4)),
    ]
    canvas.polygon(flame, mix(PAPER, OCHRE, 0.2))


def lanterns() -> Canvas:
    canvas = Canvas(NIGHT, mix(OCHRE, ROSE, 0.35), seed=6)
    canvas.image.paste(Canvas(INDIGO, mix(OCHRE, ROSE, 0.4), seed=6).image.resize((3200, 1150)), (0, 0))
    canvas.below(wave((0, 520), (WIDTH, 500), 30, 5.2, 0.3), mix(INDIGO, RED, 0.25))
    canvas.below(wave((0, 545), (WIDTH, 540), 16, 7.4, 1.5), mix(INDIGO, TEAL, 0.15))
    canvas.below([(0, 572), (WIDTH, 572)], DUSK)
    canvas.fade(572, 495, NIGHT, strength=0.85)
    _pavilion(canvas, 1130, 572)
    for x, y, size in (
        (210, 640, 0.7),
        (520, 700, 1.0),
        (860, 660, 0.8),
        (330, 840, 1.5),
        (790, 900, 1.8),
        (1270, 820, 1.45),
        (1490, 690, 0.95),
    ):
        _paper_lantern(canvas, x, y, size)
    return canvas


def _pavilion(canvas: Canvas, x: float, y: float) -> None:
    canvas.disc(x, y, 190, NIGHT, squash=0.16)
    for level, (width, rise) in enumerate(((150, 0), (108, 92), (62, 174))):
        floor = y - 14 - rise
        canvas.rectangle(x - width * 0.55, floor - 62, width * 1.1, 62, mix(NIGHT, INDIGO, 0.5))
        canvas.rectangle(x - width * 0.16, floor - 48, width * 0.32, 48, mix(OCHRE, PAPER, 0.35), radius=8)
        roof = [
            *curve((x - width, floor - 52), (x - width * 0.5, floor - 66), (x - width * 0.42, floor - 98))
        ]
        mirror = [(2 * x - px, py) for px, py in reversed(roof)]
        canvas.polygon([*roof, *mirror], mix(RED, NIGHT, 0.35 - level * 0.1))
    canvas.polygon([(x - 6, y - 280), (x, y - 330), (x + 6, y - 280)], OCHRE)
    canvas.polygon(
        [(x - 130, y + 20), (x + 130, y + 20), (x + 34, y + 250), (x - 34, y + 250)], NIGHT, alpha=0.4
    )


def _paper_lantern(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.glow(x, y - 26 * size, 150 * size, mix(OCHRE, RED, 0.15), strength=0.75)
    for row in range(5):
        half = (30 - row * 4) * size
        canvas.rectangle(
            x - half,
            y + (14 + row * 15) * size,
            half * 2,
            6 * size,
            mix(OCHRE, PAPER, 0.3),
            alpha=0.6 - row * 0.1,
            radius=3,
        )
    canvas.rectangle(x - 42 * size, y - 2 * size, 84 * size, 10 * size, NIGHT, radius=5 * size)
    body = [
        (x - 30 * size, y - 2 * size),
        (x - 38 * size, y - 60 * size),
        (x + 38 * size, y - 60 * size),
        (x + 30 * size, y - 2 * size),
    ]
    canvas.polygon(body, mix(OCHRE, RED, 0.3))
    canvas.polygon(
        [
            (x - 12 * size, y - 2 * size),
            (x - 14 * size, y - 60 * size),
            (x + 14 * size, y - 60 * size),
            (x + 12 * size, y - 2 * size),
        ],
        mix(PAPER, OCHRE, 0.35),
    )
    canvas.disc(x, y - 60 * size, 38 * size, mix(OCHRE, PAPER, 0.5), squash=0.18)
