"""Crisis dossiers in the admin: for the press desk, the spokesperson and the head, and not there for anybody else."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pressroom.admin import crisis_page
from pressroom.admin.filters import InReport
from pressroom.models import Crisis


class Clock(admin.SimpleListFilter):
    """Running, closed, or silent for longer than the law allows."""

    title = _("clock")
    parameter_name = "clock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("running")), ("closed", _("closed")), ("late", _("first statement late"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "open":
            return queryset.open()
        if self.value() == "closed":
            return queryset.exclude(closed_at=None)
        return queryset.breached(timezone.now()) if self.value() == "late" else queryset


@admin.register(Crisis)
class CrisisAdmin(admin.ModelAdmin):
    list_display = ("title", "severity", "learned_at", "statement_due_at", "first_statement_at", "closed_at")
    list_filter = (Clock, "severity", InReport)
    list_per_page = 50
    search_fields = ("title", "signs")
    actions = None

    def get_urls(self) -> list[Any]:
        file = path(
            "<int:pk>/file/<uuid:uuid>/",
            self.admin_site.admin_view(crisis_page.file),
            name="pressroom_crisis_file",
        )
        return [file, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Crisis | None = None) -> bool:
        """A dossier is closed with its lesson, and kept."""
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise Http404
        return crisis_page.begin(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return crisis_page.dossier(request, object_id)
