"""Releases and statements in the admin: lists of names over the shared base; copies under embargo have a page of their own."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils import timezone

from portal.editorial.admin import PublishableAdmin
from portal.languages.dates import vietnamese_day
from pressroom.admin import embargoes
from pressroom.models import PressRelease, Statement


@admin.register(PressRelease)
class PressReleaseAdmin(PublishableAdmin):
    change_form_template = "admin/pressroom/change_form.html"
    shelf_columns: ClassVar[list[Any]] = ["dated_on"]
    shelf_filters: ClassVar[list[Any]] = ["dated_on"]
    autocomplete_fields: ClassVar[list[str]] = ["signer"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"dated_on": _today(), **super().get_changeform_initial_data(request)}

    def get_urls(self) -> list[Any]:
        return [*_copies(self), *super().get_urls()]


@admin.register(Statement)
class StatementAdmin(PublishableAdmin):
    change_form_template = "admin/pressroom/change_form.html"
    shelf_columns: ClassVar[list[Any]] = ["said_at", "channel"]
    shelf_filters: ClassVar[list[Any]] = ["channel"]
    autocomplete_fields: ClassVar[list[str]] = ["speaker"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"said_at": timezone.now(), **super().get_changeform_initial_data(request)}

    def get_urls(self) -> list[Any]:
        return [*_copies(self), *super().get_urls()]


def _today() -> date:
    return vietnamese_day(timezone.now())


def _copies(of: PublishableAdmin) -> list[Any]:
    """The address of the page for copies under embargo."""
    name = f"{of.opts.app_label}_{of.opts.model_name}_copies"
    view = of.admin_site.admin_view(embargoes.room(of.opts.label_lower))
    return [path("<int:pk>/copies/<str:language>/", view, name=name)]
