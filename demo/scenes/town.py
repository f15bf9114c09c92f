"""Town: a bridge, a public building, a building site."""

from __future__ import annotations

from .canvas import DUSK, INDIGO, MIST, NIGHT, OCHRE, PAPER, RED, SAND, TEAL, WIDTH, Canvas, Point, curve, mix


def long_bien() -> Canvas:
    canvas = Canvas(mix(INDIGO, TEAL, 0.55), mix(OCHRE, PAPER, 0.55), seed=11)
    canvas.image.paste(
        Canvas(mix(TEAL, INDIGO, 0.35), mix(OCHRE, PAPER, 0.5), seed=11).image.resize((3200, 1300)), (0, 0)
    )
    canvas.glow(1090, 590, 640, mix(OCHRE, PAPER, 0.5), strength=0.85)
    canvas.disc(1090, 575, 92, mix(RED, OCHRE, 0.55))
    skyline = [(x, 640 - height) for x, height in _steps(canvas, 34, 70)]
    canvas.below([(0, 640), *skyline, (WIDTH, 640)], mix(TEAL, SAND, 0.45))
    canvas.below([(0, 650), (WIDTH, 650)], mix(OCHRE, PAPER, 0.4))
    canvas.fade(650, 417, DUSK, strength=0.95)
    for row in range(26):
        y, half = 662 + row * 15, (26 + row * 5) * canvas.chance.uniform(0.5, 1.2)
        canvas.rectangle(
            1090 - half + canvas.chance.uniform(-24, 24),
            y,
            half * 2,
            4,
            mix(OCHRE, RED, 0.3),
            alpha=0.5,
            radius=2,
        )
    _trusses(canvas)
    canvas.polygon(curve((250, 905), (390, 950), (540, 900)), NIGHT)
    canvas.line([(330, 908), (330, 850)], NIGHT, width=5)
    canvas.polygon([(352, 906), (352, 870), (470, 870), (470, 906)], NIGHT)
    canvas.polygon(curve((346, 872), (410, 836), (476, 872)), mix(RED, NIGHT, 0.3))
    return canvas


def _steps(canvas: Canvas, count: int, tallest: float) -> list[Point]:
    steps: list[Point] = []
    for index in range(count):
        height = canvas.chance.uniform(0.25, 1) * tallest
        steps += [(index * WIDTH / count, height), ((index + 1) * WIDTH / count, height)]
    return steps


def _trusses(canvas: Canvas) -> None:
    """The cantilever spans: high over each pair of piers, low between them."""
    deck, steel = 610, NIGHT
    for pier in range(-60, 1800, 440):
        top = [*curve((pier - 220, deck - 40), (pier - 70, deck - 60), (pier, deck - 205))]
        outline = [*top, *[(2 * pier - x, y) for x, y in reversed(top)]]
        canvas.line(outline, steel, width=9)
        for share in range(0, len(outline), 14):
            x, y = outline[share]
            canvas.line([(x, y), (x, deck)], steel, width=4)
            if share + 14 < len(outline):
                end = outline[share + 14]
                cross = [(x, y), (end[0], deck)] if x < pier else [(x, deck), end]
                canvas.line(cross, steel, width=3)
        canvas.polygon(
            [(pier - 26, deck), (pier + 26, deck), (pier + 40, 790), (pier - 40, 790)],
            mix(NIGHT, INDIGO, 0.3),
        )
        canvas.rectangle(pier - 52, 782, 104, 18, NIGHT, radius=6)
        canvas.rectangle(pier - 46, 800, 92, 150, NIGHT, alpha=0.22)
    canvas.rectangle(0, deck - 6, WIDTH, 20, steel)
    for x in range(120, 700, 74):
        canvas.rectangle(x, deck - 42, 68, 34, mix(RED, NIGHT, 0.35), radius=6)
        for window in range(3):
            canvas.rectangle(x + 8 + window * 19, deck - 34, 13, 12, mix(OCHRE, PAPER, 0.5), radius=2)


def facade() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.5), mix(SAND, PAPER, 0.5), seed=14)
    canvas.glow(1320, 170, 560, PAPER, strength=0.7)
    wall, shadow = mix(OCHRE, PAPER, 0.5), mix(OCHRE, INDIGO, 0.35)
    canvas.rectangle(130, 360, 1340, 520, wall)
    canvas.polygon([(100, 360), (190, 262), (1410, 262), (1500, 360)], mix(RED, INDIGO, 0.18))
    for x in range(205, 1420, 26):
        canvas.line([(x, 266), (x + (x - 800) * 0.065, 358)], NIGHT, width=2, alpha=0.22)
    canvas.rectangle(104, 350, 1392, 22, PAPER)
    canvas.rectangle(130, 610, 1340, 16, PAPER)
    for floor in (410, 660):
        for x in [*range(190, 560, 124), *range(980, 1360, 124)]:
            _shuttered_window(canvas, x, floor)
    canvas.rectangle(570, 300, 460, 580, mix(wall, PAPER, 0.35))
    canvas.polygon([(545, 305), (800, 190), (1055, 305)], PAPER)
    canvas.polygon([(600, 296), (800, 208), (1000, 296)], mix(wall, PAPER, 0.1))
    canvas.disc(800, 262, 25, RED)
    for x in (600, 706, 858, 964):
        canvas.rectangle(x, 330, 36, 550, PAPER)
        canvas.rectangle(x + 26, 330, 10, 550, shadow, alpha=0.35)
        canvas.rectangle(x - 8, 322, 52, 16, PAPER)
    for x, width in ((648, 52), (752, 96), (904, 52)):
        canvas.rectangle(x, 400, width, 150, mix(TEAL, INDIGO, 0.5), radius=width / 2)
        canvas.rectangle(x, 470, width, 90, mix(TEAL, INDIGO, 0.5))
    canvas.rectangle(746, 670, 108, 210, INDIGO, radius=50)
    canvas.rectangle(746, 760, 108, 120, INDIGO)
    canvas.rectangle(758, 690, 40, 190, mix(OCHRE, PAPER, 0.4), radius=18)
    canvas.polygon([(130, 360), (570, 360), (570, 420), (130, 396)], INDIGO, alpha=0.14)
    for step in range(4):
        canvas.rectangle(
            520 - step * 26, 872 + step * 17, 560 + step * 52, 18, mix(PAPER, INDIGO, 0.06 * step)
        )
    canvas.below([(0, 940), (WIDTH, 940)], mix(SAND, INDIGO, 0.18))
    canvas.shade([(560, 945), (1040, 945), (900, 1067), (300, 1067)], INDIGO, strength=0.18, blur=18)
    for x, size in ((60, 1.25), (1545, 1.35), (430, 0.62), (1170, 0.62)):
        _tree(canvas, x, 945, size)
    return canvas


def _shuttered_window(canvas: Canvas, x: float, y: float) -> None:
    canvas.rectangle(x - 8, y - 8, 82, 166, PAPER)
    canvas.rectangle(x, y, 66, 150, mix(TEAL, INDIGO, 0.25))
    canvas.line([(x + 33, y), (x + 33, y + 150)], PAPER, width=3)
    for slat in range(1, 12):
        canvas.line([(x + 4, y + slat * 12.5), (x + 62, y + slat * 12.5)], NIGHT, width=2, alpha=0.35)


def _tree(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.rectangle(x - 9 * size, y - 190 * size, 18 * size, 200 * size, mix(INDIGO, OCHRE, 0.25), radius=6)
    for dx, dy, radius, share in (
        (0, -270, 112, 0.3),
        (-62, -210, 82, 0.42),
        (58, -216, 86, 0.38),
        (18, -310, 76, 0.16),
        (-34, -296, 62, 0.1),
    ):
        canvas.disc(x + dx * size, y + dy * size, radius * size, mix(TEAL, INDIGO, share))


def building_site() -> Canvas:
    canvas = Canvas(mix(INDIGO, TEAL, 0.5), mix(OCHRE, PAPER, 0.45), seed=15)
    canvas.glow(520, 760, 760, mix(OCHRE, RED, 0.15), strength=0.7)
    canvas.disc(520, 640, 110, mix(OCHRE, PAPER, 0.4))
    skyline = [(x, 860 - height) for x, height in _steps(canvas, 26, 190)]
    canvas.below([(0, 860), *skyline, (WIDTH, 860)], mix(DUSK, OCHRE, 0.35))
    canvas.rectangle(860, 300, 480, 700, mix(INDIGO, TEAL, 0.2))
    for floor in range(7):
        y = 320 + floor * 98
        for bay in range(4):
            lit = (floor + 2 * bay) % 5 == 0
            canvas.rectangle(
                880 + bay * 115, y, 96, 74, mix(OCHRE, PAPER, 0.25) if lit else mix(DUSK, MIST, 0.25)
            )
        canvas.rectangle(848, y + 78, 504, 14, NIGHT)
    for x in (846, 1006, 1166, 1346):
        canvas.rectangle(x, 262, 8, 760, NIGHT)
    for floor in range(7):
        canvas.line([(846, 412 + floor * 98), (1006, 320 + floor * 98)], NIGHT, width=4)
        canvas.line([(1166, 320 + floor * 98), (1350, 412 + floor * 98)], NIGHT, width=4)
    canvas.rectangle(836, 596, 524, 112, TEAL, alpha=0.45)
    _tower_crane(canvas)
    canvas.below([(0, 985), (WIDTH, 970)], NIGHT)
    for x, y in ((930, 512), (1235, 806), (1080, 316)):
        canvas.rectangle(x - 13, y - 46, 26, 50, RED, radius=10)
        canvas.disc(x, y - 58, 12, mix(OCHRE, PAPER, 0.25))
        canvas.rectangle(x - 18, y - 60, 36, 5, mix(OCHRE, PAPER, 0.25), radius=2)
    return canvas


def _tower_crane(canvas: Canvas) -> None:
    for x in (300, 346):
        canvas.rectangle(x, 190, 8, 800, NIGHT)
    for y in range(200, 980, 46):
        canvas.line([(304, y), (350, y + 46)], NIGHT, width=4)
    for y in (160, 196):
        canvas.rectangle(90, y, 1010, 7, NIGHT)
    for x in range(110, 1090, 42):
        canvas.line([(x, 163), (x + 21, 200), (x + 42, 163)], NIGHT, width=3)
    canvas.polygon([(296, 160), (327, 60), (358, 160)], NIGHT)
    canvas.line([(100, 162), (327, 66), (1000, 162)], NIGHT, width=4)
    canvas.rectangle(96, 200, 84, 62, mix(NIGHT, INDIGO, 0.5))
    canvas.rectangle(352, 204, 52, 62, OCHRE, radius=6)
    canvas.line([(700, 200), (700, 400)], NIGHT, width=4)
    canvas.rectangle(620, 410, 160, 20, RED)
    canvas.line([(624, 412), (700, 372), (776, 412)], NIGHT, width=3)
