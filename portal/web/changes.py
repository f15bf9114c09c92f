"""A change to what stands on every page (identity, menus). Who keeps copies of pages registers here."""

from collections.abc import Callable

Listener = Callable[[], None]
_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """For an `AppConfig.ready`: called, in the transaction, whenever something on every page has changed."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce() -> None:
    for listener in _listeners:
        listener()
