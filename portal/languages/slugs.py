"""Addresses and file names in plain ASCII."""

import re

from portal.languages.folding import fold

_EXTENSION = re.compile(r"\.([A-Za-z0-9]{0,7}[A-Za-z][A-Za-z0-9]{0,7})$")
_LONGEST_STEM = 100


def slugify(text: str, longest: int | None = None) -> str:
    """The address part of a title, only a-z, 0-9 and single hyphens; empty when the text has no such letter.

    With `longest` (characters) the slug is cut between words.
    """
    letters = re.sub(r"['’]", "", fold(text))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if longest is None or len(slug) <= longest:
        return slug
    return slug[: longest + 1].rpartition("-")[0] or slug[:longest]


def filename(name: str) -> str:
    """The ASCII name a file is stored under: no folders, small extension, "file" for an unspeakable stem."""
    name = re.split(r"[/\\]", name)[-1].strip()
    extension = _EXTENSION.search(name)
    stem = name[: extension.start()] if extension else name
    if extension and stem.strip("."):
        return f"{slugify(stem, _LONGEST_STEM) or 'file'}.{extension[1].lower()}"
    return slugify(name, _LONGEST_STEM) or "file"
