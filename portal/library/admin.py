"""The library in the admin. Its bytes are never replaced: another file is another asset."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal.library import actions, columns
from portal.library.forms import AssetForm, NewAssetForm
from portal.library.models import Asset
from portal.library.picker import picker
from portal.library.refusal import StillUsed

WORDS = ["title", "alt", "caption", "credit"]
FOCAL_POINT = ["focal_x", "focal_y"]


@admin.register(Asset)
class AssetAdmin(TranslationAdmin):
    form = AssetForm
    list_display = [
        columns.thumbnail,
        "__str__",
        "kind",
        columns.size,
        columns.times_used,
        "uploaded_at",
        "uploaded_by",
    ]
    list_display_links = [columns.thumbnail, "__str__"]
    list_filter = ["kind", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    list_per_page = 50
    search_fields = ["folded"]
    search_help_text = _("Words of the title, texts or file name, with or without diacritics.")
    readonly_fields = [
        columns.file_link,
        columns.preview,
        columns.renditions_state,
        columns.uses,
        "uploaded_at",
        "uploaded_by",
    ]
    fieldsets = [
        (None, {"fields": [columns.preview, *FOCAL_POINT, columns.file_link]}),
        (_("Description in both languages"), {"fields": WORDS}),
        (
            _("Use and state"),
            {"fields": [columns.uses, columns.renditions_state, "uploaded_at", "uploaded_by"]},
        ),
    ]
    add_fieldsets = [
        (None, {"fields": ["original"]}),
        (_("Description in both languages"), {"fields": WORDS}),
    ]
    actions = ["make_renditions_again"]
    view_on_site = False

    class Media:
        css = {"all": ["library/admin.css"]}
        js = ["library/focal-point.js"]

    def get_urls(self) -> list[URLPattern]:
        picking = path("picker/", self.admin_site.admin_view(picker), name="library_asset_picker")
        return [picking, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Asset]:
        shown = super().get_queryset(request).shown_to(request.user, timezone.now())
        return columns.counted(shown)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Asset | None:
        """With the person who looks: where it is used is told by what they may see."""
        asset = super().get_object(request, object_id, from_field)
        if asset is not None:
            asset.looked_at_by = request.user
        return asset

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Asset], search_term: str
    ) -> tuple[QuerySet[Asset], bool]:
        return queryset.matching(search_term), False

    def get_form(
        self, request: HttpRequest, obj: Asset | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        kwargs.setdefault("form", AssetForm if obj else NewAssetForm)
        form = super().get_form(request, obj, change=change, **kwargs)
        form.by = request.user
        return form

    def save_form(self, request: HttpRequest, form: AssetForm, change: bool) -> Asset:
        """The library's actions write, and keep the history; Django's saving below has nothing left to do."""
        now = timezone.now()
        if change:
            return actions.describe(form.instance, by=request.user, now=now, **form.description())
        asset = actions.keep(form.inspected, by=request.user, now=now, **form.description())
        if asset.uploaded_at != now:
            self.message_user(
                request,
                _("This very file was in the library already. Its words have been left as they were."),
                messages.WARNING,
            )
        return asset

    def save_model(self, request: HttpRequest, asset: Asset, form: AssetForm, change: bool) -> None:
        """Done by `save_form`."""

    def save_related(self, request: HttpRequest, form: AssetForm, formsets: list[Any], change: bool) -> None:
        """Nothing is related that is edited here."""

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What is in use is kept, and the person is told where it is used."""
        asset = self.get_object(request, unquote(object_id))
        try:
            if asset is not None and self.has_delete_permission(request, asset):
                actions.refuse_if_used(asset)
            return super().delete_view(request, object_id, extra_context)
        except StillUsed as refusal:
            self.message_user(request, columns.still_used(refusal, request.user), messages.ERROR)
            return redirect("admin:library_asset_change", object_id)

    def delete_model(self, request: HttpRequest, asset: Asset) -> None:
        actions.remove_asset(asset, by=request.user, now=timezone.now())

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Files are removed one by one, each with a look at where it is used."""
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    @admin.action(description=_("Make the sizes for the web again"), permissions=["change"])
    def make_renditions_again(self, request: HttpRequest, assets: QuerySet[Asset]) -> None:
        for asset in assets:
            actions.make_renditions_again(asset)
        self.message_user(request, _("The sizes will be made again within a few minutes."))
