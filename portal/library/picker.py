"""The library as JSON, for choosing a picture or file while writing: GET lists, POST takes in a new file."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.languages import LANGUAGES
from portal.library import actions
from portal.library.models import Asset, AssetQuerySet
from portal.library.refusal import Refused

ON_A_PAGE = 24
SHOWN = ("title", "alt", "caption", "credit")


@never_cache
@require_http_methods(["GET", "POST"])
def picker(request: HttpRequest) -> JsonResponse:
    """GET ?q=…&kind=image|file&page=2, or ?asset=uuid: {"assets": […], "next": 3 or null}; POST file=…"""
    if request.method == "POST":
        return _take_in(request)
    if not request.user.has_perm("library.view_asset"):
        raise PermissionDenied
    page = Paginator(_found(request), ON_A_PAGE).get_page(request.GET.get("page"))
    return JsonResponse(
        {
            "assets": [_shown(asset) for asset in page],
            "next": page.next_page_number() if page.has_next() else None,
        }
    )


def _take_in(request: HttpRequest) -> JsonResponse:
    """201 with the asset, or 400 with the reason in the person's language."""
    if not request.user.has_perm("library.add_asset"):
        raise PermissionDenied
    if "file" not in request.FILES:
        return JsonResponse({"error": _("Choose a file first.")}, status=400)
    try:
        asset = actions.add_asset(request.FILES["file"], by=request.user, now=now())
    except Refused as refusal:
        return JsonResponse({"error": str(refusal)}, status=400)
    return JsonResponse(_shown(asset), status=201)


def _found(request: HttpRequest) -> AssetQuerySet:
    assets = Asset.objects.shown_to(request.user, now()).order_by("-uploaded_at", "-pk")
    assets = assets.matching(request.GET.get("q", ""))
    if request.GET.get("kind") in Asset.Kind.values:
        assets = assets.filter(kind=request.GET["kind"])
    if wanted := request.GET.get("asset"):
        return assets.filter(uuid=wanted) if _is_uuid(wanted) else assets.none()
    return assets


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _shown(asset: Asset) -> dict[str, Any]:
    """An asset as the picker's JSON: words in both languages, `thumbnail` null for anything but a picture."""
    return {
        "uuid": str(asset.uuid),
        "kind": asset.kind,
        "filename": asset.original_name or asset.filename,
        "media_type": asset.media_type,
        "size": asset.size,
        "width": asset.width,
        "height": asset.height,
        "url": asset.get_absolute_url(),
        "thumbnail": reverse("library:rendition", args=[asset.uuid, 320, "webp"]) if asset.is_image else None,
        "words": {
            language: {field: getattr(asset, f"{field}_{language}") or "" for field in SHOWN}
            for language in LANGUAGES
        },
    }
