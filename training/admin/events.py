"""Events in the admin: the editorial sheet, and around it a page for each thing that is decided or arranged."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal.editorial.admin import PublishableAdmin
from portal.editorial.forms import PublishableForm
from portal.languages.dates import vietnamese_day
from portal.web.deleting import KeepsWhatIsUsed
from training.admin import day, deciding, office, permits, seating
from training.admin.day_pages import RUNS
from training.models import Event, Theme
from training.when import when_of

#: What stands beneath an event; each part adds its own.
PAGES = [*deciding.PAGES, *permits.PAGES, *seating.PAGES, *day.PAGES]


@admin.display(description=_("date"), ordering="begins_on")
def when(event: Event) -> str:
    return when_of(event).words(get_language() or "vi") if event.begins_on else ""


@admin.register(Event)
class EventAdmin(PublishableAdmin):
    shelf_columns: ClassVar[list[Any]] = [when, "form", "progress"]
    shelf_filters: ClassVar[list[Any]] = ["progress", "form", "theme"]
    written_elsewhere = ("slug",)
    change_form_template = "admin/training/event_change.html"
    change_list_template = "admin/training/event_list.html"
    autocomplete_fields: ClassVar[list[str]] = ["chair", "speakers"]

    def save_model(self, request: HttpRequest, obj: Event, form: PublishableForm, change: bool) -> None:
        """A new one is known to be this year's, until its sessions are set."""
        if not change:
            today = vietnamese_day(timezone.now())
            obj.begins_on, obj.ends_on = today.replace(month=1, day=1), today.replace(month=12, day=31)
        super().save_model(request, obj, form, change)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        if (obj := kwargs.get("obj")) is not None:
            context |= {
                "event": obj.root, "runs": request.user.has_perm(RUNS), "here": request.path,
                "when": when_of(obj.root).words(get_language() or "vi"),
            }  # fmt: skip
        return super().render_change_form(request, context, **kwargs)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"runs": request.user.has_perm(RUNS), **(extra_context or {})}
        )

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"<int:pk>/{route}", self.admin_site.admin_view(view), name=f"training_event_{name}")
            for route, view, name in PAGES
        ]
        lists = [
            path(route, self.admin_site.admin_view(view), name=name) for route, view, name in permits.LISTS
        ]
        return [*own, *lists, *office.urls(self.admin_site.admin_view), *super().get_urls()]


@admin.register(Theme)
class ThemeAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_display = ("name", "code", "position")
