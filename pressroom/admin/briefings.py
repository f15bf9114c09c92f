"""Briefings in the admin: the editorial sheet, and around it a page for each thing that is decided, arranged, asked."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.editorial.admin import PublishableAdmin
from portal.editorial.forms import PublishableForm
from pressroom import briefing_watch
from pressroom.actions.briefings import place_in_a_quarter
from pressroom.admin import (
    briefing_dates,
    briefing_door,
    briefing_pack,
    briefing_questions,
    briefing_rows,
    briefing_seats,
)
from pressroom.admin.filters import InReport
from pressroom.briefing_facts import when_of
from pressroom.models import Briefing


@admin.display(description=_("date"))
def when(briefing: Briefing) -> str:
    return when_of(briefing).words(get_language() or "vi")


@admin.register(Briefing)
class BriefingAdmin(PublishableAdmin):
    shelf_columns: ClassVar[list[Any]] = [when, "kind", "progress"]
    shelf_filters: ClassVar[list[Any]] = ["progress", "kind", InReport]
    written_elsewhere = ("agenda", "transcript", "slug")
    change_form_template = "admin/pressroom/briefing_change.html"
    change_list_template = "admin/pressroom/briefing_list.html"
    autocomplete_fields: ClassVar[list[str]] = ["chair"]

    def save_model(self, request: HttpRequest, obj: Briefing, form: PublishableForm, change: bool) -> None:
        """A new one belongs to the first quarter without a regular briefing, until its date is set."""
        if not change:
            place_in_a_quarter(obj, timezone.now())
        super().save_model(request, obj, form, change)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        flags = list(briefing_watch.flags(request.user, timezone.now()))
        return super().changelist_view(request, {"flags": flags, **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        if (obj := kwargs.get("obj")) is not None:
            context |= {
                "decided": obj.root, "runs": request.user.has_perm(briefing_watch.RUNS),
                "when": when_of(obj.root).words(get_language() or "vi"),
            }  # fmt: skip
        return super().render_change_form(request, context, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("<int:pk>/when/", briefing_dates.when, "when"),
            ("<int:pk>/programme/", briefing_rows.programme, "programme"),
            ("<int:pk>/transcript/", briefing_rows.transcript, "transcript"),
            ("<int:pk>/transcript/<str:language>/check/", briefing_rows.check, "check"),
            ("<int:pk>/seats/", briefing_seats.seats, "seats"),
            ("<int:pk>/seats.csv", briefing_seats.as_csv, "seats_csv"),
            ("<int:pk>/questions/", briefing_questions.questions, "questions"),
            ("<int:pk>/check-in/", briefing_door.check_in, "check_in"),
            ("<int:pk>/pack/", briefing_pack.pack, "pack"),
            ("<int:pk>/pack/<str:language>.pdf", briefing_pack.pdf, "pack_pdf"),
        ]
        own = [
            path(route, self.admin_site.admin_view(view), name=f"pressroom_briefing_{name}")
            for route, view, name in pages
        ]
        return [*own, *super().get_urls()]
