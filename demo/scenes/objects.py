"""Objects that stand for the work: telephone, microphones, gears, booklets, a ramp."""

from __future__ import annotations

import math

from .canvas import INDIGO, NIGHT, OCHRE, PAPER, RED, SAND, TEAL, WIDTH, Canvas, Colour, Point, curve, mix


def hotline() -> Canvas:
    canvas = Canvas(mix(TEAL, INDIGO, 0.15), mix(TEAL, INDIGO, 0.65), seed=31)
    for radius in range(900, 200, -110):
        canvas.disc(800, 470, radius, mix(TEAL, PAPER, 0.55), alpha=0.075)
    canvas.glow(800, 470, 520, mix(OCHRE, PAPER, 0.4), strength=0.45)
    canvas.below([(0, 850), (WIDTH, 850)], mix(OCHRE, INDIGO, 0.35))
    canvas.rectangle(0, 850, WIDTH, 16, mix(OCHRE, PAPER, 0.25))
    canvas.shade([(470, 850), (1210, 850), (1290, 905), (560, 905)], NIGHT, strength=0.6, blur=16)
    body = [*curve((470, 850), (520, 560), (640, 540)), *curve((960, 540), (1080, 560), (1130, 850))]
    canvas.polygon(body, RED)
    canvas.polygon([*curve((1010, 552), (1085, 590), (1130, 850)), (1040, 850)], mix(RED, INDIGO, 0.25))
    canvas.rectangle(450, 832, 700, 30, mix(RED, INDIGO, 0.4), radius=14)
    canvas.disc(800, 700, 128, mix(RED, INDIGO, 0.45))
    canvas.disc(800, 700, 116, PAPER)
    for hole in range(10):
        turn = math.radians(hole * 30 - 100)
        canvas.disc(800 + 82 * math.cos(turn), 700 + 82 * math.sin(turn), 17, INDIGO)
    canvas.disc(800, 700, 44, mix(OCHRE, PAPER, 0.3))
    for index in (-1, 0, 1):
        canvas.rectangle(795 + index * 17, 682, 9, 36, INDIGO, radius=3)
    for x in (660, 900):
        canvas.rectangle(x, 490, 40, 70, mix(RED, INDIGO, 0.3), radius=10)
    _handset(canvas)
    for radius in (150, 215, 280):
        canvas.arc(420, 440, radius, 150, 235, mix(OCHRE, PAPER, 0.4), width=11, alpha=0.95 - radius / 500)
        canvas.arc(1180, 440, radius, -55, 30, mix(OCHRE, PAPER, 0.4), width=11, alpha=0.95 - radius / 500)
    return canvas


def _handset(canvas: Canvas) -> None:
    upper = curve((470, 440), (800, 270), (1130, 440))
    lower = curve((1060, 505), (800, 400), (540, 505))
    canvas.polygon([*upper, *lower], INDIGO)
    for x in (505, 1095):
        canvas.rectangle(x - 82, 430, 164, 96, INDIGO, radius=34)
        canvas.rectangle(x - 66, 512, 132, 30, NIGHT, radius=12)
    canvas.line(curve((560, 400), (800, 300), (1040, 400)), mix(INDIGO, PAPER, 0.4), width=8)


def microphones() -> Canvas:
    canvas = Canvas(mix(INDIGO, TEAL, 0.2), NIGHT, seed=32)
    for x, y, radius in (
        (180, 200, 120),
        (430, 110, 70),
        (1340, 170, 150),
        (1130, 330, 60),
        (1520, 420, 80),
        (90, 480, 64),
        (760, 130, 46),
    ):
        canvas.disc(x, y, radius, mix(OCHRE, PAPER, 0.3), alpha=0.13)
        canvas.ring(x, y, radius, mix(OCHRE, PAPER, 0.3), width=3, alpha=0.2)
    canvas.glow(800, 330, 700, mix(OCHRE, PAPER, 0.3), strength=0.4)
    canvas.polygon([(240, 860), (1360, 860), (1460, 1067), (140, 1067)], mix(OCHRE, INDIGO, 0.45))
    canvas.rectangle(220, 836, 1160, 30, mix(OCHRE, INDIGO, 0.15), radius=6)
    rack: list[tuple[Point, Point, float, Colour]] = [
        ((420, 850), (350, 470), 0.9, TEAL),
        ((1190, 850), (1270, 460), 0.95, mix(INDIGO, PAPER, 0.45)),
        ((590, 850), (560, 380), 1.1, OCHRE),
        ((1010, 850), (1050, 370), 1.1, mix(TEAL, PAPER, 0.5)),
        ((800, 850), (800, 300), 1.4, RED),
    ]
    for foot, head, size, colour in rack:
        _microphone(canvas, foot, head, size, colour)
    return canvas


def _microphone(canvas: Canvas, foot: Point, head: Point, size: float, colour: Colour) -> None:
    along = math.atan2(head[1] - foot[1], head[0] - foot[0])
    cosine, sine = math.cos(along), math.sin(along)

    def at(forward: float, across: float) -> Point:
        return head[0] + (forward * cosine - across * sine) * size, head[1] + (
            forward * sine + across * cosine
        ) * size

    canvas.line([foot, at(-40, 0)], mix(NIGHT, PAPER, 0.25), width=13 * size)
    canvas.polygon([at(-170, -24), at(10, -42), at(10, 42), at(-170, 24)], mix(NIGHT, INDIGO, 0.3))
    canvas.polygon([at(-78, -62), at(-14, -62), at(-14, 62), at(-78, 62)], colour)
    canvas.polygon([at(-78, 34), at(-14, 34), at(-14, 62), at(-78, 62)], mix(colour, NIGHT, 0.3))
    canvas.disc(*at(44, 0), 66 * size, mix(NIGHT, PAPER, 0.42))
    canvas.disc(*at(52, -12), 50 * size, mix(NIGHT, PAPER, 0.58), alpha=0.6)
    for offset in range(-48, 49, 16):
        reach = math.sqrt(62**2 - offset**2)
        canvas.line([at(44 - reach, offset), at(44 + reach, offset)], NIGHT, width=2.5, alpha=0.5)
        canvas.line([at(44 + offset, -reach), at(44 + offset, reach)], NIGHT, width=2.5, alpha=0.5)


def gears() -> Canvas:
    canvas = Canvas(mix(INDIGO, TEAL, 0.35), NIGHT, seed=33)
    canvas.glow(1010, 600, 640, mix(OCHRE, RED, 0.25), strength=0.7)
    _gear(canvas, (500, 430), 310, 20, mix(TEAL, PAPER, 0.15), 0.0)
    _gear(canvas, (1330, 260), 190, 13, mix(TEAL, INDIGO, 0.4), 0.1)
    _gear(canvas, (1010, 790), 245, 16, OCHRE, 0.14)
    for _ in range(150):
        turn, reach = canvas.chance.uniform(-2.9, -0.1), canvas.chance.uniform(40, 470)
        x, y = 800 + reach * math.cos(turn), 625 + reach * 0.9 * math.sin(turn) + (reach / 40) ** 2
        tail = (x - 26 * math.cos(turn), y - 26 * math.sin(turn))
        canvas.line(
            [tail, (x, y)],
            mix(PAPER, OCHRE, canvas.chance.uniform(0, 0.7)),
            width=canvas.chance.uniform(1.5, 4.5),
            alpha=1 - reach / 620,
        )
    canvas.glow(800, 625, 200, PAPER, strength=0.95)
    return canvas


def _gear(canvas: Canvas, centre: Point, radius: float, teeth: int, colour: Colour, phase: float) -> None:
    outline: list[Point] = []
    for tooth in range(teeth):
        for share, reach in ((0.0, 0.87), (0.2, 0.87), (0.3, 1.0), (0.62, 1.0), (0.72, 0.87)):
            turn = phase + (tooth + share) * math.tau / teeth
            outline.append(
                (centre[0] + radius * reach * math.cos(turn), centre[1] + radius * reach * math.sin(turn))
            )
    canvas.polygon([(x + 12, y + 18) for x, y in outline], NIGHT, alpha=0.45)
    canvas.polygon(outline, colour)
    canvas.disc(*centre, radius * 0.70, mix(colour, NIGHT, 0.28))
    canvas.disc(*centre, radius * 0.64, mix(colour, NIGHT, 0.1))
    for hole in range(6):
        turn = phase + hole * math.tau / 6
        canvas.disc(
            centre[0] + radius * 0.43 * math.cos(turn),
            centre[1] + radius * 0.43 * math.sin(turn),
            radius * 0.13,
            mix(colour, NIGHT, 0.6),
        )
    canvas.disc(*centre, radius * 0.2, mix(colour, PAPER, 0.3))
    canvas.disc(*centre, radius * 0.1, NIGHT)


def bulletin() -> Canvas:
    canvas = Canvas(mix(SAND, PAPER, 0.35), mix(OCHRE, PAPER, 0.5), seed=34)
    canvas.polygon([(0, 0), (900, 0), (200, 1067), (0, 1067)], PAPER, alpha=0.35)
    covers = [(-13, (430, 560), TEAL), (10, (1190, 545), INDIGO), (-2, (800, 525), RED)]
    for turn, centre, colour in covers:
        _booklet(canvas, centre, turn, colour)
    canvas.line([(1190, 1010), (1450, 880)], INDIGO, width=20)
    canvas.line([(1440, 885), (1475, 868)], mix(OCHRE, PAPER, 0.2), width=18)
    canvas.polygon([(1196, 996), (1160, 1026), (1206, 1018)], mix(OCHRE, PAPER, 0.3))
    return canvas


def _booklet(canvas: Canvas, centre: Point, turn: float, colour: Colour) -> None:
    sine, cosine = math.sin(math.radians(turn)), math.cos(math.radians(turn))

    def at(x: float, y: float) -> Point:
        return centre[0] + x * cosine - y * sine, centre[1] + x * sine + y * cosine

    def block(x: float, y: float, width: float, height: float, fill: Colour, alpha: float = 1.0) -> None:
        canvas.polygon(
            [at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)], fill, alpha=alpha
        )

    canvas.shade([at(-250, -320), at(300, -320), at(300, 400), at(-250, 400)], INDIGO, strength=0.45, blur=26)
    block(-258, -356, 532, 728, PAPER)
    block(-266, -364, 532, 728, colour)
    block(-266, -364, 26, 728, mix(colour, NIGHT, 0.3))
    block(-206, -312, 300, 34, PAPER)
    block(-206, -262, 190, 12, mix(colour, PAPER, 0.6))
    block(-206, -214, 420, 330, mix(colour, PAPER, 0.78))
    hills = [
        at(x, y)
        for x, y in (*curve((-206, 40), (-90, -130), (20, 10)), *curve((20, 10), (120, -90), (214, 20)))
    ]
    canvas.polygon([*hills, at(214, 116), at(-206, 116)], mix(colour, PAPER, 0.35))
    canvas.disc(*at(120, -120), 46, mix(OCHRE, PAPER, 0.2))
    for row, width in enumerate((420, 360, 400, 250)):
        block(-206, 156 + row * 40, width, 13, PAPER, alpha=0.8)


def ramp() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.72), mix(SAND, PAPER, 0.5), seed=35)
    canvas.glow(1180, 420, 620, mix(OCHRE, PAPER, 0.55), strength=0.7)
    canvas.rectangle(980, 120, 620, 590, mix(TEAL, PAPER, 0.42))
    canvas.rectangle(950, 96, 650, 36, mix(TEAL, INDIGO, 0.3))
    canvas.rectangle(1100, 250, 320, 460, PAPER, radius=8)
    canvas.rectangle(1122, 272, 276, 438, mix(OCHRE, PAPER, 0.55))
    canvas.glow(1260, 500, 260, PAPER, strength=0.85)
    canvas.rectangle(1122, 272, 46, 438, mix(TEAL, INDIGO, 0.35))
    canvas.rectangle(1352, 272, 46, 438, mix(TEAL, INDIGO, 0.35))
    canvas.polygon([(0, 1067), (0, 1000), (900, 710), (WIDTH, 710), (WIDTH, 1067)], mix(OCHRE, PAPER, 0.62))
    canvas.polygon([(0, 1067), (0, 1040), (960, 730), (WIDTH, 730), (WIDTH, 1067)], mix(INDIGO, TEAL, 0.35))
    for step in range(30):
        x = 60 + step * 30
        y = 1000 - x * 290 / 900 + 4
        canvas.line([(x, y), (x + 19, y - 6)], OCHRE, width=8)
    for x in range(930, 1120, 30):
        canvas.line([(x, 718), (x + 19, 718)], OCHRE, width=8)
    for rise in (150, 96):
        canvas.line([(40, 990 - rise), (905, 711 - rise), (1060, 711 - rise)], INDIGO, width=11)
    for x in range(60, 920, 140):
        foot = 1000 - x * 290 / 900
        canvas.line([(x, foot), (x, foot - 160)], INDIGO, width=9)
    _wheelchair(canvas, (470, 836), -17.8)
    return canvas


def _wheelchair(canvas: Canvas, ground: Point, slope: float) -> None:
    sine, cosine = math.sin(math.radians(slope)), math.cos(math.radians(slope))

    def at(x: float, y: float) -> Point:
        return ground[0] + x * cosine - y * sine, ground[1] + x * sine + y * cosine

    shirt = RED
    canvas.line([at(-70, -232), at(-62, -120), at(66, -112), at(104, -24), at(142, -24)], NIGHT, width=12)
    canvas.line([at(-70, -230), at(-112, -236)], NIGHT, width=12)
    canvas.line([at(-34, -150), at(66, -146), at(98, -50)], INDIGO, width=46)
    canvas.line([at(94, -46), at(136, -42)], NIGHT, width=24)
    canvas.line([at(-40, -160), at(-22, -268)], shirt, width=72)
    canvas.disc(*at(-22, -272), 36, shirt)
    canvas.disc(*at(-12, -346), 40, NIGHT)
    canvas.line([at(-24, -262), at(26, -196), at(-8, -158)], mix(shirt, NIGHT, 0.25), width=26)
    canvas.ring(*at(-34, -94), 94, NIGHT, width=15)
    canvas.ring(*at(-34, -94), 66, mix(OCHRE, PAPER, 0.2), width=6)
    for spoke in range(0, 180, 30):
        dx, dy = 84 * math.cos(math.radians(spoke)), 84 * math.sin(math.radians(spoke))
        centre = at(-34, -94)
        canvas.line(
            [(centre[0] - dx, centre[1] - dy), (centre[0] + dx, centre[1] + dy)], NIGHT, width=2.5, alpha=0.6
        )
    canvas.ring(*at(92, -22), 24, NIGHT, width=9)
