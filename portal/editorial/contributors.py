"""Who has changed a text since readers last got a new one: the people who may not approve it."""

from collections.abc import Iterable

from portal.editorial.models import Edition, Publishable
from portal.history.models import AppendOnly, Record, Version
from portal.languages import LANGUAGES


def versions_of(item: Publishable) -> AppendOnly:
    """The versions of one thing, its working copies' among them, newest first."""
    return Version.objects.about(item.root).order_by("-number")


def unpublished_versions(item: Publishable, language: str) -> list[Version]:
    """The versions that changed what readers of this language will see and have not passed four eyes and gone out.

    Copies thrown away are among them: what was written there can be brought back.
    """
    edition = item.root.edition(language)
    since = edition.reviewed_version if edition else 0
    versions = versions_of(item).filter(number__gt=since).select_related("by").defer("content")
    return [version for version in versions if {"shared", language} & set(version.changed)]


def contributors(item: Publishable, language: str) -> set[int]:
    """Identifiers of everyone who changed this text, or what both languages share, since it was last published."""
    return _people(unpublished_versions(item, language))


def writers(item: Publishable, language: str) -> set[int]:
    """Identifiers of everyone who ever changed this text, public versions included."""
    versions = versions_of(item).defer("content")
    return _people(version for version in versions if {"shared", language} & set(version.changed))


def behind(version: Version) -> list[int]:
    """Identifiers of those whose words an unpublished version holds: everyone who wrote in that row or copy up to it."""
    deeds = Record.objects.filter(content_type=version.content_type_id, object_id=version.object_id)
    released = deeds.filter(verb="published", details__version=version.number)
    if set(released.values_list("language", flat=True)) >= _languages_of(version):
        return []
    earlier = Version.objects.filter(
        content_type=version.content_type_id,
        object_id=version.object_id,
        copy_id=version.copy_id,
        number__lte=version.number,
    )
    return sorted(_people(earlier.defer("content")))


def _languages_of(version: Version) -> set[str]:
    return {language for language in LANGUAGES if version.content.get(language, {}).get("title")}


def urgent_publishers(item: Publishable, edition: Edition) -> set[int]:
    """Who published this text urgently since somebody else last reviewed it."""
    urgent = Record.objects.about(item).filter(verb="published urgently", language=edition.language)
    return {
        deed.by_id for deed in urgent if deed.by_id and deed.details["version"] > edition.reviewed_version
    }


def _people(versions: Iterable[Version]) -> set[int]:
    return {person for version in versions for person in [version.by_id, *version.also_by] if person}
