"""The registers beside the desk: spokespersons, contacts, channels, corrections, meetings; changed through the actions."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from modeltranslation.admin import TranslationAdmin

from portal.accounts.refusal import Refused
from portal.languages.dates import vietnamese_day
from portal.web.deleting import KeepsWhatIsUsed
from pressroom import exporting
from pressroom.actions import registers, spokespersons
from pressroom.admin.days import PossibleDays
from pressroom.admin.filters import InReport, Waiting
from pressroom.models import CorrectionRequest, OfficialChannel, PressContact, PressMeeting, Spokesperson


class SecureAddresses(PossibleDays):
    """An address written without its scheme is taken for https."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class PublicRegister(KeepsWhatIsUsed, SecureAddresses, TranslationAdmin):
    """Rows that readers see."""

    list_per_page = 50
    view_on_site = False

    def save_model(self, request: HttpRequest, row: Any, form: ModelForm, change: bool) -> None:
        if change:
            registers.change_public(row, form.changed_data, by=request.user, now=timezone.now())
        else:
            registers.keep_public(row, by=request.user, now=timezone.now())


@admin.register(Spokesperson)
class SpokespersonAdmin(PublicRegister):
    list_display = ("person", "matter", "since", "until", "assigned_at", "named_at")
    list_select_related = ("person",)
    autocomplete_fields = ("person",)
    raw_id_fields = ("mandate",)
    readonly_fields = ("named_at",)
    fields: ClassVar[tuple[Any, ...]] = (
        "person", ("matter_vi", "matter_en"), ("phone", "email"), "mandate", "assigned_at", ("since", "until"), "named_at",
    )  # fmt: skip
    change_form_template = "pressroom/admin/spokesperson_change.html"

    def get_urls(self) -> list[Any]:
        name = path(
            "<int:pk>/name/",
            self.admin_site.admin_view(require_POST(self.name)),
            name="pressroom_spokesperson_name",
        )
        return [name, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        found = Spokesperson.objects.filter(pk=object_id if object_id.isdecimal() else None).first()
        due = spokespersons.naming_due(found) if found else None
        clock = {"naming_due": due, "naming_late": due is not None and due <= timezone.now()}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **clock})

    def name(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Name the person on the portal."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        found = get_object_or_404(Spokesperson, pk=pk)
        try:
            spokespersons.name_on_portal(found, by=request.user, now=timezone.now())
            messages.success(request, _("%(name)s is named on the portal.") % {"name": found})
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("admin:pressroom_spokesperson_change", pk)


@admin.register(PressContact)
class PressContactAdmin(PublicRegister):
    list_display = ("name", "phone", "email", "spoken", "position")
    fields: ClassVar[tuple[Any, ...]] = (
        ("name_vi", "name_en"), ("phone", "email"), ("hours_vi", "hours_en"), "spoken", ("note_vi", "note_en"), "position",
    )  # fmt: skip


@admin.register(OfficialChannel)
class OfficialChannelAdmin(PublicRegister):
    list_display = ("platform", "name", "url", "since", "until", "position")
    list_filter = ("platform",)
    fields: ClassVar[tuple[Any, ...]] = (
        "platform", ("name_vi", "name_en"), "url", ("since", "until"), ("verified_vi", "verified_en"), "position",
    )  # fmt: skip


@admin.register(PressMeeting)
class PressMeetingAdmin(KeepsWhatIsUsed, PossibleDays):
    list_display = ("held_on", "topic", "spoken")
    list_display_links = ("held_on", "topic")
    list_filter = (InReport,)
    list_select_related = ("spoken_by",)
    list_per_page = 50
    search_fields = ("topic", "spoken_by_name", "spoken_by__full_name")
    date_hierarchy = "held_on"
    autocomplete_fields = ("outlets", "spoken_by")
    fields = ("held_on", "topic", "outlets", "outlets_named", "spoken_by", "spoken_by_name", "note")

    @admin.display(description=_("spoken by"))
    def spoken(self, meeting: PressMeeting) -> str:
        return str(meeting.spoken_by or meeting.spoken_by_name)

    def save_model(self, request: HttpRequest, row: PressMeeting, form: ModelForm, change: bool) -> None:
        if change:
            registers.change(row, form.changed_data, by=request.user, now=timezone.now())
        else:
            registers.keep(row, by=request.user, now=timezone.now())


class Demanded(admin.SimpleListFilter):
    """Sent or not."""

    title = _("sent")
    parameter_name = "sent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("sent")), ("no", _("not sent"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(sent_on__isnull=self.value() == "no") if self.value() else queryset


COLUMNS = (
    _("outlet"), _("headline of the item"), _("address of the item"), _("published on"), _("what is wrong"), _("demand"),
    _("legal basis"), _("found on"), _("sent on"), _("answer due on"), _("replied on"), _("reply of the outlet"), _("outcome"),
)  # fmt: skip


@admin.register(CorrectionRequest)
class CorrectionRequestAdmin(KeepsWhatIsUsed, SecureAddresses):
    list_display = ("item_title", "where", "demand", "found_on", "sent_on", "due_on", "outcome")
    list_filter = (Waiting, Demanded, "demand", "outcome", InReport)
    list_select_related = ("outlet",)
    list_per_page = 50
    search_fields = ("item_title", "outlet_name", "outlet__folded", "wrong")
    date_hierarchy = "found_on"
    autocomplete_fields = ("outlet",)
    change_list_template = "pressroom/admin/correction_list.html"
    fields: ClassVar[tuple[Any, ...]] = (
        ("outlet", "outlet_name"), "item_title", "item_url", ("item_on", "found_on"), "wrong", "right", "demand",
        "legal_basis", ("sent_on", "due_on"), "reply", ("replied_on", "outcome"),
    )  # fmt: skip

    @admin.display(description=_("outlet"))
    def where(self, request: CorrectionRequest) -> str:
        return request.where

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Today, and the legal basis of the last request."""
        last = CorrectionRequest.objects.exclude(legal_basis="").first()
        return {"found_on": vietnamese_day(timezone.now()), "legal_basis": last.legal_basis if last else ""}

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change=change, form=_CorrectionForm, **kwargs)

    def save_model(self, request: HttpRequest, row: CorrectionRequest, form: ModelForm, change: bool) -> None:
        if not change:
            registers.keep(row, by=request.user, now=timezone.now())
        elif form.changed_data:
            fields = {*form.changed_data, "due_on"}  # reckoned by the form from the day it was sent
            registers.change(row, sorted(fields), by=request.user, now=timezone.now())

    def get_urls(self) -> list[Any]:
        export = path(
            "export.csv", self.admin_site.admin_view(self.export), name="pressroom_correction_export"
        )
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """The list as it is filtered."""
        if not request.user.has_perm("pressroom.export_correctionrequest"):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        cells = (
            (row.where, row.item_title, row.item_url, row.item_on, row.wrong, row.get_demand_display(), row.legal_basis,
             row.found_on, row.sent_on, row.due_on, row.replied_on, row.reply, row.get_outcome_display())
            for row in rows
        )  # fmt: skip
        return exporting.answer(
            "corrections", COLUMNS, cells, by=request.user, now=timezone.now(), chosen=request.GET.urlencode()
        )


class _CorrectionForm(ModelForm):
    def clean(self) -> dict[str, Any]:
        """The day an answer is due is reckoned before the constraints look at the row."""
        said = super().clean() or {}
        if said.get("sent_on") and not said.get("due_on"):
            said["due_on"] = registers.correction_due(said["sent_on"])
        return said
