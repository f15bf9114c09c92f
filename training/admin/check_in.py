"""Check-in by list, without JavaScript; opening the page changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.languages.folding import fold
from training.actions import presence
from training.admin.day_pages import chosen_session, number, page, run_or_refuse, tried
from training.models import Event, Presence, Registration, Scan, Session
from training.rules.badges import by_given_name, short_code_of, unit_of

SHOWN_SCANS = 50


def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody with a seat, by given name; `?session=`, `?words=` of a name, a unit or a code."""
    event = run_or_refuse(request, pk)
    sessions = list(event.sessions.all())
    session = chosen_session(request, sessions)
    if request.method == "POST":
        _do(request, event, session)
        here = reverse("admin:training_event_check_in", args=[event.pk])
        asked = f"?session={session.pk}" if session else ""
        return redirect(f"{here}{asked}#row-{number(request, 'registration')}")
    words = request.GET.get("words", "")[:100]
    seated = sorted(event.registrations.seated().select_related("unit"), key=by_given_name)
    there = {
        each.registration_id: each
        for each in Presence.objects.filter(registration__event=event, session=session)
    }
    context = {
        "words": words, "sessions": sessions, "session": session, "seated": len(seated),
        "arrived": sum(each.pk in there for each in seated),
        "rows": [(each, unit_of(each), there.get(each.pk)) for each in seated if _matches(each, words)],
        "doubts": list(_doubtful(event)),
    }  # fmt: skip
    return page(
        request,
        "training/admin/check_in.html",
        event,
        context,
        title=pgettext("training", "Check-in: %(event)s") % {"event": event},
    )


def _do(request: HttpRequest, event: Event, session: Session | None) -> None:
    who = get_object_or_404(Registration, event=event, pk=number(request, "registration"))
    name, by, now = {"name": who.full_name}, request.user, timezone.now()
    if request.POST.get("do") == "undo":
        tried(
            request,
            _("%(name)s is not here.") % name,
            lambda: presence.undo_check_in(who, session, by=by, now=now),
        )
    else:
        tried(request, _("%(name)s is here.") % name, lambda: presence.check_in(who, session, by=by, now=now))


def _matches(registration: Registration, words: str) -> bool:
    said = fold(f"{registration.full_name} {unit_of(registration)} {short_code_of(registration)}")
    return all(word in said for word in fold(words).split())


def _doubtful(event: Event) -> "list[Scan]":
    """Scans somebody should look at: refused at the door, or with something odd about them."""
    usual = [Scan.Outcome.IN, Scan.Outcome.ALREADY]
    odd = event.scans.exclude(outcome__in=usual, doubt="").select_related("registration", "session")
    return list(odd.order_by("-received_at")[:SHOWN_SCANS])
