"""Merging: the content of working copies onto their originals, laid on in memory first, then written for all at once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models.deletion import Collector

from portal.editorial import content
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable
from portal.languages import LANGUAGES
from portal.library.models import Placement

#: What a working copy says about the change itself stays out of the original.
_NOT_MERGED = content.ABOUT_THE_CHANGE


@dataclass(frozen=True)
class Merge:
    """What is written to make originals of one model say what their copies say; only what differs is named.

    `columns` of the originals. `relations`: name → original → related. `placements`: original → its pictures from now
    on. `finished`: copies with nothing left to release, and what goes with them; of the others, the released `editions`.
    """

    model: type[Publishable]
    columns: set[str] = field(default_factory=set)
    relations: dict[str, dict[int, list[int]]] = field(default_factory=lambda: defaultdict(dict))
    placements: dict[int, list[Placement]] = field(default_factory=dict)
    finished: Collector = field(default_factory=lambda: Collector(using=connection.alias, origin=None))
    editions: list[int] = field(default_factory=list)


def lay_on_originals(attempts: list[Attempt]) -> Merge:
    """Make the originals in memory (`item.root`, content and editions loaded) what they will be; write nothing."""
    merge = Merge(type(attempts[0].item))
    finished: list[Publishable] = []
    for copy, released in _copies(attempts):
        languages = tuple(sorted(edition.language for edition in released))
        _lay_columns(merge, copy, languages)
        _lay_relations(merge, copy)
        _lay_placements(merge, copy, languages)
        if any(
            content.has_news(copy, edition.language)
            for edition in copy.editions.all()
            if edition.language not in languages
        ):
            merge.editions.extend(edition.pk for edition in released)
        else:
            finished.append(copy)
    merge.finished.collect(finished)
    return merge


def _copies(attempts: list[Attempt]) -> Iterator[tuple[Publishable, list[Edition]]]:
    """Each working copy among the things, with the editions of it that are released."""
    released: dict[int, list[Edition]] = defaultdict(list)
    copies = {attempt.item.pk: attempt.item for attempt in attempts if attempt.item.is_working_copy}
    for attempt in attempts:
        released[attempt.item.pk].append(attempt.edition)
    return ((copy, released[pk]) for pk, copy in copies.items())


def _lay_columns(merge: Merge, copy: Publishable, languages: tuple[str, ...]) -> None:
    for column in _columns(merge.model, languages):
        if getattr(copy.root, column) != getattr(copy, column):
            merge.columns.add(column)
            setattr(copy.root, column, getattr(copy, column))


def _columns(model: type[Publishable], languages: tuple[str, ...]) -> list[str]:
    texts = [text for text in model.translated_content if text not in _NOT_MERGED]
    shared = [model._meta.get_field(field).attname for field in model.shared_content]
    return shared + [f"{text}_{language}" for language in languages for text in texts]


def _lay_relations(merge: Merge, copy: Publishable) -> None:
    for relation in merge.model.relations_content:
        wanted = list(getattr(copy, relation).all())
        pks = [related.pk for related in wanted]
        if set(pks) != {related.pk for related in getattr(copy.root, relation).all()}:
            merge.relations[relation][copy.root_pk] = pks
            content.hold(copy.root, relation, wanted)


def _lay_placements(merge: Merge, copy: Publishable, languages: tuple[str, ...]) -> None:
    """The copy decides which pictures stand where; words of languages not released stay the original's."""
    standing = {content.placement_key(placed): placed for placed in copy.root.placements.all()}
    wanted = [
        _merged_placement(copy, placed, standing.get(content.placement_key(placed)), languages)
        for placed in copy.placements.all()
    ]
    if [_values(placed) for placed in wanted] != [_values(placed) for placed in copy.root.placements.all()]:
        merge.placements[copy.root_pk] = wanted
        content.hold(copy.root, "placements", wanted)


def _merged_placement(
    copy: Publishable, placed: Placement, standing: Placement | None, languages: tuple[str, ...]
) -> Placement:
    words: dict[str, Any] = {}
    for language in LANGUAGES:
        origin = placed if language in languages or standing is None else standing
        words |= {
            f"{field}_{language}": getattr(origin, f"{field}_{language}") for field in content.PLACED_WORDS
        }
    return Placement(
        content_type_id=placed.content_type_id, object_id=copy.root_pk, asset=placed.asset, role=placed.role,
        position=placed.position, decorative=placed.decorative, **words,
    )  # fmt: skip


_PLACED = [column.attname for column in Placement._meta.concrete_fields if not column.primary_key]


def _values(placed: Placement) -> list[Any]:
    return [getattr(placed, column) for column in _PLACED]


def write(merge: Merge) -> None:
    """Write what stands beside the originals, and remove what has nothing left to release; call inside a transaction."""
    for relation, related in merge.relations.items():
        _write_relation(merge.model, relation, related)
    kind = ContentType.objects.get_for_model(merge.model)
    if merge.placements:
        Placement.objects.filter(content_type=kind, object_id__in=merge.placements).delete()
        Placement.objects.bulk_create(
            [placed for wanted in merge.placements.values() for placed in wanted], batch_size=500
        )
    if merge.editions:
        Edition.objects.filter(pk__in=merge.editions).delete()
    merge.finished.delete()


def _write_relation(model: type[Publishable], relation: str, related: dict[int, list[int]]) -> None:
    many = model._meta.get_field(relation)
    through, ours, theirs = (
        many.remote_field.through,
        f"{many.m2m_field_name()}_id",
        f"{many.m2m_reverse_field_name()}_id",
    )
    through._default_manager.filter(**{f"{ours}__in": list(related)}).delete()
    through._default_manager.bulk_create(
        [
            through(**{ours: original, theirs: other})
            for original, others in related.items()
            for other in others
        ],
        batch_size=500,
    )
