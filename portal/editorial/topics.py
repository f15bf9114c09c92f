"""A renamed topic: the entries of its items say the new name."""

from datetime import datetime

from django.utils.translation import override

from portal.editorial import effects, registry
from portal.editorial.actions import announce_change
from portal.editorial.models import Effect, Publishable
from portal.search.models import Entry, EntryQuerySet, Topic

BATCH = 200


def ask_for_refresh(topic: Topic, now: datetime) -> None:
    """Queue the work; the topic's own page is made anew at once."""
    effects.queue("refresh_topic", topic, "", now.isoformat(), {})
    announce_change()


@effects.effect("refresh_topic")
def refresh_topic(wanted: list[Effect], now: datetime) -> None:
    """Give the pages of the topics' items the new names, in batches; nothing else of a page changes."""
    topics = {each.object_id for each in wanted}
    for kind, model in registry.by_kind():
        entries = Entry.objects.filter(content_type=kind, in_topics__topic__in=topics)
        pks = sorted(set(entries.values_list("object_id", flat=True)))
        for start in range(0, len(pks), BATCH):
            _rename(model, entries.filter(object_id__in=pks[start : start + BATCH]).distinct())
    announce_change()


def _rename(model: type[Publishable], entries: EntryQuerySet) -> None:
    items = model._default_manager.in_bulk([entry.object_id for entry in entries])
    renamed = [entry for entry in entries if entry.face.get("topics") and entry.object_id in items]
    for entry in renamed:
        with override(entry.language):
            said = items[entry.object_id].read_side(entry.language)["face"]["topics"]
        names = {topic["id"]: topic for topic in said}
        entry.face["topics"] = [names.get(topic["id"], topic) for topic in entry.face["topics"]]
    Entry.objects.bulk_update(renamed, ["face"])
