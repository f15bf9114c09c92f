"""What lies on tables: a counter, a conference table, a kitchen."""

from __future__ import annotations

import math

from .canvas import INDIGO, NIGHT, OCHRE, PAPER, RED, ROSE, SAND, TEAL, WIDTH, Canvas, curve, mix


def counter() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.5), mix(TEAL, PAPER, 0.66), seed=24)
    canvas.rectangle(120, 110, 620, 330, PAPER, radius=8)
    canvas.disc(430, 275, 120, mix(TEAL, PAPER, 0.45))
    for reach in (44, 84):
        canvas.line(_ellipse(430, 275, reach, 120), PAPER, width=5)
    canvas.line([(310, 275), (550, 275)], PAPER, width=5)
    canvas.line([(430, 155), (430, 395)], PAPER, width=5)
    canvas.disc(476, 250, 13, RED)
    for index, colour in enumerate((RED, OCHRE, INDIGO)):
        x = 880 + index * 200
        canvas.line([(x + 60, 0), (x + 60, 150)], INDIGO, width=4)
        canvas.slice(x + 60, 205, 84, 180, 360, colour)
        canvas.glow(x + 60, 260, 190, mix(OCHRE, PAPER, 0.8), strength=0.8)
    canvas.rectangle(0, 700, WIDTH, 46, mix(OCHRE, PAPER, 0.25))
    canvas.below([(0, 746), (WIDTH, 746)], mix(INDIGO, TEAL, 0.25))
    for x in range(40, WIDTH, 90):
        canvas.rectangle(x, 790, 50, 240, mix(INDIGO, TEAL, 0.4), radius=6)
    canvas.shade([(820, 690), (1240, 690), (1330, 745), (900, 745)], INDIGO, strength=0.4, blur=10)
    _suitcase(canvas, 830, 700)
    _papers(canvas, 240, 700)
    canvas.rectangle(1330, 640, 120, 60, INDIGO, radius=10)
    for x, height, lean in ((1350, 190, -34), (1385, 230, 4), (1420, 180, 40)):
        stem = curve((x, 650), (x, 600), (x + lean, 660 - height))
        canvas.line(stem, TEAL, width=7)
        leaf = curve((x, 620), (x + lean * 2.2 - 22, 600 - height * 0.5), (x + lean, 655 - height))
        canvas.polygon(
            [*leaf, *curve((x + lean, 655 - height), (x + lean * 0.2 + 20, 600 - height * 0.4), (x, 620))],
            mix(TEAL, INDIGO, 0.15),
        )
    return canvas


def _ellipse(x: float, y: float, half_width: float, half_height: float) -> list[tuple[float, float]]:
    turns = [step * math.tau / 72 for step in range(73)]
    return [(x + half_width * math.cos(turn), y + half_height * math.sin(turn)) for turn in turns]


def _suitcase(canvas: Canvas, x: float, y: float) -> None:
    canvas.rectangle(x + 130, y - 356, 130, 90, INDIGO, radius=22)
    canvas.rectangle(x + 148, y - 338, 94, 90, mix(TEAL, PAPER, 0.58), radius=12)
    canvas.rectangle(x, y - 300, 390, 300, RED, radius=28)
    canvas.rectangle(x, y - 120, 390, 120, mix(RED, INDIGO, 0.18), radius=28)
    canvas.rectangle(x, y - 150, 390, 60, mix(RED, INDIGO, 0.18))
    canvas.rectangle(x, y - 164, 390, 12, mix(RED, INDIGO, 0.45))
    for strap in (70, 284):
        canvas.rectangle(x + strap, y - 300, 36, 300, mix(OCHRE, INDIGO, 0.15))
        canvas.rectangle(x + strap - 5, y - 182, 46, 46, mix(OCHRE, PAPER, 0.35), radius=6)
    canvas.disc(x + 195, y - 232, 34, PAPER)
    canvas.disc(x + 195, y - 232, 22, TEAL)


def _papers(canvas: Canvas, x: float, y: float) -> None:
    canvas.polygon([(x, y), (x + 60, y - 190), (x + 330, y - 190), (x + 290, y)], mix(INDIGO, PAPER, 0.1))
    canvas.polygon([(x + 26, y - 10), (x + 78, y - 176), (x + 310, y - 176), (x + 274, y - 10)], PAPER)
    for row in range(6):
        left = x + 92 - row * 8
        canvas.line(
            [(left, y - 150 + row * 24), (left + 188 - (row % 3) * 36, y - 150 + row * 24)],
            mix(INDIGO, PAPER, 0.5),
            width=6,
        )
    canvas.rectangle(x + 350, y - 130, 150, 130, TEAL, radius=10)
    canvas.ring(x + 425, y - 72, 32, mix(OCHRE, PAPER, 0.5), width=6)
    canvas.rectangle(x + 385, y - 28, 80, 8, mix(OCHRE, PAPER, 0.5), radius=4)
    canvas.line([(x + 120, y - 4), (x + 250, y - 40)], RED, width=9)


def round_table() -> Canvas:
    canvas = Canvas(mix(INDIGO, TEAL, 0.25), mix(INDIGO, TEAL, 0.55), seed=25)
    for radius, alpha in ((640, 0.10), (560, 0.12), (480, 0.14)):
        canvas.disc(800, 534, radius, TEAL, alpha=alpha * 2)
    canvas.shade(
        [(800 + 390 * math.cos(t / 10) + 26, 534 + 390 * math.sin(t / 10) + 34) for t in range(63)],
        NIGHT,
        strength=0.7,
        blur=24,
    )
    tones = [RED, OCHRE, mix(TEAL, PAPER, 0.45), mix(PAPER, OCHRE, 0.25)]
    for seat in range(11):
        turn = math.radians(seat * 360 / 11 - 90)
        x, y = 800 + 432 * math.cos(turn), 534 + 432 * math.sin(turn)
        canvas.disc(x + 8, y + 12, 60, NIGHT, alpha=0.4)
        canvas.disc(x, y, 60, mix(INDIGO, PAPER, 0.12))
        canvas.disc(x - 8 * math.cos(turn), y - 8 * math.sin(turn), 44, tones[seat % 4])
        canvas.disc(x - 10 * math.cos(turn), y - 10 * math.sin(turn), 24, NIGHT)
    canvas.disc(800, 534, 374, mix(OCHRE, INDIGO, 0.3))
    canvas.disc(800, 534, 362, mix(OCHRE, PAPER, 0.35))
    canvas.disc(800, 534, 236, mix(OCHRE, INDIGO, 0.25))
    canvas.disc(800, 534, 226, mix(INDIGO, TEAL, 0.5))
    for seat in range(11):
        _place_setting(canvas, math.radians(seat * 360 / 11 - 90))
    for leaf in range(22):
        turn = leaf * math.tau / 22
        tip = (800 + 170 * math.cos(turn), 534 + 170 * math.sin(turn))
        root = (800 + 60 * math.cos(turn), 534 + 60 * math.sin(turn))
        side = turn + math.pi / 2
        bulge = [
            (
                800 + 120 * math.cos(turn) + 22 * s * math.cos(side),
                534 + 120 * math.sin(turn) + 22 * s * math.sin(side),
            )
            for s in (-1, 1)
        ]
        canvas.polygon(
            [*curve(root, bulge[0], tip), *curve(tip, bulge[1], root)],
            mix(TEAL, PAPER, 0.15 + 0.25 * (leaf % 2)),
        )
    canvas.disc(800, 534, 62, RED)
    canvas.disc(800, 534, 42, mix(RED, PAPER, 0.3))
    canvas.disc(800, 534, 20, OCHRE)
    return canvas


def _place_setting(canvas: Canvas, turn: float) -> None:
    def at(out: float, across: float) -> tuple[float, float]:
        return (
            800 + out * math.cos(turn) - across * math.sin(turn),
            534 + out * math.sin(turn) + across * math.cos(turn),
        )

    canvas.polygon([at(342, -34), at(342, 26), at(268, 26), at(268, -34)], PAPER)
    for row in (326, 312, 298, 284):
        canvas.line([at(row, -26), at(row, 16)], mix(INDIGO, PAPER, 0.6), width=3)
    canvas.disc(*at(322, 48), 13, mix(TEAL, PAPER, 0.7))
    canvas.disc(*at(322, 48), 8, mix(OCHRE, RED, 0.3))


def kitchen() -> Canvas:
    canvas = Canvas(mix(SAND, PAPER, 0.3), mix(OCHRE, PAPER, 0.6), seed=26)
    canvas.rectangle(520, 90, 560, 520, PAPER, radius=4)
    canvas.rectangle(540, 110, 520, 480, mix(TEAL, PAPER, 0.7))
    canvas.disc(900, 250, 66, mix(OCHRE, PAPER, 0.5))
    canvas.polygon(
        [
            (540, 590),
            *curve((540, 470), (700, 360), (820, 480)),
            *curve((820, 480), (960, 410), (1060, 470)),
            (1060, 590),
        ],
        mix(TEAL, PAPER, 0.35),
    )
    canvas.rectangle(790, 90, 18, 520, PAPER)
    canvas.rectangle(520, 330, 560, 14, PAPER)
    canvas.rectangle(490, 606, 620, 24, mix(PAPER, OCHRE, 0.25))
    canvas.polygon([(470, 90), (560, 90), (520, 360), (470, 470)], ROSE)
    canvas.polygon([(1130, 90), (1040, 90), (1080, 360), (1130, 470)], ROSE)
    canvas.disc(270, 280, 112, INDIGO)
    canvas.disc(270, 280, 98, PAPER)
    for hour in range(12):
        turn = math.radians(hour * 30)
        canvas.line(
            [
                (270 + 80 * math.cos(turn), 280 + 80 * math.sin(turn)),
                (270 + 90 * math.cos(turn), 280 + 90 * math.sin(turn)),
            ],
            INDIGO,
            width=5,
        )
    canvas.line([(270, 280), (270, 212)], INDIGO, width=7)
    canvas.line([(270, 280), (318, 306)], RED, width=7)
    canvas.shade([(600, 760), (1060, 760), (760, 1067), (180, 1067)], PAPER, strength=0.55, blur=20)
    canvas.rectangle(0, 760, WIDTH, 40, mix(OCHRE, INDIGO, 0.2))
    canvas.below([(0, 800), (WIDTH, 800)], mix(OCHRE, INDIGO, 0.38))
    canvas.polygon([(560, 760), (1060, 760), (980, 800), (420, 800)], PAPER, alpha=0.35)
    _kettle(canvas, 350, 760)
    for index, colour in enumerate((TEAL, PAPER, RED, mix(TEAL, PAPER, 0.45), OCHRE)):
        canvas.rectangle(1170 - index % 2 * 10, 724 - index * 36, 290 + index % 2 * 14, 34, colour, radius=15)
    for x, colour in ((690, RED), (840, TEAL)):
        canvas.rectangle(x, 690, 84, 70, colour, radius=16)
        canvas.ring(x + 92, 722, 22, colour, width=9)
        canvas.disc(x + 42, 692, 42, mix(colour, PAPER, 0.55), squash=0.2)
        canvas.line(
            [(x + 42 + 8 * math.sin(t / 3), 668 - t * 5) for t in range(16)], PAPER, width=5, alpha=0.7
        )
    return canvas


def _kettle(canvas: Canvas, x: float, y: float) -> None:
    canvas.arc(x, y - 170, 84, 180, 360, NIGHT, width=14)
    canvas.polygon([(x + 84, y - 70), (x + 176, y - 164), (x + 150, y - 172), (x + 70, y - 120)], INDIGO)
    canvas.polygon([(x - 120, y), (x - 88, y - 150), (x + 88, y - 150), (x + 120, y)], INDIGO)
    canvas.polygon(
        [(x - 84, y - 10), (x - 66, y - 138), (x - 40, y - 138), (x - 50, y - 10)], PAPER, alpha=0.18
    )
    canvas.disc(x, y - 152, 88, mix(INDIGO, PAPER, 0.2), squash=0.2)
    canvas.disc(x, y - 178, 14, RED)
