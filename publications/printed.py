"""The printed and the portable issue, made when first asked for and kept: the same issue is made once."""

import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import override

from publications import issues
from publications.printing import epub, pdf

FOREVER = None
_MAKERS: dict[str, Callable[[issues.Issue], bytes]] = {"pdf": pdf.bulletin_pdf, "epub": epub.bulletin_epub}
#: Raised when the look of the printed issue changes, so that none is kept from before.
_LOOK = 2


def face(issue: issues.Issue, form: str) -> bytes:
    """The issue as "pdf" or "epub". It never differs for the same issue, so it is kept under the digest of its words."""
    name = f"printed/{digest(issue)}.{form}"
    if default_storage.exists(name):
        with default_storage.open(name) as kept:
            return kept.read()
    content = made(issue, form)
    _keep(name, content)
    return content


def _keep(name: str, content: bytes) -> None:
    """Whole or not at all: a half-written file would be served for ever. Stores of objects do so by themselves."""
    try:
        place = Path(default_storage.path(name))
    except NotImplementedError:
        default_storage.save(name, ContentFile(content))
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as unfinished:
        unfinished.write(content)
    Path(unfinished.name).replace(place)


def made(issue: issues.Issue, form: str) -> bytes:
    """The issue as "pdf" or "epub", not kept."""
    return _MAKERS[form](issues.with_origin(issue))


def digest(issue: issues.Issue) -> str:
    said = json.dumps([_LOOK, issue], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def pages_of(bulletin: Any, language: str) -> int:
    """How many pages the issue has in print as it stands now."""
    with override(language):
        issue = issues.issue_of(bulletin, language)
    key = f"bulletin-pages:{digest(issue)}"
    if (pages := cache.get(key)) is None:
        pages = pdf.page_count(pdf.bulletin_pdf(issues.with_origin(issue)))
        cache.set(key, pages, FOREVER)
    return pages
