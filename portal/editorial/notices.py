"""Telling the people who worked on a text what became of it."""

from collections import defaultdict
from datetime import datetime

from portal.editorial import registry
from portal.editorial.effects import effect
from portal.editorial.models import Effect, Notice
from portal.history.models import Version

Thing = tuple[int | None, int | None]  # content type, primary key


@effect("tell_contributors")
def tell_contributors(effects: list[Effect], now: datetime) -> None:
    """One notice for each person who changed the text, the doer left out; the key keeps it one notice for ever."""
    writers: dict[Thing, set[int]] = defaultdict(set)
    titles: dict[Thing, str] = {}
    for content_type, things in _by_content_type(effects).items():
        for thing, person in _writers(content_type, things):
            writers[content_type, thing].add(person)
        titles |= {(content_type, thing): title for thing, title in _titles(content_type, things)}
    Notice.objects.bulk_create(
        [
            Notice(
                key=f"{each.key}:{person}", to_id=person, at=each.queued_at, verb=each.particulars["verb"],
                by_id=each.particulars["by"], content_type_id=each.content_type_id, object_id=each.object_id,
                title=titles.get(_thing(each), ""), language=each.language, note=each.particulars.get("note", ""),
            )
            for each in effects
            for person in sorted(writers[_thing(each)] - {each.particulars["by"]})
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip


def _thing(each: Effect) -> Thing:
    return each.content_type_id, each.object_id


def _by_content_type(effects: list[Effect]) -> dict[int | None, set[int | None]]:
    found: dict[int | None, set[int | None]] = defaultdict(set)
    for each in effects:
        found[each.content_type_id].add(each.object_id)
    return found


def _writers(content_type: int | None, things: set[int | None]) -> list[tuple[int, int]]:
    """(thing, who wrote a version of it), each once."""
    versions = Version.objects.filter(content_type_id=content_type, object_id__in=things).exclude(by=None)
    return list(versions.order_by().values_list("object_id", "by_id").distinct())


def _titles(content_type: int | None, things: set[int | None]) -> list[tuple[int, str]]:
    """(thing, its title); things that are gone, and those of a section that is gone, have none."""
    models = [model for kind, model in registry.by_kind() if kind.pk == content_type]
    return [
        (pk, vietnamese or english or "")
        for model in models
        for pk, vietnamese, english in model._base_manager.filter(pk__in=things).values_list(
            "pk", "title_vi", "title_en"
        )
    ]
