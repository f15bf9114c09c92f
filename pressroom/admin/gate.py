"""The gate: who may come in, on a screen, on paper and as a file; and each one's badge, scanned or typed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.directory.exporting import csv_of
from portal.history.actions import record
from portal.languages.dates import in_ict, vietnamese_day
from portal.printing import NotTypeset
from pressroom.actions import accreditation
from pressroom.models import AccreditationRequest, AccreditationRound
from pressroom.printing.accreditation import badges_pdf, days_of, gate_pdf


def gate(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody accepted, by given name, each with a button; `?q=` words of a name, an outlet or a code."""
    round_ = _round(request, pk)
    words = request.GET.get("q", "")[:100]
    accepted = round_.requests.accepted().select_related("outlet").order_by("sorted_by", "pk")
    people = list(accepted.matching(words))
    context = {
        "title": _("Gate"), "round": round_, "people": people, "words": words,
        "days": days_of(round_, get_language() or "vi"), "accepted": accepted.count(),
        "inside": accepted.exclude(checked_in_at=None).count(), "today": _is_today(round_),
    }  # fmt: skip
    return staff_page(request, "pressroom/admin/gate.html", context)


def badge(request: HttpRequest, code: str) -> HttpResponse:
    """What a scan of a badge shows: the person, and whether they may come in. Looking changes nothing."""
    found = _request(request, code)
    context = {
        "title": found.full_name, "badge": found, "round": found.round, "today": _is_today(found.round),
        "days": days_of(found.round, get_language() or "vi"),
    }  # fmt: skip
    return staff_page(request, "pressroom/admin/badge.html", context)


@require_POST
def check_in(request: HttpRequest, code: str) -> HttpResponse:
    found = _request(request, code)
    try:
        accreditation.check_in(found, by=request.user, now=timezone.now())
        messages.success(request, _("%(name)s has come in.") % {"name": found.full_name})
    except Refused as refusal:
        messages.error(request, f"{found.full_name}: {refusal}")
    if "badge" in request.POST:
        return redirect("admin:pressroom_accreditation_badge", code)
    return HttpResponseRedirect(
        f"{reverse('admin:pressroom_accreditation_gate', args=[found.round_id])}#person-{found.pk}"
    )


def gate_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as a file; who took it away is written down."""
    round_ = _round(request, pk)
    rows = [["full_name", "outlet", "role", "card_number", "code", "came_in"]]
    for each in round_.requests.accepted().select_related("outlet").order_by("sorted_by", "pk"):
        came = f"{in_ict(each.checked_in_at):%Y-%m-%d %H:%M}" if each.checked_in_at else ""
        rows.append([each.full_name, each.outlet_shown, each.role, each.card_number, each.code, came])
    record(round_, "exported the gate list", by=request.user, now=timezone.now(), rows=len(rows) - 1)
    return _file(csv_of(rows), "text/csv; charset=utf-8", f"gate-{pk}.csv")


def gate_printed(request: HttpRequest, pk: int) -> HttpResponse:
    return _printed(request, _round(request, pk), gate_pdf, "gate")


def badges(request: HttpRequest, pk: int) -> HttpResponse:
    return _printed(request, _round(request, pk), badges_pdf, "badges")


def _printed(
    request: HttpRequest, round_: AccreditationRound, make: Callable[[Any, str], bytes], name: str
) -> HttpResponse:
    try:
        content = make(round_, get_language() or "vi")
    except NotTypeset:
        messages.error(request, _("This list is too long to be printed."))
        return redirect("admin:pressroom_accreditation_gate", round_.pk)
    record(round_, f"printed {name}", by=request.user, now=timezone.now())
    return _file(content, "application/pdf", f"{name}-{round_.pk}.pdf")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _round(request: HttpRequest, pk: int) -> AccreditationRound:
    _refuse_without_right(request)
    return get_object_or_404(AccreditationRound, pk=pk)


def _request(request: HttpRequest, code: str) -> AccreditationRequest:
    _refuse_without_right(request)
    everybody = AccreditationRequest.objects.select_related("round", "outlet")
    return get_object_or_404(everybody, code=code.upper()[:12])


def _refuse_without_right(request: HttpRequest) -> None:
    if not request.user.has_perm("pressroom.change_accreditationrequest"):
        raise PermissionDenied


def _is_today(round_: AccreditationRound) -> bool:
    return round_.first_day <= vietnamese_day(timezone.now()) <= round_.last_day
