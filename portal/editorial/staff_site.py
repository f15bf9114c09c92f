"""The staff site: Django's admin with the desk as its first page."""

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Organisation
from portal.editorial import desk, registry, workplaces
from portal.library.models import Asset
from portal.mailing.models import Mailing


class PortalAdminSite(AdminSite):
    """Signing in, the desk, and the lists."""

    site_header = _("Foreign Information Portal")
    site_title = _("Foreign Information Portal")
    index_title = _("My work")
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With the sections' own pages (`workplaces`), the lists everybody goes to (`main_lists`) and what the person
        may begin (`beginnings`).
        """
        begun = registry.models() if self.has_permission(request) else ()
        models = [*begun, *registry.lists(), Asset, Mailing, Organisation] if begun else []
        return {
            **super().each_context(request),
            "workplaces": workplaces.of(request.user) if self.has_permission(request) else [],
            "main_lists": [self._list(model) for model in models if self._may(request, model, "view")],
            "beginnings": [self._list(model) for model in begun if self._may(request, model, "add")],
        }

    def _may(self, request: HttpRequest, model: Any, verb: str) -> bool:
        return self.is_registered(model) and getattr(self._registry[model], f"has_{verb}_permission")(request)

    def _list(self, model: Any) -> dict[str, Any]:
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        return {
            "label": capfirst(model._meta.verbose_name_plural),
            "kind": model._meta.verbose_name,
            "url": reverse(f"{address}_changelist"),
            "add_url": reverse(f"{address}_add"),
        }

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            **self.each_context(request),
            "title": self.index_title,
            "app_list": self.get_app_list(request),
            "desk": desk.of(request.user, timezone.now()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)
