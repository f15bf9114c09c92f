"""Events in the admin: the editorial sheet, and around it a page for each thing that is decided or arranged."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin

from portal.editorial.admin import PublishableAdmin
from portal.editorial.forms import PublishableForm
from portal.languages.dates import vietnamese_day
from portal.web.deleting import KeepsWhatIsUsed
from training.admin import day, office, seating
from training.models import Event, Theme


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    shelf_columns: ClassVar[list[Any]] = ["begins_on", "form", "progress"]
    shelf_filters: ClassVar[list[Any]] = ["progress", "form", "theme"]
    written_elsewhere = ("slug",)
    autocomplete_fields: ClassVar[list[str]] = ["chair", "speakers"]

    def save_model(self, request: HttpRequest, obj: Event, form: PublishableForm, change: bool) -> None:
        """A new one is known to be this year's, until its sessions are set."""
        if not change:
            today = vietnamese_day(timezone.now())
            obj.begins_on, obj.ends_on = today.replace(month=1, day=1), today.replace(month=12, day=31)
        super().save_model(request, obj, form, change)

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=f"training_event_{name}")
            for route, view, name in (*seating.PAGES, *day.PAGES)
        ]
        return [*own, *office.urls(self.admin_site.admin_view), *super().get_urls()]


@admin.register(Theme)
class ThemeAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("name", "code", "position")
