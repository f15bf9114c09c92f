"""Attendance: what was counted, and what an organiser decides about it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from training.actions import attendance as counting
from training.actions import presence
from training.admin.day_pages import number, page, run_or_refuse, tried
from training.models import Event, Registration
from training.rules.badges import unit_of


def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a seat, by given name, with the share of sessions."""
    event = run_or_refuse(request, pk)
    if request.method == "POST" and _do(request, event):
        here = reverse("admin:training_event_attendance", args=[event.pk])
        return redirect(f"{here}#row-{number(request, 'registration')}")
    found = counting.of_event(event)
    context = {
        "rows": [(each, unit_of(each.registration)) for each in found], "seated": len(found),
        "enough": sum(each.is_enough for each in found), "came": sum(each.present > 0 for each in found),
        "sessions": event.sessions.count(), "typed": request.POST.get("reason", ""), "at": number(request, "registration"),
    }  # fmt: skip
    title = _("Attendance: %(event)s") % {"event": event}
    return page(request, "training/admin/attendance.html", event, context, title=title)


def _do(request: HttpRequest, event: Event) -> bool:
    who = get_object_or_404(Registration, event=event, pk=number(request, "registration"))
    by, now, reason = request.user, timezone.now(), request.POST.get("reason", "")[:500]
    if request.POST.get("do") == "drop":
        return tried(
            request, _("The count decides again."), lambda: presence.drop_ruling(who, by=by, now=now)
        )
    attended = request.POST.get("do") == "attended"
    return tried(
        request,
        _("Your decision is kept."),
        lambda: presence.rule(who, attended=attended, reason=reason, by=by, now=now),
    )
