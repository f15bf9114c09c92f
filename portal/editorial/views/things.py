"""Fetching a thing for the desk: no page of it can forget to ask the permission of the thing itself."""

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest
from django.urls import reverse

from portal.editorial import registry
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES


def thing_or_404(request: HttpRequest, kind: str, pk: int) -> Publishable:
    """The thing, with editions, for somebody who may see it. Raises Http404 or PermissionDenied."""
    try:
        model = registry.model_called(kind)
    except LookupError:
        raise Http404 from None
    if not may(request, model, "view") and not may(request, model, "change"):
        raise PermissionDenied
    item = model._default_manager.filter(pk=pk).first()
    if item is None:
        raise Http404
    prefetch_related_objects([item], "editions", "working_copy_of__editions")
    return item


def may(request: HttpRequest, model: type[Publishable], verb: str) -> bool:
    return request.user.has_perm(f"{model._meta.app_label}.{verb}_{model._meta.model_name}")


def may_write(request: HttpRequest, item: Publishable) -> bool:
    """Whether the person writes in some language of things like this."""
    writes = any(request.user.has_perm(f"editorial.write_{language}") for language in LANGUAGES)
    return may(request, type(item), "change") and writes


def writer_or_refuse(request: HttpRequest, kind: str, pk: int) -> Publishable:
    """The thing, for somebody who may change it. Raises Http404 or PermissionDenied."""
    item = thing_or_404(request, kind, pk)
    if not may_write(request, item):
        raise PermissionDenied
    return item


def language_or_404(language: str) -> str:
    if language not in LANGUAGES:
        raise Http404
    return language


def change_url(item: Publishable) -> str:
    return reverse(f"admin:{item._meta.app_label}_{item._meta.model_name}_change", args=[item.pk])
