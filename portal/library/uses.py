"""Where an asset is used. What pages show is not known here: `portal.editorial` registers the question."""

from collections.abc import Callable, Iterable

from django.db import models

from portal.library.models import Asset, Placement

Showing = Callable[[Asset], Iterable[models.Model | None]]

_questions: list[Showing] = []


def register(showing: Showing) -> None:
    """For an `AppConfig.ready`: `showing(asset)` gives the things whose pages show the asset."""
    if showing not in _questions:
        _questions.append(showing)


def placements_of(asset: Asset) -> list[Placement]:
    """Every placement of the asset, with the things that place it."""
    return list(asset.placements.select_related("content_type").prefetch_related("thing").order_by("pk"))


def shown_by(asset: Asset) -> list[models.Model]:
    """The things whose pages show the asset, each once."""
    return list(dict.fromkeys(thing for showing in _questions for thing in showing(asset) if thing))


def users_of(asset: Asset) -> list[models.Model]:
    """What the asset cannot be taken from, each once; a placement stands for a thing that is gone."""
    placing = [placement.thing or placement for placement in placements_of(asset)]
    return list(dict.fromkeys([*placing, *shown_by(asset)]))
