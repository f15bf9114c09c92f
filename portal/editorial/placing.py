"""Placing: the pictures and attachments of a saved text become those its form and its bodies say."""

from typing import Any

from portal.editorial import content as contents
from portal.editorial.content import Content
from portal.editorial.locks import SHARED, Locks
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES
from portal.library.models import Asset, Placement
from portal.richtext import asset_ids
from portal.richtext.fields import RichText

FIGURE = Placement.Role.FIGURE


def place(item: Publishable, said: Content | None, locks: Locks) -> None:
    """Write the placements a form says (None: as they stand), figures of the bodies brought in line.

    A picture in any language's body gets its placement with the library's words; one in none loses it.
    Locked parts are left alone.
    """
    item._prefetched_objects_cache = {}
    contents.load([item])
    standing = contents.content_of(item)
    wanted = said or {part: {"placements": standing[part]["placements"]} for part in standing}
    if locks.is_open(SHARED):
        _follow_bodies(wanted, _figures_in_bodies(item))
    if any(wanted[part]["placements"] != standing[part]["placements"] for part in wanted):
        contents.restore_placements(item, wanted, [*([SHARED] if locks.is_open(SHARED) else []), *LANGUAGES])


def _figures_in_bodies(item: Publishable) -> list[str]:
    """The pictures named in the bodies of both languages, in reading order, each once."""
    bodies = [field for field in item.translated_content if isinstance(item._meta.get_field(field), RichText)]
    named = [
        str(uuid)
        for language in LANGUAGES
        for field in bodies
        for uuid in asset_ids(item.text(field, language))
    ]
    return list(dict.fromkeys(named))


def _follow_bodies(wanted: Content, named: list[str]) -> None:
    """Figures are those of the bodies; a placement nobody described yet begins with the library's words."""
    rows: list[dict[str, Any]] = wanted[SHARED]["placements"]
    kept = [row for row in rows if row["role"] != FIGURE or row["asset"] in named]
    known = {row["asset"] for row in kept if row["role"] == FIGURE}
    assets = {
        str(asset.uuid): asset
        for asset in Asset.objects.filter(uuid__in={*named, *(row["asset"] for row in kept)})
    }
    kept += [
        {"asset": uuid, "role": FIGURE, "decorative": False}
        for uuid in named
        if uuid not in known and uuid in assets and assets[uuid].is_image
    ]
    wanted[SHARED]["placements"] = kept
    for language in LANGUAGES:
        said = wanted[language]["placements"]
        wanted[language]["placements"] = {
            key: said[key] if key in said else _library_words(assets[row["asset"]], language)
            for row in kept
            for key in [f"{row['role']}:{row['asset']}"]
        }


def _library_words(asset: Asset, language: str) -> dict[str, str]:
    return {word: getattr(asset, f"{word}_{language}") or "" for word in contents.PLACED_WORDS}
