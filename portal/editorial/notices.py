"""Telling the people who worked on a text what became of it."""

from collections import defaultdict
from datetime import datetime

from portal.editorial.effects import effect
from portal.editorial.models import Effect, Notice
from portal.history.models import Version


@effect("tell_contributors")
def tell_contributors(effects: list[Effect], now: datetime) -> None:
    """One notice for each person who changed the text, the doer left out; the key keeps it one notice for ever."""
    writers = _writers(effects)
    Notice.objects.bulk_create(
        [
            Notice(
                key=f"{each.key}:{person}", to_id=person, at=each.queued_at, verb=each.particulars["verb"],
                by_id=each.particulars["by"], content_type_id=each.content_type_id, object_id=each.object_id,
                title=writers[_thing(each)][1], language=each.language, note=each.particulars.get("note", ""),
            )
            for each in effects
            for person in sorted(writers[_thing(each)][0] - {each.particulars["by"]})
        ],
        ignore_conflicts=True,
        batch_size=500,
    )  # fmt: skip


def _thing(each: Effect) -> tuple[int | None, int | None]:
    return each.content_type_id, each.object_id


def _writers(effects: list[Effect]) -> dict[tuple[int | None, int | None], tuple[set[int], str]]:
    """Thing → (who wrote versions of it, its newest title)."""
    wanted: dict[int | None, set[int | None]] = defaultdict(set)
    for each in effects:
        wanted[each.content_type_id].add(each.object_id)
    found: dict[tuple[int | None, int | None], tuple[set[int], str]] = defaultdict(lambda: (set(), ""))
    for content_type_id, object_ids in wanted.items():
        rows = Version.objects.filter(content_type_id=content_type_id, object_id__in=object_ids).order_by("number")
        for object_id, by_id, title_vi, title_en in rows.values_list(
            "object_id", "by_id", "content__vi__title", "content__en__title"
        ):
            writers, _title = found[content_type_id, object_id]
            found[content_type_id, object_id] = (writers | ({by_id} if by_id else set()), title_vi or title_en or "")
    return found
