"""Who has changed a text since readers last got a new one: the people who may not approve it."""

from portal.editorial.models import Publishable
from portal.history.models import AppendOnly, Version


def versions_of(item: Publishable) -> AppendOnly:
    """The versions of one thing, its working copies' among them, newest first."""
    return Version.objects.about(item.root).order_by("-number")


def unpublished_versions(item: Publishable, language: str) -> list[Version]:
    """The versions of this row that changed what readers of this language will see and that never were public."""
    copy = item.pk if item.is_working_copy else None
    edition = item.edition(language)
    since = edition.published_version if edition and not item.is_working_copy else 0
    versions = versions_of(item).filter(copy_id=copy, number__gt=since).select_related("by").defer("content")
    return [version for version in versions if {"shared", language} & set(version.changed)]


def contributors(item: Publishable, language: str) -> set[int]:
    """Identifiers of everyone who changed this text, or what both languages share, since it was last published."""
    return {version.by_id for version in unpublished_versions(item, language) if version.by_id}


def writers(item: Publishable, language: str) -> set[int]:
    """Identifiers of everyone who ever changed this text, public versions included."""
    versions = versions_of(item).defer("content")
    return {version.by_id for version in versions if version.by_id and {"shared", language} & set(version.changed)}
