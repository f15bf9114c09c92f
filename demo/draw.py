"""Draw the demo pictures anew: `python demo/draw.py [name ...]` writes demo/pictures/<name>.jpg."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from scenes import land, objects, rooms, tables, town, travel, water
from scenes.canvas import Canvas

PICTURES = Path(__file__).parent / "pictures"

SCENES: dict[str, Callable[[], Canvas]] = {
    "building-site": town.building_site,
    "bulletin": objects.bulletin,
    "counter": tables.counter,
    "facade": town.facade,
    "factory-hall": rooms.factory_hall,
    "flight-routes": travel.flight_routes,
    "gears": objects.gears,
    "heat": land.heat,
    "hotline": objects.hotline,
    "kitchen": tables.kitchen,
    "kites": land.kites,
    "lanterns": water.lanterns,
    "long-bien": town.long_bien,
    "lotus": water.lotus,
    "mekong-bridge": water.mekong_bridge,
    "microphones": objects.microphones,
    "port": travel.port,
    "ramp": objects.ramp,
    "round-table": tables.round_table,
    "terraces": land.terraces,
    "training-hall": rooms.training_hall,
    "ward": rooms.ward,
}


def main(names: list[str]) -> None:
    """Draw the named pictures, or all of them."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or SCENES:
        SCENES[name]().save(PICTURES / f"{name}.jpg")


if __name__ == "__main__":
    main(sys.argv[1:])
