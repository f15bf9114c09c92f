"""What whoever has a seat arranges the day by: a change of it is told, other changes are not."""

from hashlib import sha256

from portal.languages import LANGUAGES
from training.models import Event


def digest_of(event: Event) -> str:
    """Of when and where, and whether it is cancelled."""
    cancelled = "cancelled" if event.progress == Event.Progress.CANCELLED else ""
    days = [str(each or "") for each in (event.begins_on, event.ends_on, event.precision)]
    hours = [each.isoformat() if each else "" for each in (event.begins_at, event.ends_at)]
    places = [event.text("place", language) for language in LANGUAGES]
    return sha256("\0".join([cancelled, *days, *hours, *places, event.online_url]).encode()).hexdigest()
