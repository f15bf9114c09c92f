"""The staff site: Django's admin with the desk as its first page."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    """Signing in, the desk, and the lists."""

    site_header = _("Foreign Information Portal")
    site_title = _("Foreign Information Portal")
    index_title = _("My work")
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from portal.editorial import desk

        context = {
            **self.each_context(request),
            "title": self.index_title,
            "app_list": self.get_app_list(request),
            "desk": desk.of(request.user, timezone.now()),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)


class PortalAdminConfig(AdminConfig):
    default_site = "portal.editorial.site.PortalAdminSite"
