"""The ledger in the admin: to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from pressroom.models import Said


@admin.register(Said)
class SaidAdmin(admin.ModelAdmin):
    list_display = ("at", "deed", "number", "title", "language")
    list_filter = ("deed", "language", "kind")
    search_fields = ("title", "number")
    date_hierarchy = "at"
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
