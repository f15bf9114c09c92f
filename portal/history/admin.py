"""The history in the admin: to read, never to write."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from portal.history import confidential
from portal.history.models import Record


@admin.register(Record)
class RecordAdmin(admin.ModelAdmin):
    list_display = ["at", "by", "verb", "title", "language", "note"]
    list_filter = ["verb", "language", "content_type"]
    list_select_related = ["by"]
    list_per_page = 100
    search_fields = ["title", "note"]
    date_hierarchy = "at"
    show_full_result_count = False
    fields = readonly_fields = [
        "at",
        "by",
        "verb",
        "content_type",
        "object_id",
        "title",
        "language",
        "note",
        "details",
    ]
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Deeds about what is confidential are told to those who may see the thing itself."""
        return super().get_queryset(request).exclude(confidential.recorded(request.user, timezone.now()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
