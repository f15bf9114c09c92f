"""Translation truth: is this translation still a translation of what readers of the original see? Told by digests, never dates."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.editorial import content
from portal.editorial.models import Edition, Publishable
from portal.history.models import Version
from portal.languages import other
from portal.richtext.compare import ParagraphChange, paragraph_diff


class Truth(models.TextChoices):
    ORIGINAL = "original", _("original")
    NOT_STARTED = "not_started", _("not translated")
    IN_TRANSLATION = "in_translation", _("in translation")
    CURRENT = "current", _("translation up to date")
    OUTDATED = "outdated", _("translation out of date")


def outdated_fields(edition: Edition, source: Edition | None) -> list[str]:
    """The fields whose published source text differs from the one this translation was made from.

    A field made from a version of the source that is not out yet is ahead of it, not behind.
    """
    if source is None or not source.field_digests:
        return []
    return [
        field
        for field in sorted({*source.field_digests, *edition.made_from})
        if edition.made_from.get(field, {}).get("digest", "") != source.field_digests.get(field, "")
        and edition.made_from.get(field, {}).get("version", 0) <= source.published_version
    ]


def truth(item: Publishable, language: str) -> Any:
    """The named state of one language's translation."""
    if language == item.source_language or (item.languages_stand_alone and item.text("title", language)):
        return Truth.ORIGINAL
    edition = item.edition(language)
    if edition is None or not any(item.text(field, language) for field in content.translatable_fields(item)):
        return Truth.NOT_STARTED
    if outdated_fields(edition, item.root.edition(item.source_language)):
        return Truth.OUTDATED
    return Truth.CURRENT if edition.was_public or item.is_working_copy else Truth.IN_TRANSLATION


def told_to_readers(item: Publishable, edition: Edition, source: Edition | None) -> dict[str, Any]:
    """What a reader of a translation is told: {} when it is current; otherwise since when, and where the original is."""
    if edition.language == item.source_language or not outdated_fields(edition, source):
        return {}
    changed = source.updated_publicly_at or source.first_published_at if source else None
    return {
        "outdated": True,
        "source_changed_at": changed.isoformat() if changed else None,
        "source_url": item.get_absolute_url(item.source_language),
    }


def changed_source(item: Publishable, language: str) -> dict[str, list[ParagraphChange]]:
    """For the translator: field → which paragraphs of the source changed since this translation was made from it."""
    edition, source = item.edition(language), item.root.edition(other(language))
    if edition is None or language == item.source_language:
        return {}
    fields = outdated_fields(edition, source)
    numbers = {edition.made_from[field]["version"] for field in fields if field in edition.made_from}
    versions = {
        version.number: version.content[item.source_language]
        for version in Version.objects.about(item.root).filter(number__in=numbers)
    }
    changes = {}
    for field in fields:
        made = edition.made_from.get(field)
        before = versions.get(made["version"], {}).get(field, "") if made else ""
        changes[field] = paragraph_diff(before, item.root.text(field, item.source_language))
    return changes
