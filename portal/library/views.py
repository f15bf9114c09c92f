"""The library's files as readers get them. Every address asks who may see the file, each time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from portal.library import renditions
from portal.library.access import is_public, may_look_into_the_library
from portal.library.models import Asset

# A withdrawn file must be gone at once: shared caches always ask; a browser may keep a minute what it saw.
FOR_EVERYBODY = "public, max-age=60, s-maxage=0, must-revalidate"
FOR_A_SESSION = "private, no-cache"
FOR_STAFF = "private, no-store"
RFC_5987_PLAIN = "!#$&+-.^_`|~"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stored:
    """Bytes ready to be sent: their name under MEDIA_ROOT, how to open them, their ETag and media type."""

    name: str
    open: Callable[[], IO[Any]]
    etag: str
    media_type: str


@require_safe
def file(request: HttpRequest, uuid: UUID, filename: str) -> HttpResponseBase:
    """The original: a picture to look at, anything else to download under its uploader's name."""
    asset, caching = _visible_or_404(request, uuid)
    if filename != asset.filename:
        raise Http404
    way = "inline" if asset.is_image else "attachment"
    return _answer(request, _stored_original(asset), caching, f"{way}; {_named(asset)}")


@require_safe
def rendition(request: HttpRequest, uuid: UUID, width: int, extension: str) -> HttpResponseBase:
    """A picture in one of the widths it is served in; one not made yet is made, or stood in for, now."""
    asset, caching = _visible_or_404(request, uuid)
    _refuse_unless_picture(asset)
    return _answer(request, _stored_rendition(asset, width, extension), caching, "inline")


@require_safe
def card(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The picture as social networks show it: JPEG, 1200 × 630."""
    asset, caching = _visible_or_404(request, uuid)
    _refuse_unless_picture(asset)
    path = renditions.card(asset)
    return _answer(request, _made(asset, path, lambda: renditions.make_card(asset)), caching, "inline")


def answer_to_holder(request: HttpRequest, asset: Asset) -> HttpResponseBase:
    """The original, for somebody whose right to it the caller has asked; kept by no cache."""
    return _answer(request, _stored_original(asset), FOR_STAFF, f"attachment; {_named(asset)}")


def _visible_or_404(request: HttpRequest, uuid: UUID) -> tuple[Asset, str]:
    """The asset and its Cache-Control. What somebody may not see is, for them, not there."""
    asset = get_object_or_404(Asset, uuid=uuid)
    moment = now()
    if is_public(asset, moment):
        # An answer that may renew somebody's session cookie is for nobody else.
        return asset, FOR_A_SESSION if settings.SESSION_COOKIE_NAME in request.COOKIES else FOR_EVERYBODY
    if not may_look_into_the_library(request.user):
        raise Http404
    if Asset.objects.kept_from(request.user, moment).filter(pk=asset.pk).exists():
        raise Http404
    return asset, FOR_STAFF


def _refuse_unless_picture(asset: Asset) -> None:
    if not asset.is_image:
        raise Http404


def _stored_original(asset: Asset) -> Stored:
    name, storage = asset.original.name, asset.original.storage
    return Stored(name, lambda: storage.open(name, "rb"), asset.uuid.hex, asset.media_type)


def _stored_rendition(asset: Asset, wanted: int, extension: str) -> Stored:
    """The rendition, or while it is missing the WebP of that width: browsers go by the type they are told."""
    width = renditions.fitting(asset.width, wanted)
    path = renditions.rendition(asset, width, extension)
    if path.exists():
        return _stored_file(path)
    webp = renditions.rendition(asset, width, "webp")
    return _made(asset, webp, lambda: renditions.make_webp(asset, width))


def _made(asset: Asset, path: Path, make: Callable[[], Path]) -> Stored:
    """The file, made when it is not there; the original when that fails: a placed picture is never a hole."""
    try:
        return _stored_file(path if path.exists() else make())
    except Exception:  # a full disk, a damaged original: whatever it is, the reader gets what there is
        logger.exception("rendition %s of asset %s", path.name, asset.uuid)
        return _stored_original(asset)


def _stored_file(path: Path) -> Stored:
    found = path.stat()
    return Stored(
        name=str(PurePosixPath(path.relative_to(settings.MEDIA_ROOT))),
        open=lambda: path.open("rb"),
        etag=f"{found.st_mtime_ns:x}-{found.st_size:x}",
        media_type=f"image/{path.suffix[1:].replace('jpg', 'jpeg')}",
    )


def _answer(request: HttpRequest, stored: Stored, caching: str, disposition: str) -> HttpResponseBase:
    etag = f'"{stored.etag}"'
    response = get_conditional_response(request, etag=etag) or _sent(stored)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = caching
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if response.status_code == 200:
        response.headers["Content-Type"] = _with_charset(stored.media_type)
        response.headers["Content-Disposition"] = disposition
    return response


def _sent(stored: Stored) -> HttpResponseBase:
    """The bytes, or in production the word to nginx that it may send them."""
    if settings.X_ACCEL_PREFIX:
        allowed = HttpResponse()
        allowed.headers["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(stored.name)}"
        return allowed
    try:
        return FileResponse(stored.open())
    except FileNotFoundError as missing:
        logger.error("the bytes of %s are missing", stored.name)
        raise Http404 from missing


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _named(asset: Asset) -> str:
    """The file's name twice: in ASCII for every program, with its diacritics for those that read RFC 5987."""
    name = quote(asset.original_name or asset.filename, safe=RFC_5987_PLAIN)
    return f"filename=\"{asset.filename}\"; filename*=UTF-8''{name}"
