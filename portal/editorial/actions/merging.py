"""Merging: the content of working copies onto their originals, by whole columns, for one copy or a thousand."""

from collections import defaultdict
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, OuterRef, Subquery

from portal.editorial import content
from portal.editorial.guards import Attempt
from portal.editorial.models import Edition, Publishable
from portal.languages import LANGUAGES
from portal.library.models import Placement

#: What a working copy says about the change itself stays out of the original.
_NOT_MERGED = {"change_kind", "change_note"}


def onto_originals(attempts: list[Attempt]) -> None:
    """Write the released languages, the shared fields and the children of working copies onto their originals."""
    for languages, copies in _by_languages(attempts).items():
        _merge_columns(copies, languages)
        _merge_relations(copies)
        _merge_placements(copies, languages)


def _by_languages(attempts: list[Attempt]) -> dict[tuple[str, ...], list[Publishable]]:
    """Copies grouped by which of their languages are released; one copy stands in one group."""
    released: dict[int, set[str]] = defaultdict(set)
    copies: dict[int, Publishable] = {}
    for attempt in attempts:
        released[attempt.item.pk].add(attempt.language)
        copies[attempt.item.pk] = attempt.item
    groups: dict[tuple[str, ...], list[Publishable]] = defaultdict(list)
    for pk, languages in released.items():
        groups[tuple(sorted(languages))].append(copies[pk])
    return groups


def _merge_columns(copies: list[Publishable], languages: tuple[str, ...]) -> None:
    model = type(copies[0])
    columns = [model._meta.get_field(field).attname for field in model.shared_content]
    columns += [
        f"{field}_{language}" for language in languages for field in model.translated_content if field not in _NOT_MERGED
    ]
    copy = model._default_manager.filter(working_copy_of=OuterRef("pk"))
    model._default_manager.filter(pk__in=[copy.working_copy_of_id for copy in copies]).update(
        lock_version=F("lock_version") + 1, **{column: Subquery(copy.values(column)[:1]) for column in columns}
    )


def _merge_relations(copies: list[Publishable]) -> None:
    model = type(copies[0])
    for relation in model.relations_content:
        many = model._meta.get_field(relation)
        through, ours, theirs = many.remote_field.through, many.m2m_column_name(), many.m2m_reverse_name()
        through._default_manager.filter(**{f"{ours}__in": [copy.working_copy_of_id for copy in copies]}).delete()
        through._default_manager.bulk_create(
            [
                through(**{ours: copy.working_copy_of_id, theirs: related.pk})
                for copy in copies
                for related in getattr(copy, relation).all()
            ],
            batch_size=500,
        )


def _merge_placements(copies: list[Publishable], languages: tuple[str, ...]) -> None:
    """The copy decides which pictures stand where; words of languages not released stay the original's."""
    kind = ContentType.objects.get_for_model(copies[0])
    originals = [copy.working_copy_of_id for copy in copies]
    standing: dict[tuple[int, str], Placement] = {
        (placed.object_id, content.placement_key(placed)): placed
        for placed in Placement.objects.filter(content_type=kind, object_id__in=originals).select_related("asset")
    }
    merged = [
        _merged_placement(kind, copy, placed, standing.get((copy.working_copy_of_id, content.placement_key(placed))), languages)
        for copy in copies
        for placed in copy.placements.all()
    ]
    Placement.objects.filter(content_type=kind, object_id__in=originals).delete()
    Placement.objects.bulk_create(merged, batch_size=500)


def _merged_placement(
    kind: ContentType, copy: Publishable, placed: Placement, standing: Placement | None, languages: tuple[str, ...]
) -> Placement:
    words: dict[str, Any] = {}
    for language in LANGUAGES:
        origin = placed if language in languages or standing is None else standing
        words |= {f"{field}_{language}": getattr(origin, f"{field}_{language}") for field in content.PLACED_WORDS}
    return Placement(
        content_type=kind, object_id=copy.working_copy_of_id, asset=placed.asset, role=placed.role,
        position=placed.position, decorative=placed.decorative, **words,
    )  # fmt: skip


def dispose(attempts: list[Attempt]) -> None:
    """Working copies whose every language is out are gone; one with another language still in work stays with it."""
    if not attempts:
        return
    kind = ContentType.objects.get_for_model(attempts[0].item)
    released = {(attempt.item.pk, attempt.language) for attempt in attempts}
    copies = {attempt.item.pk: attempt.item for attempt in attempts}
    rest = [
        edition
        for edition in Edition.objects.filter(content_type=kind, object_id__in=copies)
        if (edition.object_id, edition.language) not in released and _has_work(copies[edition.object_id], edition.language)
    ]
    kept = {edition.object_id for edition in rest}
    Edition.objects.filter(pk__in=[attempt.edition.pk for attempt in attempts if attempt.item.pk in kept]).delete()
    type(attempts[0].item)._default_manager.filter(pk__in=[pk for pk in copies if pk not in kept]).delete()


def _has_work(copy: Publishable, language: str) -> bool:
    """The copy says something in this language that its original does not."""
    mine = content.content_of(copy)[language]
    original = type(copy)._default_manager.get(pk=copy.working_copy_of_id)
    return {**mine, **dict.fromkeys(_NOT_MERGED, "")} != {**content.content_of(original)[language], **dict.fromkeys(_NOT_MERGED, "")}
