"""The newest deeds about one thing, in words for people."""

from django.db.models import Model

from portal.editorial.timeline import Line, merged
from portal.history.models import Record

SHOWN = 40


def deeds_of(thing: Model) -> list[Line]:
    """One query."""
    return merged(Record.objects.about(thing).select_related("by")[:SHOWN], [])
