"""The way abroad: routes of the air and of the sea."""

from __future__ import annotations

import math

from .canvas import INDIGO, NIGHT, OCHRE, PAPER, RED, SAND, TEAL, WIDTH, Canvas, Point, curve, mix, wave


def flight_routes() -> Canvas:
    canvas = Canvas(mix(PAPER, SAND, 0.35), mix(PAPER, TEAL, 0.18), seed=12)
    lands = [
        ((250, 720), (330, 190), 1.3),
        ((150, 330), (250, 230), 2.9),
        ((850, 440), (100, 130), 0.4),
        ((1180, 250), (90, 230), 4.1),
        ((620, 900), (130, 90), 5.0),
        ((1420, 760), (190, 120), 2.2),
        ((980, 930), (90, 60), 3.6),
    ]
    for centre, reach, phase in lands:
        shore = _island(centre, reach, phase)
        canvas.polygon([(x + 10, y + 14) for x, y in shore], INDIGO, alpha=0.10)
        canvas.polygon(shore, mix(TEAL, PAPER, 0.55))
        canvas.line([*shore, shore[0]], mix(TEAL, PAPER, 0.25), width=3)
    for offset in range(0, WIDTH, 160):
        canvas.line([(offset, 0), (offset, 1067)], INDIGO, width=1, alpha=0.10)
    for offset in range(67, 1067, 160):
        canvas.line([(0, offset), (WIDTH, offset)], INDIGO, width=1, alpha=0.10)
    home = (330, 690)
    for end, bend in (
        ((860, 420), (560, 440)),
        ((1190, 270), (760, 40)),
        ((1450, 760), (900, 420)),
        ((180, 340), (150, 520)),
    ):
        _dashes(canvas, curve(home, bend, end))
        canvas.disc(*end, 20, RED, alpha=0.25)
        canvas.disc(*end, 10, RED)
    canvas.disc(*home, 34, INDIGO, alpha=0.2)
    canvas.disc(*home, 17, INDIGO)
    _aeroplane(canvas, (760, 260), 64, 2.2)
    return canvas


def _island(centre: Point, reach: Point, phase: float) -> list[Point]:
    shore = []
    for step in range(90):
        turn = step * math.tau / 90
        swell = (
            1
            + 0.16 * math.sin(3 * turn + phase)
            + 0.08 * math.sin(5 * turn + 2 * phase)
            + 0.04 * math.sin(9 * turn)
        )
        shore.append(
            (centre[0] + reach[0] * swell * math.cos(turn), centre[1] + reach[1] * swell * math.sin(turn))
        )
    return shore


def _dashes(canvas: Canvas, path: list[Point]) -> None:
    for start in range(0, len(path) - 2, 4):
        canvas.line(path[start : start + 3], RED, width=5)


def _aeroplane(canvas: Canvas, centre: Point, turn: float, size: float) -> None:
    """Seen from above; `turn` is its heading in degrees, clockwise from north."""
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))
    half = [
        (0, -88),
        (5, -82),
        (8, -68),
        (8, -22),
        (84, 32),
        (85, 40),
        (8, 12),
        (5, 58),
        (30, 78),
        (30, 84),
        (0, 76),
    ]
    outline = half + [(-x, y) for x, y in reversed(half)]
    placed = [
        (centre[0] + (x * cosine - y * sine) * size, centre[1] + (x * sine + y * cosine) * size)
        for x, y in outline
    ]
    canvas.shade([(x + 26, y + 60) for x, y in placed], INDIGO, strength=0.35, blur=14)
    canvas.polygon(placed, INDIGO)
    stripe = [(0, -66), (4, -56), (4, 50), (-4, 50), (-4, -56)]
    canvas.polygon(
        [
            (centre[0] + (x * cosine - y * sine) * size, centre[1] + (x * sine + y * cosine) * size)
            for x, y in stripe
        ],
        mix(INDIGO, PAPER, 0.25),
    )


def port() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.6), mix(SAND, PAPER, 0.3), seed=13)
    canvas.glow(420, 600, 620, mix(OCHRE, PAPER, 0.6), strength=0.8)
    canvas.disc(420, 470, 80, mix(OCHRE, PAPER, 0.55))
    canvas.below(wave((0, 660), (WIDTH, 640), 26, 3.0, 0.7), mix(TEAL, PAPER, 0.5))
    for x, scale, colour in (
        (240, 0.72, mix(TEAL, INDIGO, 0.25)),
        (720, 0.86, mix(TEAL, INDIGO, 0.6)),
        (1230, 1.05, INDIGO),
    ):
        _gantry(canvas, x, 790, scale, colour)
    canvas.below([(0, 905), (WIDTH, 905)], mix(TEAL, INDIGO, 0.45))
    canvas.rectangle(0, 790, WIDTH, 26, NIGHT)
    _ship(canvas)
    for _ in range(60):
        x, y, half = (
            canvas.chance.uniform(0, WIDTH),
            canvas.chance.uniform(925, 1060),
            canvas.chance.uniform(20, 80),
        )
        canvas.rectangle(x - half, y, half * 2, 3, PAPER, alpha=0.14, radius=1)
    return canvas


def _gantry(canvas: Canvas, x: float, foot: float, scale: float, colour: tuple[int, int, int]) -> None:
    beam = foot - 400 * scale
    for leg in (-90, 60):
        canvas.rectangle(x + leg * scale, beam, 18 * scale, 400 * scale, colour)
    canvas.line(
        [(x - 80 * scale, foot - 160 * scale), (x + 68 * scale, beam + 14 * scale)], colour, width=8 * scale
    )
    canvas.rectangle(x - 90 * scale, foot - 165 * scale, 168 * scale, 14 * scale, colour)
    canvas.rectangle(x - 170 * scale, beam, 520 * scale, 20 * scale, colour)
    peak = (x + 60 * scale, beam - 130 * scale)
    canvas.polygon([(x + 30 * scale, beam), peak, (x + 92 * scale, beam)], colour)
    for reach in (-160, 330):
        canvas.line([peak, (x + reach * scale, beam + 4)], colour, width=5 * scale)
    trolley = x + 220 * scale
    canvas.line([(trolley, beam + 20), (trolley, beam + 130 * scale)], colour, width=4 * scale)
    canvas.rectangle(trolley - 50 * scale, beam + 130 * scale, 100 * scale, 42 * scale, RED, radius=3)


def _ship(canvas: Canvas) -> None:
    canvas.polygon([(150, 800), (1500, 800), (1440, 960), (240, 960)], NIGHT)
    canvas.polygon([(218, 916), (1458, 916), (1440, 960), (240, 960)], RED)
    canvas.rectangle(1290, 610, 130, 190, PAPER)
    for row in range(4):
        canvas.rectangle(1302, 626 + row * 40, 106, 14, INDIGO, radius=3)
    colours = [
        RED,
        OCHRE,
        TEAL,
        mix(TEAL, PAPER, 0.4),
        mix(OCHRE, PAPER, 0.4),
        mix(INDIGO, PAPER, 0.25),
        mix(RED, PAPER, 0.3),
    ]
    for column in range(10):
        for row in range(canvas.chance.choice((2, 3, 3, 4))):
            x, y = 262 + column * 101, 752 - row * 48
            colour = canvas.chance.choice(colours)
            canvas.rectangle(x, y, 97, 45, colour)
            for rib in range(1, 6):
                canvas.line([(x + rib * 16, y + 5), (x + rib * 16, y + 40)], INDIGO, width=2, alpha=0.25)
