"""Rooms where people work: a lecture hall, a factory, a ward."""

from __future__ import annotations

from .canvas import INDIGO, NIGHT, OCHRE, PAPER, RED, ROSE, SAND, SKIN, TEAL, WIDTH, Canvas, Colour, mix


def training_hall() -> Canvas:
    canvas = Canvas(mix(PAPER, SAND, 0.3), mix(SAND, PAPER, 0.2), seed=21)
    canvas.rectangle(0, 0, WIDTH, 620, mix(TEAL, PAPER, 0.68))
    for x in (60, 1340):
        canvas.rectangle(x, 90, 200, 360, PAPER)
        canvas.rectangle(x + 12, 102, 176, 336, mix(OCHRE, PAPER, 0.72))
        canvas.line([(x + 100, 102), (x + 100, 438)], PAPER, width=8)
        canvas.line([(x + 12, 250), (x + 188, 250)], PAPER, width=8)
    canvas.rectangle(380, 70, 760, 410, INDIGO, radius=6)
    canvas.rectangle(394, 84, 732, 382, PAPER)
    canvas.disc(560, 250, 96, mix(TEAL, PAPER, 0.25))
    canvas.slice(560, 250, 96, -90, 40, RED)
    canvas.slice(560, 250, 96, 40, 110, OCHRE)
    canvas.disc(560, 250, 44, PAPER)
    for index, length in enumerate((330, 250, 300, 180)):
        canvas.rectangle(
            720, 160 + index * 54, length, 20, mix(INDIGO, PAPER, 0.25 + 0.15 * index), radius=10
        )
    canvas.rectangle(444, 398, 606, 14, mix(OCHRE, PAPER, 0.5), radius=7)
    _lecturer(canvas, 1240, 610)
    canvas.below([(0, 620), (WIDTH, 620)], mix(OCHRE, PAPER, 0.55))
    canvas.polygon([(60, 620), (260, 620), (120, 1067), (-400, 1067)], PAPER, alpha=0.4)
    tones = [INDIGO, mix(INDIGO, TEAL, 0.5), TEAL, RED, mix(INDIGO, PAPER, 0.22), mix(OCHRE, INDIGO, 0.35)]
    for row, (y, size, count) in enumerate(((660, 0.72, 12), (770, 0.95, 9), (910, 1.28, 7))):
        gap = WIDTH / count
        for seat in range(-1, count + 1):
            x = gap * (seat + 0.5 + 0.5 * (row % 2))
            _listener(
                canvas, x, y, size, tones[(seat * 5 + row * 2) % len(tones)], long_hair=(seat + row) % 3 == 0
            )
        canvas.rectangle(0, y + 92 * size, WIDTH, 22 * size, mix(OCHRE, INDIGO, 0.30 + 0.1 * row))
        canvas.rectangle(0, y + 92 * size, WIDTH, 4 * size, mix(OCHRE, PAPER, 0.3), alpha=0.7)
    return canvas


def _lecturer(canvas: Canvas, x: float, y: float) -> None:
    canvas.rectangle(x - 34, y - 230, 68, 230, INDIGO, radius=30)
    canvas.polygon([(x - 12, y - 232), (x + 12, y - 232), (x, y - 170)], PAPER)
    canvas.line([(x - 20, y - 196), (x - 78, y - 236)], INDIGO, width=22)
    canvas.disc(x - 84, y - 240, 12, SKIN)
    canvas.rectangle(x - 9, y - 250, 18, 26, SKIN, radius=6)
    canvas.disc(x, y - 270, 30, SKIN)
    canvas.slice(x, y - 272, 32, 180, 360, NIGHT)
    canvas.polygon(
        [(x - 60, y - 120), (x + 66, y - 120), (x + 52, y + 20), (x - 46, y + 20)], mix(RED, INDIGO, 0.25)
    )
    canvas.rectangle(x - 70, y - 132, 146, 16, mix(RED, PAPER, 0.2), radius=4)


def _listener(canvas: Canvas, x: float, y: float, size: float, colour: Colour, *, long_hair: bool) -> None:
    canvas.rectangle(x - 54 * size, y + 8 * size, 108 * size, 130 * size, colour, radius=44 * size)
    canvas.rectangle(
        x - 12 * size, y - 14 * size, 24 * size, 40 * size, mix(SKIN, OCHRE, 0.3), radius=8 * size
    )
    if long_hair:
        canvas.rectangle(x - 31 * size, y - 52 * size, 62 * size, 84 * size, NIGHT, radius=28 * size)
    canvas.disc(x, y - 30 * size, 32 * size, mix(NIGHT, INDIGO, 0.3))


def factory_hall() -> Canvas:
    canvas = Canvas(mix(TEAL, INDIGO, 0.55), mix(TEAL, PAPER, 0.15), seed=22)
    canvas.glow(800, 560, 760, mix(OCHRE, PAPER, 0.55), strength=0.85, squash=0.7)
    canvas.rectangle(560, 420, 480, 240, mix(OCHRE, PAPER, 0.65))
    for x in range(560, 1041, 60):
        canvas.rectangle(x - 3, 420, 6, 240, mix(TEAL, INDIGO, 0.4))
    canvas.rectangle(560, 535, 480, 6, mix(TEAL, INDIGO, 0.4))
    canvas.polygon([(0, 1067), (560, 660), (1040, 660), (WIDTH, 1067)], mix(TEAL, PAPER, 0.42))
    canvas.polygon([(420, 1067), (720, 660), (880, 660), (1180, 1067)], PAPER, alpha=0.35)
    canvas.polygon([(0, 0), (560, 420), (560, 660), (0, 1067)], mix(INDIGO, TEAL, 0.35))
    canvas.polygon([(WIDTH, 0), (1040, 420), (1040, 660), (WIDTH, 1067)], mix(INDIGO, TEAL, 0.2))
    for depth in (0.0, 0.3, 0.52, 0.68, 0.8, 0.89):
        _portal_frame(canvas, depth)
    for left in (500, 900, 1300):
        canvas.shade(
            [(left - 60, 0), (left + 50, 0), (left - 180, 1000), (left - 420, 1000)],
            PAPER,
            strength=0.22,
            blur=16,
        )
    for x, y, size, colour in (
        (650, 760, 0.8, INDIGO),
        (980, 760, 0.8, TEAL),
        (500, 830, 1.15, RED),
        (1120, 830, 1.15, INDIGO),
        (220, 930, 1.7, INDIGO),
        (1350, 940, 1.7, RED),
    ):
        _bench(canvas, x, y, size)
        _worker(canvas, x, y, size, colour)
    return canvas


def _portal_frame(canvas: Canvas, depth: float) -> None:
    """One steel frame of the hall; depth 0 is the reader, 1 the far wall."""

    def at(x: float, y: float) -> tuple[float, float]:
        return x + (800 - x) * depth * 0.75, y + (560 - y) * depth * 0.75

    steel = mix(NIGHT, TEAL, depth * 0.55)
    width = 26 * (1 - depth) + 4
    canvas.line([at(40, 1067), at(40, 190), at(800, 20), at(1560, 190), at(1560, 1067)], steel, width=width)
    canvas.line([at(40, 250), at(1560, 250)], steel, width=width * 0.45)
    for x in range(190, 1500, 152):
        top = 190 - 170 * (1 - abs(x - 800) / 760)
        canvas.line([at(x, 250), at(x, top)], steel, width=width * 0.25)


def _bench(canvas: Canvas, x: float, y: float, size: float) -> None:
    canvas.disc(x + 20 * size, y + 66 * size, 130 * size, NIGHT, alpha=0.28, squash=0.14)
    canvas.rectangle(x + 20 * size, y - 4 * size, 120 * size, 14 * size, mix(OCHRE, PAPER, 0.15), radius=3)
    canvas.rectangle(x + 30 * size, y + 8 * size, 100 * size, 56 * size, mix(INDIGO, TEAL, 0.4))
    canvas.rectangle(x + 78 * size, y - 56 * size, 44 * size, 54 * size, mix(TEAL, INDIGO, 0.2), radius=6)
    canvas.rectangle(x + 86 * size, y - 48 * size, 28 * size, 20 * size, mix(OCHRE, PAPER, 0.4), radius=3)


def _worker(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    canvas.rectangle(x - 22 * size, y - 10 * size, 19 * size, 76 * size, NIGHT, radius=6)
    canvas.rectangle(x + 2 * size, y - 10 * size, 19 * size, 76 * size, NIGHT, radius=6)
    canvas.rectangle(x - 29 * size, y - 84 * size, 58 * size, 90 * size, colour, radius=22 * size)
    canvas.line(
        [(x + 8 * size, y - 60 * size), (x + 30 * size, y - 22 * size), (x + 62 * size, y - 14 * size)],
        mix(colour, NIGHT, 0.25),
        width=15 * size,
    )
    canvas.disc(x + 2 * size, y - 104 * size, 21 * size, SKIN)
    canvas.slice(x + 2 * size, y - 107 * size, 25 * size, 180, 360, OCHRE)
    canvas.rectangle(x - 23 * size, y - 110 * size, 60 * size, 7 * size, OCHRE, radius=3)


def ward() -> Canvas:
    canvas = Canvas(mix(TEAL, PAPER, 0.75), PAPER, seed=23)
    canvas.polygon([(0, 0), (WIDTH, 0), (1000, 330), (600, 330)], mix(PAPER, TEAL, 0.12))
    canvas.polygon([(0, 0), (600, 330), (600, 700), (0, 1067)], mix(TEAL, PAPER, 0.58))
    canvas.polygon([(WIDTH, 0), (1000, 330), (1000, 700), (WIDTH, 1067)], mix(TEAL, PAPER, 0.45))
    canvas.polygon([(0, 1067), (600, 700), (1000, 700), (WIDTH, 1067)], mix(SAND, PAPER, 0.25))
    canvas.rectangle(600, 330, 400, 370, mix(OCHRE, PAPER, 0.75))
    canvas.glow(800, 500, 330, PAPER, strength=0.9)
    canvas.rectangle(796, 330, 8, 370, mix(TEAL, PAPER, 0.3))
    canvas.polygon([(600, 700), (1000, 700), (1240, 1067), (360, 1067)], PAPER, alpha=0.65)
    for near, far in ((0.05, 0.36), (0.47, 0.66), (0.73, 0.86)):
        _wall_panel(canvas, near, far, (0.24, 0.62), mix(OCHRE, PAPER, 0.62), left=True)
        _wall_panel(canvas, near, far, (0.22, 1.0), mix(TEAL, INDIGO, 0.2), left=False)
    for share in (0.1, 0.42, 0.65, 0.82):
        half, y = 150 * (1 - share) + 20, 330 * share
        canvas.polygon(
            [
                (800 - half, y),
                (800 + half, y),
                (800 + half * 0.86, y + 26 * (1 - share) + 4),
                (800 - half * 0.86, y + 26 * (1 - share) + 4),
            ],
            PAPER,
        )
    for rail in (0.70, 0.735):
        canvas.line([(0, 1067 * rail), (600, 330 + 370 * rail)], mix(OCHRE, INDIGO, 0.15), width=9)
        canvas.line([(WIDTH, 1067 * rail), (1000, 330 + 370 * rail)], mix(OCHRE, INDIGO, 0.15), width=9)
    _nurse(canvas, 745, 800)
    return canvas


def _wall_panel(
    canvas: Canvas, near: float, far: float, rise: tuple[float, float], colour: Colour, *, left: bool
) -> None:
    """A window or door on a side wall, from share `near` to share `far` of its depth."""

    def at(depth: float, height: float) -> tuple[float, float]:
        x, top, bottom = 600 * depth, 330 * depth, 1067 - 367 * depth
        return (x if left else WIDTH - x), top + (bottom - top) * height

    corners = [at(near, rise[0]), at(far, rise[0]), at(far, rise[1]), at(near, rise[1])]
    canvas.polygon(corners, colour)
    canvas.line([*corners, corners[0]], PAPER, width=7)


def _nurse(canvas: Canvas, x: float, y: float) -> None:
    canvas.shade(
        [(x - 90, y + 8), (x + 280, y + 8), (x + 240, y + 60), (x - 190, y + 60)],
        INDIGO,
        strength=0.3,
        blur=12,
    )
    for leg in (-25, 5):
        canvas.rectangle(x + leg, y - 100, 22, 106, mix(TEAL, INDIGO, 0.55), radius=8)
    canvas.polygon(
        [(x - 44, y - 60), (x - 36, y - 226), (x + 36, y - 226), (x + 44, y - 60)], mix(TEAL, INDIGO, 0.2)
    )
    canvas.rectangle(x - 40, y - 244, 80, 60, mix(TEAL, INDIGO, 0.2), radius=26)
    canvas.line([(x + 26, y - 212), (x + 52, y - 158), (x + 100, y - 138)], mix(TEAL, INDIGO, 0.4), width=22)
    canvas.rectangle(x - 10, y - 264, 20, 30, SKIN, radius=6)
    canvas.disc(x, y - 284, 32, NIGHT)
    canvas.disc(x - 4, y - 318, 15, NIGHT)
    canvas.rectangle(x + 86, y - 142, 170, 12, INDIGO, radius=5)
    canvas.rectangle(x + 98, y - 40, 146, 10, INDIGO, radius=5)
    for leg in (102, 230):
        canvas.rectangle(x + leg, y - 138, 9, 130, INDIGO)
        canvas.disc(x + leg + 5, y - 2, 11, NIGHT)
    canvas.rectangle(x + 116, y - 190, 44, 48, PAPER, radius=5)
    canvas.rectangle(x + 133, y - 182, 10, 32, RED)
    canvas.rectangle(x + 122, y - 171, 32, 10, RED)
    canvas.rectangle(x + 178, y - 176, 26, 34, OCHRE, radius=6)
    canvas.rectangle(x + 212, y - 166, 22, 24, ROSE, radius=5)
