"""Until when what is known of an event's participants is kept."""

from collections.abc import Iterable
from datetime import date, timedelta

from training.models import Event, Keeping, RetentionRule


def periods(event: Event, rules: Iterable[RetentionRule]) -> dict[str, RetentionRule]:
    """What → the period that holds for an event: its own, or that of all events."""
    own, general = {}, {}
    for rule in rules:
        if rule.event_id == event.pk:
            own[rule.what] = rule
        elif rule.event_id is None:
            general[rule.what] = rule
    return {what: found for what in Keeping.values if (found := own.get(what) or general.get(what))}


def kept_until(event: Event, rule: RetentionRule) -> date:
    """The last day it is kept; on the next it is erased."""
    return event.ends_on + timedelta(days=rule.days)
