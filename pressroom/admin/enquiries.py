"""The enquiry desk in the admin: the list, and the pages an enquiry is taken in and answered on."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal.languages.dates import short_moment
from portal.web.deleting import KeepsWhatIsUsed
from pressroom import exporting
from pressroom.admin import desk_page, enquiry_page, report_pages
from pressroom.admin.filters import InReport, Waiting
from pressroom.models import Enquiry, EnquirySeries, RefusalGround

COLUMNS = (
    _("reference"), _("asked at"), _("due"), _("replied"), _("state"), _("terms"), _("came by"), _("name"), _("outlet"),
    _("language"), _("what it is about"), _("question"),
)  # fmt: skip


@admin.register(Enquiry)
class EnquiryAdmin(admin.ModelAdmin):
    """Every enquiry; its page is `enquiry_page`."""

    list_display = ("reference", "subject", "who", "state", "terms", "due", "replied", "channel")
    list_display_links = ("reference", "subject")
    list_filter = (Waiting, "state", "terms", "channel", InReport)
    list_select_related = ("outlet",)
    list_per_page = 50
    search_fields = ("reference", "subject", "asked_by", "outlet_name")
    date_hierarchy = "asked_at"
    show_full_result_count = False
    actions = None
    change_list_template = "pressroom/admin/enquiry_list.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["portal/css/press-desk.css"]}

    @admin.display(description=_("due"), ordering="due_at")
    def due(self, enquiry: Enquiry) -> str:
        return short_moment(enquiry.due_at, get_language() or "vi")

    @admin.display(description=_("replied"), ordering="replied_at")
    def replied(self, enquiry: Enquiry) -> str:
        return short_moment(enquiry.replied_at, get_language() or "vi") if enquiry.replied_at else ""

    @admin.display(description=_("who asks"))
    def who(self, enquiry: Enquiry) -> str:
        return enquiry.who

    def get_urls(self) -> list[Any]:
        staff = self.admin_site.admin_view
        own = [
            path("desk/", staff(desk_page.desk), name="pressroom_desk"),
            path("figures/", staff(report_pages.figures), name="pressroom_figures"),
            path("figures.csv", staff(report_pages.figures_csv), name="pressroom_figures_csv"),
            path("report/", staff(report_pages.report), name="pressroom_report"),
            path("report.<str:form>", staff(report_pages.report_file), name="pressroom_report_file"),
            path("export.csv", staff(self.export), name="pressroom_enquiry_export"),
        ]
        return [*own, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Enquiry | None = None) -> bool:
        """An enquiry is closed; its particulars are erased in their time."""
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return enquiry_page.take_in(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return enquiry_page.enquiry(request, object_id)

    def export(self, request: HttpRequest) -> HttpResponse:
        """The list as it is filtered."""
        if not request.user.has_perm("pressroom.export_enquiry"):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        cells = (
            (row.reference, row.asked_at, row.due_at, row.replied_at, row.get_state_display(), row.get_terms_display(),
             row.get_channel_display(), row.asked_by, row.outlet or row.outlet_name, row.language, row.subject, row.question)
            for row in rows
        )  # fmt: skip
        return exporting.answer(
            "press-enquiries",
            COLUMNS,
            cells,
            by=request.user,
            now=timezone.now(),
            chosen=request.GET.urlencode(),
        )


@admin.register(RefusalGround)
class RefusalGroundAdmin(KeepsWhatIsUsed, TranslationAdmin):
    list_per_page = 50
    list_display = ("code", "words", "citation", "valid_from", "valid_until")
    fields: ClassVar[tuple[Any, ...]] = (
        "code", ("words_vi", "words_en"), ("citation_vi", "citation_en"), ("valid_from", "valid_until"),
    )  # fmt: skip


@admin.register(EnquirySeries)
class EnquirySeriesAdmin(KeepsWhatIsUsed, admin.ModelAdmin):
    list_display = ("year", "prefix", "last")
    fields = ("year", "prefix")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A number given is given."""
        return False
