"""The event's row is locked before any registration of it: seats are counted by one at a time, and nobody waits crosswise."""

from training.models import Event, Registration


def locked(event: Event) -> Event:
    """The original, read afresh. Call inside a transaction."""
    return Event.objects.select_for_update().get(pk=event.root_pk)


def both_locked(registration: Registration) -> tuple[Event, Registration]:
    """The event and one of its registrations, read afresh."""
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    fresh.event = event
    return event, fresh
