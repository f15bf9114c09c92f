"""Who speaks here and what the menus say: one row, with its menus on the same page."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from portal.history.actions import record
from portal.web import changes
from portal.web.models import MenuItem, SiteIdentity


class MenuItems(TranslationTabularInline):
    model = MenuItem
    fields = ["place", "position", "label", "path"]
    extra = 1


@admin.register(SiteIdentity)
class SiteIdentityAdmin(TranslationAdmin):
    inlines = [MenuItems]
    fields = [
        *[
            (f"{name}_vi", f"{name}_en")
            for name in ("ministry_name", "portal_name", "tagline", "address", "responsible", "licence")
        ],
        ("hotline", "hotline_tel", "email"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one."""
        return super().has_add_permission(request) and not SiteIdentity.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: SiteIdentity | None = None) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A list of one is no list."""
        only = SiteIdentity.objects.first()
        if only is None or not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        return redirect("admin:web_siteidentity_change", only.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        super().save_related(request, form, formsets, change)
        record(form.instance, "describe" if change else "created", by=request.user, now=timezone.now())
        changes.announce()
