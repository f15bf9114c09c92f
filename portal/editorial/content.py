"""What a thing says: its content as plain JSON, the digest an approval is bound to, and what changed between two.

`content_of` gives {"shared": {field: value, …, "placements": […]}, "vi": {field: text, …, "placements": {…}}, "en": {…}}.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import prefetch_related_objects

from portal.editorial.models import Edition, Publishable
from portal.languages import LANGUAGES
from portal.library.models import Placement
from portal.richtext import normalised_digest

Content = dict[str, dict[str, Any]]

#: What a working copy says about the change itself: read with it, never part of the text.
ABOUT_THE_CHANGE = {"change_kind", "change_note"}
PLACED_WORDS = ("title", "alt", "caption", "credit")


def load(items: Iterable[Publishable]) -> None:
    """Fetch the children of many things in a few queries, so that `content_of` asks nothing more."""
    items = list(items)
    if items:
        prefetch_related_objects(items, *items[0].relations_content)
        _fetch(items, "placements", Placement.objects.select_related("asset"))


def load_editions(items: Iterable[Publishable]) -> None:
    """Fetch the editions of many things in one query."""
    _fetch(list(items), "editions", Edition.objects.all())


def _fetch(items: list[Publishable], name: str, rows: models.QuerySet) -> None:
    """What Django's prefetching does for a generic relation, without a manager and a query built for each thing."""
    items = [item for item in items if name not in getattr(item, "_prefetched_objects_cache", {})]
    if not items:
        return
    kind = ContentType.objects.get_for_model(items[0])
    found: dict[int, list[models.Model]] = defaultdict(list)
    for row in rows.filter(content_type=kind, object_id__in=[item.pk for item in items]):
        found[row.object_id].append(row)
    for item in items:
        hold(item, name, found[item.pk])


def hold(item: Publishable, name: str, rows: list[Any]) -> None:
    """Let `item.<name>.all()` answer these rows without asking, as after Django's own prefetching."""
    answer = getattr(item, name).all().all()
    answer._result_cache, answer._prefetch_done = rows, True
    item.__dict__.setdefault("_prefetched_objects_cache", {})[name] = answer


def content_of(item: Publishable) -> Content:
    """The whole content of one row, ready to be stored, compared and restored."""
    placements = sorted(item.placements.all(), key=lambda placement: (placement.position, placement.pk))
    shared = {field: plain(getattr(item, _column(item, field))) for field in item.shared_content}
    for relation in item.relations_content:
        shared[relation] = sorted(related.pk for related in getattr(item, relation).all())
    shared["placements"] = [
        {"asset": str(placed.asset.uuid), "role": placed.role, "decorative": placed.decorative}
        for placed in placements
    ]
    content = {"shared": shared}
    for language in LANGUAGES:
        content[language] = {field: item.text(field, language) for field in item.translated_content}
        content[language]["placements"] = {
            placement_key(placed): _words(placed, language) for placed in placements
        }
    return content


def _column(item: Publishable, field: str) -> str:
    return item._meta.get_field(field).attname


def plain(value: Any) -> Any:
    """A column's value as JSON can hold it."""
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)


def placement_key(placed: Placement) -> str:
    """What a placement is called inside a content: the same picture in the same role keeps its words."""
    return f"{placed.role}:{placed.asset.uuid}"


def _words(placed: Placement, language: str) -> dict[str, str]:
    return {field: getattr(placed, f"{field}_{language}") or "" for field in PLACED_WORDS}


def digest(content: Content, language: str) -> str:
    """The SHA-256 of all that a reader of one language is shown: what an approval approves. The address is not text."""
    # What says nothing is left out, so that a column added by the next release voids no approval.
    said = [
        {field: value for field, value in part.items() if value not in (None, "", [], {})}
        for part in (content["shared"], _without_address(content[language]))
    ]
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digests(content: Content) -> dict[str, str]:
    return {language: digest(content, language) for language in LANGUAGES}


def changed_parts(before: Content | None, after: Content) -> list[str]:
    """Which of "shared", "vi", "en" differ. The address is not text: it is given at the first publication."""
    if before is None:
        return [part for part in after if _says_something(part, after[part])]
    return [part for part in after if _without_address(after[part]) != _without_address(before.get(part, {}))]


def _without_address(said: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in said.items() if field != "slug"}


def _says_something(part: str, said: dict[str, Any]) -> bool:
    return part == "shared" or any(value for field, value in said.items() if field != "placements")


def has_news(copy: Publishable, language: str) -> bool:
    """A working copy says something to readers of this language that they are not shown: text, or what both share."""
    said = content_of(copy)
    without_change = {**said, language: {**said[language], **dict.fromkeys(ABOUT_THE_CHANGE, "")}}
    shown = copy.root.edition(language)
    return digest(without_change, language) != (shown.published_digest if shown else None)


def translatable_fields(item: Publishable) -> list[str]:
    """The fields whose translation can grow old: texts, not addresses or notes on a change."""
    if item.languages_stand_alone:
        return []
    return [field for field in item.translated_content if field != "slug" and field not in ABOUT_THE_CHANGE]


def field_digests(content: Content, item: Publishable, language: str) -> dict[str, str]:
    """The digest of each text field, deaf to typing noise: what a translation is measured against."""
    said = content[language]
    return {field: normalised_digest(said[field]) for field in translatable_fields(item) if said[field]}


def restore(item: Publishable, content: Content, parts: Iterable[str]) -> None:
    """Write stored content onto a row and its children; the row is saved, nothing is decided here."""
    for part in parts:
        fields = item.shared_content if part == "shared" else item.translated_content
        for field in fields:
            if part == "shared":
                setattr(item, _column(item, field), _living(item, field, content[part].get(field)))
            else:
                setattr(item, f"{field}_{part}", content[part].get(field, ""))
    item.save()
    if "shared" in parts:
        for relation in item.relations_content:
            known = item._meta.get_field(relation).related_model.objects.filter(
                pk__in=content["shared"].get(relation, [])
            )
            getattr(item, relation).set(known)
    restore_placements(item, content, parts)


def _living(item: Publishable, field: str, value: Any) -> Any:
    """A foreign key to a row that has since gone keeps what stands there now."""
    column = item._meta.get_field(field)
    if value is None or not isinstance(column, models.ForeignKey):
        return column.to_python(value) if value is not None else None
    exists = column.related_model.objects.filter(pk=value).exists()
    return value if exists else getattr(item, column.attname)


def restore_placements(item: Publishable, content: Content, parts: Iterable[str]) -> None:
    """Make the placements those of the stored content; words of languages not restored are kept as they are."""
    parts = list(parts)
    standing = {placement_key(placed): placed for placed in item.placements.select_related("asset")}
    if "shared" in parts:
        standing = _replace_placements(item, content["shared"]["placements"], standing)
    for language in LANGUAGES:
        if language not in parts:
            continue
        for key, words in content[language]["placements"].items():
            if placed := standing.get(key):
                for field, value in words.items():
                    setattr(placed, f"{field}_{language}", value)
    for placed in standing.values():
        placed.save()
    item._prefetched_objects_cache = {}


def _replace_placements(
    item: Publishable, stored: list[dict[str, Any]], standing: dict[str, Placement]
) -> dict[str, Placement]:
    from_library = Placement._meta.get_field("asset").related_model.objects.in_bulk(
        [row["asset"] for row in stored], field_name="uuid"
    )
    by_uuid = {str(uuid): asset for uuid, asset in from_library.items()}
    kind = ContentType.objects.get_for_model(item)
    wanted: dict[str, Placement] = {}
    for position, row in enumerate(stored):
        if asset := by_uuid.get(row["asset"]):
            key = f"{row['role']}:{row['asset']}"
            placed = standing.get(key) or Placement(
                content_type=kind, object_id=item.pk, asset=asset, role=row["role"]
            )
            placed.position, placed.decorative = position, row["decorative"]
            wanted[key] = placed
    item.placements.exclude(pk__in=[placed.pk for placed in wanted.values() if placed.pk]).delete()
    return wanted
