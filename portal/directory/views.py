"""Staff pages beside the admin's lists: the import with its plan, the export, the quarterly review."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.directory import actions, exporting, further_columns, importing, uploads
from portal.directory.forms import UploadForm
from portal.directory.models import Organisation, Post, Review, Upload
from portal.directory.planning import plan
from portal.languages.dates import quarter_of, vietnamese_day

LINES_ON_A_PAGE = 100
POSTS_ON_A_PAGE = 50
FORMATS = {
    "csv": (exporting.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (exporting.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; what it would do is shown on the next page."""
    _refuse_without(request, "directory.add_organisation")
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        uploads.keep(form.table, form.cleaned_data["file"].name, by=request.user, now=timezone.now())
        return redirect("admin:directory_import_plan")
    return staff_page(
        request,
        "directory/upload.html",
        {"title": _("Import the directory"), "form": form, "further_columns": further_columns.registered()},
    )


@require_http_methods(["GET", "POST"])
def import_plan(request: HttpRequest) -> HttpResponse:
    """GET shows the plan of the person's file, POST carries out the plan that was shown."""
    _refuse_without(request, "directory.add_organisation")
    upload = Upload.objects.filter(by=request.user).first()
    if upload is None:
        return redirect("admin:directory_import")
    table = uploads.table_of(upload)
    planned = plan(table)
    if request.method == "POST":
        try:
            if request.POST.get("digest") != planned.digest:
                raise importing.outdated()
            importing.carry_out(planned, table, by=request.user, now=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("admin:directory_import_plan")
        uploads.forget(request.user)
        messages.success(request, _imported(len(planned.to_do)))
        return redirect("admin:directory_organisation_changelist")
    context = {
        "title": _("What this file would change"),
        "upload": upload,
        "plan": planned,
        "page": _page(request, planned.lines, LINES_ON_A_PAGE),
    }
    return staff_page(request, "directory/plan.html", context)


@require_safe
def export(request: HttpRequest, extension: str) -> HttpResponse:
    """Every post that is reached today, as a file to download."""
    _refuse_without(request, "directory.view_organisation")
    write, media_type = FORMATS[extension]
    name = f"directory-{vietnamese_day(timezone.now())}.{extension}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(write(), content_type=media_type, headers=headers)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    """Who has left? The posts nobody has answered for in this quarter, one click each."""
    _refuse_without(request, "directory.change_post")
    quarter = quarter_of(timezone.now())
    kind = request.GET.get("kind", "")
    waiting = Post.objects.to_review(quarter)
    if request.method == "POST":
        _answer(request)
        return redirect(request.get_full_path())
    shown = waiting.filter(organisation__kind=kind) if kind in Organisation.Kind.values else waiting
    context = {
        "title": _("Who has left?"),
        "quarter": quarter.title(get_language() or "vi"),
        "answered": Review.objects.filter(quarter=str(quarter)).count(),
        "kinds": [(value, label, value == kind) for value, label in Organisation.Kind.choices],
        "answers": Review.Answer.choices,
        "kind": kind,
        "page": _page(request, shown.with_current_address(), POSTS_ON_A_PAGE),
    }
    return staff_page(request, "directory/review.html", context)


def _answer(request: HttpRequest) -> None:
    post = get_object_or_404(Post, pk=_number(request.POST.get("post")))
    answer = request.POST.get("answer")
    if answer not in Review.Answer.values:
        return
    now = timezone.now()
    try:
        answered = actions.answer_review(post, answer, quarter=quarter_of(now), by=request.user, now=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{post}: {answered.get_answer_display()}.")


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _page(request: HttpRequest, things: object, size: int) -> Page:
    return Paginator(things, size).get_page(request.GET.get("page"))


def _imported(lines: int) -> str:
    return ngettext("%(lines)d line was imported.", "%(lines)d lines were imported.", lines) % {
        "lines": lines
    }


def _refuse_without(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied
