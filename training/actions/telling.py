"""Whoever is concerned hears of it: those registered, when what was decided about their event changes."""

from datetime import datetime

from training.models import Event


def tell_registered(event: Event, *, now: datetime) -> None:
    """Tell everybody with an active registration how the event stands now, once for each `event.sequence`.

    Called in the transaction of the change, after it is written.
    """
