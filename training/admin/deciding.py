"""What is decided about an event, each on a page of its own: its days and place, its sessions, that it is called off.

Whatever is typed stands on the page when a button is refused.
"""

from collections.abc import Callable
from typing import Any

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES
from training.actions import events as actions
from training.admin.day_pages import run_or_refuse, tried
from training.admin.event_pages import event_page
from training.facts import facts_of, moves_of
from training.forms.deciding import CancelForm, DaysForm, PlaceForm, SessionForm, SessionFormSet
from training.models import Event
from training.rules import confirming
from training.when import when_of


def when(request: HttpRequest, pk: int) -> HttpResponse:
    """Days and place, and how far it has come."""
    event = run_or_refuse(request, pk)
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    days = DaysForm(request.POST if verb == "days" else None, initial=DaysForm.of(event))
    place = PlaceForm(request.POST if verb == "place" else None, initial=PlaceForm.of(event))
    if verb and _decide(request, event, verb, days, place):
        return redirect("admin:training_event_when", pk)
    now, language = timezone.now(), get_language() or "vi"
    dated = when_of(event)
    context = {
        "days": days, "place": place, "has_sessions": event.sessions.exists(), "against": confirming.refusal(event),
        "may_be_held": dated.has_begun(now) and (event.progress == Event.Progress.CONFIRMED or dated.is_over(now)),
        "moves": moves_of(facts_of(event, language), language),
    }  # fmt: skip
    return event_page(
        request, "training/admin/event_when.html", event, context, _("Days and place: %(title)s")
    )


def _decide(request: HttpRequest, event: Event, verb: str, days: DaysForm, place: PlaceForm) -> bool:
    """Whether the button did what it says."""
    deed: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    deeds: dict[str, tuple[bool, str, Callable[[], Any]]] = {
        "days": (days.is_valid(), _("The days are kept."), lambda: actions.set_days(event, days.when(), **deed)),
        "place": (place.is_valid(), _("The place is kept."), lambda: actions.set_place(event, place.plan(), **deed)),
        "confirm": (True, _("Days and place are confirmed."), lambda: actions.confirm(event, **deed)),
        "held": (True, _("The event is on record as held."), lambda: actions.mark_held(event, **deed)),
    }  # fmt: skip
    valid, said, do = deeds.get(verb, (False, "", lambda: None))
    return valid and tried(request, said, do)


def sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions as rows; “more rows” keeps what was typed."""
    event = run_or_refuse(request, pk)
    rows = _rows(request, event)
    if request.POST.get("do") == "keep" and rows.is_valid():
        plans = [form.plan() for form in rows if form.cleaned_data and not form.cleaned_data["DELETE"]]
        deed: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        if tried(request, _("The sessions are kept."), lambda: actions.set_sessions(event, plans, **deed)):
            return redirect("admin:training_event_sessions", pk)
    return event_page(
        request, "training/admin/event_sessions.html", event, {"rows": rows}, _("Sessions: %(title)s")
    )


def _rows(request: HttpRequest, event: Event) -> BaseFormSet:
    initial = [SessionForm.of(each) for each in event.sessions.all()]
    if request.method != "POST":
        return SessionFormSet(initial=initial)
    typed = request.POST.copy()
    total = typed.get("form-TOTAL_FORMS", "")
    if typed.get("do") == "more" and total.isascii() and total.isdecimal() and len(total) < 4:
        typed["form-TOTAL_FORMS"] = str(min(int(total) + 3, actions.MOST_SESSIONS))
    return SessionFormSet(typed, initial=initial)


def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """The public reason, and a tick that it is meant, before anything happens."""
    event = run_or_refuse(request, pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reasons = {each: form.cleaned_data[f"reason_{each}"] for each in LANGUAGES}
        said = _("The event is cancelled. Readers see the reason; whoever is registered is told.")
        if tried(request, said, lambda: actions.cancel(event, reasons, by=request.user, now=timezone.now())):
            return redirect("admin:training_event_when", pk)
    concerned = event.registrations.active().count()
    return event_page(
        request,
        "training/admin/event_cancel.html",
        event,
        {"form": form, "concerned": concerned},
        _("Cancel: %(title)s"),
    )


#: (route, view, name): mounted by EventAdmin as admin:training_event_<name>.
PAGES = [
    ("when/", when, "when"),
    ("sessions/", sessions, "sessions"),
    ("cancel/", cancel, "cancel"),
]
