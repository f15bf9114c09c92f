"""Figures of the desk, and the spokesperson's yearly report: on the page, as CSV, as PDF, in either language."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.views.pages import staff_page
from portal.duties.models import Period, ReportRule, rule_of, year_of_report
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from portal.languages.numbers import number, percent
from pressroom import exporting, reporting
from pressroom import figures as speeds
from pressroom.models import Enquiry
from pressroom.printing import report as printed

SEE = "pressroom.view_enquiry"
TAKE = "pressroom.export_enquiry"
REPORT = "spokesperson"


def _refuse_without(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else get_language() or "vi"


def _period(request: HttpRequest) -> tuple[ReportRule, Period]:
    """The year asked for, or the report that is being filled now."""
    today = vietnamese_day(timezone.now())
    asked = request.GET.get("year", "")
    rule = rule_of(REPORT, today.year + 1)
    if rule is None or (asked and not (asked.isdecimal() and len(asked) == 4 and int(asked) > 1900)):
        raise Http404
    year = int(asked) if asked else year_of_report(rule, today)
    valid = rule_of(REPORT, year)
    if valid is None:
        raise Http404
    return valid, valid.period(year)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    _refuse_without(request, SEE)
    rule, period = _period(request)
    with override(_language(request)):
        language = _language(request)
        context = {
            "title": _("%(name)s, %(year)d") % {"name": rule.name, "year": period.year},
            "opts": Enquiry._meta, "rule": rule, "period": period, "language": language, "languages": LANGUAGES,
            "rows": [(row, percent(row.share, language) if row.share is not None else "") for row in reporting.report(period)],
            "words": printed.period_in_words(period, language), "years": [period.year - 1, period.year + 1],
        }  # fmt: skip
        return staff_page(request, "pressroom/admin/report.html", context).render()


@require_safe
def report_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The report as CSV or PDF."""
    _refuse_without(request, TAKE)
    rule, period = _period(request)
    language = _language(request)
    with override(language):
        rows = reporting.report(period)
        if form == "csv":
            return _report_csv(request, period, rows, language)
        if form != "pdf":
            raise Http404
        name = f"press-report-{period.year}-{language}.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
        pdf = printed.pdf(rule, period, rows, language)
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _report_csv(
    request: HttpRequest, period: Period, rows: list[reporting.Row], language: str
) -> HttpResponse:
    header = [_("What is reported"), _("Number"), _("Of"), _("Percentage"), _("Records")]
    cells: list[list[Any]] = [
        [
            row.label,
            row.figure.value,
            row.out_of.value if row.out_of else "",
            percent(row.share, language) if row.share is not None else "",
            request.build_absolute_uri(row.figure.url) if row.figure.url else "",
        ]
        for row in rows
    ]
    name = f"press-report-{period.year}-{language}"
    return exporting.answer(name, header, cells, by=request.user, now=timezone.now())


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Median and share on time, by quarter, and by quarter and unit."""
    _refuse_without(request, SEE)
    language = get_language() or "vi"
    context = {
        "title": _("How fast the press is answered"),
        "opts": Enquiry._meta,
        "desk": [_spoken(speed, language) for speed in speeds.of_the_desk()],
        "units": [_spoken(speed, language) for speed in speeds.of_units(language)],
        "csv_url": reverse("admin:pressroom_figures_csv"),
    }
    return staff_page(request, "pressroom/admin/figures.html", context)


def _spoken(speed: speeds.Speed, language: str) -> dict[str, Any]:
    return {
        "quarter": speed.quarter.short(language),
        "unit": speed.unit,
        "answered": speed.answered,
        "hours": number(round(speed.hours, 1), language),
        "on_time": speed.on_time,
        "share": percent(speed.share, language),
    }


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    _refuse_without(request, TAKE)
    header = [_("Quarter"), _("Unit"), _("Answered"), _("Median (hours)"), _("On time"), _("Share on time")]
    rows = [*speeds.of_the_desk(), *speeds.of_units(get_language() or "vi")]
    cells = (
        (str(each.quarter), each.unit or _("press desk"), each.answered, f"{each.hours:.1f}", each.on_time, f"{each.share:.3f}")
        for each in rows
    )  # fmt: skip
    return exporting.answer("press-response-times", header, cells, by=request.user, now=timezone.now())
