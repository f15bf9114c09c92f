"""What has been set is kept under the digest of its words: the same sheet is made once."""

import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def kept(said: Any, form: str, make: Callable[[], bytes]) -> bytes:
    """The file made of `said` (plain JSON, with whatever its look depends on), made when it is first asked for."""
    name = f"printed/{digest(said)}.{form}"
    if default_storage.exists(name):
        with default_storage.open(name) as standing:
            return standing.read()
    content = make()
    _keep(name, content)
    return content


def digest(said: Any) -> str:
    """SHA-256 of plain JSON, in hexadecimal."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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
