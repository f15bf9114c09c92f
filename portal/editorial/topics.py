"""A renamed topic: the entries of its items say the new name."""

from datetime import datetime

from portal.editorial import effects, registry
from portal.editorial.actions import announce_change, refresh_entries
from portal.editorial.models import Effect
from portal.search.models import Entry, Topic

BATCH = 200


def ask_for_refresh(topic: Topic, now: datetime) -> None:
    """Queue the work; the topic's own page is made anew at once."""
    effects.queue("refresh_topic", topic, "", now.isoformat(), {})
    announce_change()


@effects.effect("refresh_topic")
def refresh_topic(wanted: list[Effect], now: datetime) -> None:
    """Write the entries of the topics' items again, in batches."""
    topics = {each.object_id for each in wanted}
    for kind, model in registry.by_kind():
        entries = Entry.objects.filter(content_type=kind, in_topics__topic__in=topics)
        pks = sorted(set(entries.values_list("object_id", flat=True)))
        for start in range(0, len(pks), BATCH):
            rows = model._default_manager.filter(pk__in=pks[start : start + BATCH]).select_for_update().prefetch_related("editions")
            refresh_entries(rows.order_by("pk"))
