"""The door: who has come. By the list with its search, or by the QR code of a confirmation; opening the page changes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.languages.folding import fold
from pressroom.actions import seats as actions
from pressroom.admin.briefing_pages import number, page, run_or_refuse, tried
from pressroom.admin.briefing_seats import by_given_name
from pressroom.mails.seats import read_code
from pressroom.models import Attendance, Briefing, Journalist


def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of those with a seat; `?code=` shows the one whose confirmation was scanned, `?words=` those matching."""
    briefing = run_or_refuse(request, pk)
    if request.method == "POST":
        _do(request, briefing)
        return redirect(
            f"{reverse('admin:pressroom_briefing_check_in', args=[pk])}#row-{number(request, 'attendance')}"
        )
    words = request.GET.get("words", "")[:100]
    seated = sorted(briefing.attendances.seated().with_people(), key=by_given_name)
    valid = set(
        Journalist.objects.accredited(briefing.day)
        .filter(pk__in=[each.journalist_id for each in seated])
        .values_list("pk", flat=True)
    )
    scanned, problem = _scanned(briefing, seated, request.GET.get("code", ""))
    context = {
        "words": words, "rows": [(each, each.journalist_id in valid) for each in seated if _matches(each, words)],
        "scanned": scanned, "scanned_valid": scanned is not None and scanned.journalist_id in valid, "problem": problem,
        "arrived": sum(1 for each in seated if each.arrived_at), "seated": len(seated),
    }  # fmt: skip
    title = _("Check-in: %(title)s") % {"title": briefing}
    return page(request, "pressroom/admin/briefing_check_in.html", briefing, context, title=title)


def _do(request: HttpRequest, briefing: Briefing) -> None:
    attendance = get_object_or_404(briefing.attendances.with_people(), pk=number(request, "attendance"))
    name, by, now = {"name": attendance.journalist.full_name}, request.user, timezone.now()
    if request.POST.get("do") == "undo":
        tried(
            request,
            _("%(name)s is not here.") % name,
            lambda: actions.undo_check_in(attendance, by=by, now=now),
        )
    else:
        tried(request, _("%(name)s has come.") % name, lambda: actions.check_in(attendance, by=by, now=now))


def _scanned(briefing: Briefing, seated: list[Attendance], code: str) -> tuple[Attendance | None, str]:
    """Whose code it is, or why it opens nothing."""
    if not code:
        return None, ""
    try:
        pk, turn = read_code(code)
    except LookupError:
        return None, _("This code is none of ours.")
    found = next((each for each in seated if each.pk == pk), None)
    if found is None or found.turn != turn:
        return None, _(
            "This code stands for no seat at this briefing: it was given back, or is for another one."
        )
    return found, ""


def _matches(attendance: Attendance, words: str) -> bool:
    who: Any = attendance.journalist
    said = fold(f"{who.full_name} {who.outlet} {who.card_number}")
    return all(word in said for word in fold(words).split())
