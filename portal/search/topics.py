"""Topics renamed. What the pages of a topic's items must do about it is not known here: it is registered."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from portal.accounts.models import User
from portal.history.actions import record
from portal.search.models import Topic

Listener = Callable[[Topic, datetime], None]
_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """For an `AppConfig.ready`: `listener(topic, now)` is called in the transaction that changed a topic."""
    if listener not in _listeners:
        _listeners.append(listener)


@transaction.atomic
def save_topic(topic: Topic, *, by: User | None, now: datetime) -> Topic:
    """Keep a new topic, or one whose words may have changed; every page that names it follows."""
    is_new = topic.pk is None
    topic.save()
    record(topic, "created" if is_new else "renamed", by=by, now=now)
    for listener in _listeners:
        listener(topic, now)
    return topic
