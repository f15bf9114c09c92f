"""Lists of the press room: found without diacritics, nothing deleted in bulk, exported as they are shown."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from pressroom import exporting
from pressroom.admin.days import PossibleDays


class Register(PossibleDays):
    """Its QuerySet knows `matching(words)`."""

    search_fields = ["folded"]
    list_per_page = 50
    view_on_site = False
    show_full_result_count = False
    change_list_template = "admin/pressroom/register.html"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        return queryset.matching(search_term), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered = super().get_actions(request)
        offered.pop("delete_selected", None)
        return offered

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def shown_rows(model_admin: Any, request: HttpRequest) -> QuerySet | None:
    """The rows of the list as it is filtered and searched; None for an address that says nothing."""
    try:
        return model_admin.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        return None


def exported(model_admin: Any, request: HttpRequest, name: str, extension: str, rows: Any) -> HttpResponse:
    """The rows shown as CSV or XLSX; who took how many away is written down. `rows(queryset)` gives lists of texts."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    chosen = shown_rows(model_admin, request)
    if chosen is None:
        return redirect(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
    header, *told = rows(chosen)
    return exporting.answer(
        name, header, told, by=request.user, now=timezone.now(), chosen=request.GET.urlencode(), extension=extension,
    )  # fmt: skip
