"""Training in figures: on the page, as CSV and XLSX, printed; each figure leads to the events it is the sum of."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.views.pages import staff_page
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.printing import NotTypeset
from training import exporting, reporting
from training.models import Event
from training.printing import report as printed
from training.rules import spans
from training.rules.spans import NoSuchSpan, Span

SEE = "training.view_event"


def _report(request: HttpRequest) -> reporting.Report:
    """Of the span and grouping asked for; of this year by quarter without. Raises PermissionDenied or Http404."""
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    today = vietnamese_day(timezone.now())
    by = request.GET.get("by", "quarter")
    if by not in reporting.GROUPS:
        raise Http404
    try:
        return reporting.report(_span(request, today), by, get_language() or "vi", today)
    except NoSuchSpan:
        raise Http404 from None


def _span(request: HttpRequest, today: date) -> Span:
    """`?span=2017-Q3`, or two days of the form. Raises NoSuchSpan."""
    first, last = request.GET.get("first", ""), request.GET.get("last", "")
    if first and last:
        return spans.span_called(f"{first[:10]}..{last[:10]}")
    return spans.span_called(request.GET.get("span", "") or str(today.year))


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    try:
        found = _report(request)
    except Http404:
        messages.error(
            request, _("This is no span of time: choose a year or two days, the first before the last.")
        )
        if not request.GET:
            raise
        return redirect("admin:training_report")
    language, today = get_language() or "vi", vietnamese_day(timezone.now())
    context = {
        "title": _("Training figures"), "opts": Event._meta, "report": found, "columns": reporting.COLUMNS.values(),
        "span": found.span, "span_title": found.span.title(language), "today": today,
        "groups": [(key, group.label, _query(found.span.key, key)) for key, group in reporting.GROUPS.items()],
        "spans": [(span.title(language), _query(span.key, found.by)) for span in _offered(found.span, today)],
        "rows": [(row, _cells(row, found, language)) for row in found.rows],
        "whole": _cells(found.whole, found, language, in_full=True), "query": _query(found.span.key, found.by),
        "by": reporting.GROUPS[found.by].label, "by_key": found.by,
    }  # fmt: skip
    return staff_page(request, "training/admin/report.html", context)


def _offered(span: Span, today: date) -> list[Span]:
    """The span before and after, this quarter, half-year, year, and every year there is anything of."""
    own = [*filter(None, [span.before, span.after]), spans.quarter_span(today), spans.half_span(today)]
    years = reporting.years()
    whole = [spans.span_called(f"{years[-1]}-{years[0]}")] if len(years) > 1 else []
    found = {each.key: each for each in (*own, *(spans.year(number) for number in years[:8]), *whole)}
    return [each for key, each in found.items() if key != span.key]


def _query(span: str, by: str) -> str:
    return f"?{urlencode({'span': span, 'by': by})}"


def _cells(
    row: reporting.Row, report: reporting.Report, language: str, *, in_full: bool = False
) -> list[tuple[str, str, str]]:
    """Words, what they are made of, and the address of the rows behind them."""
    cells = []
    for column, sum_ in row.totals():
        to = {"span": report.span.key, "by": report.by, "of": row.key, "what": column}
        words = sum_.words(language) if in_full else sum_.short(language)
        address = f"{reverse('admin:training_report_rows')}?{urlencode(to)}" if sum_.known else ""
        cells.append((words, sum_.words(language), address))
    return cells


@require_safe
def report_rows(request: HttpRequest) -> HttpResponse:
    """The events a figure is the sum of, each with its own figure and where that is from."""
    found, what = _report(request), request.GET.get("what", "")
    row = found.row(request.GET["of"]) if request.GET.get("of") else found.whole
    if row is None or what not in reporting.COLUMNS:
        raise Http404
    language = get_language() or "vi"
    parts = [(part, getattr(part, what)) for part in row.parts]
    context = {
        "title": f"{reporting.COLUMNS[what]}: {row.label}", "opts": Event._meta, "span_title": found.span.title(language),
        "parts": [(part.event, figure, figure.words(language)) for part, figure in parts if figure is not None],
        "unknown": [part.event for part, figure in parts if figure is None], "back": _query(found.span.key, found.by),
        "sum": row.total(what).words(language), "may_open": request.user.has_perm("training.run_event"),
    }  # fmt: skip
    return staff_page(request, "training/admin/report_rows.html", context)


@require_safe
def report_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """The report as CSV, XLSX or PDF. It names no participant; that it was taken is on record all the same."""
    found, language, now = _report(request), get_language() or "vi", timezone.now()
    if form not in {"csv", "xlsx", "pdf"}:
        raise Http404
    name = f"training-{found.span.key.replace('..', '-')}-{found.by}"
    if form == "pdf":
        try:
            content = printed.pdf(found, language, now)
        except NotTypeset:
            messages.error(request, _("This report is too long to be printed; the table has all of it."))
            return redirect(f"{reverse('admin:training_report')}{_query(found.span.key, found.by)}")
        answer = exporting.file_answer(content, "application/pdf", f"{name}.pdf")
    else:
        answer = exporting.table(name, exporting.report_rows(found, language), form)
    record(request.user, "exported", by=request.user, now=now, note=f"{name}.{form}", rows=len(found.rows))
    return answer
