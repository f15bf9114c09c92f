"""The page “People” of an event: who asked, who has a seat, who waits; decided one by one or together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.refusal import Refused
from portal.editorial.timeline import words_for
from portal.history.models import Record
from portal.languages.folding import fold
from portal.languages.names import person_key, split
from training.actions import deciding
from training.admin.day_pages import number, page, run_or_refuse, tried
from training.forms.arranging import SomebodyForm
from training.models import Event, Registration
from training.rules import window
from training.rules.identity import perhaps_the_same
from training.rules.seats import positions
from training.vocabulary import REASONS

State = Registration.State
DEEDS_SHOWN = 40
#: The buttons about one person, with what is said once they have done it; each is given the reason typed beside it.
_WITH_REASON: dict[str, tuple[Callable[..., Any], Any]] = {
    "refuse": (deciding.refuse, _("Refused, and told so.")),
    "cancel": (deciding.cancel, _("Cancelled, and told so.")),
    "seat": (deciding.seat_by_hand, _("The seat is given.")),
    "offer": (deciding.offer_by_hand, _("The seat is offered.")),
    "first": (deciding.put_first, _("Next in line.")),
}


@dataclass(frozen=True)
class Row:
    """Somebody as the list shows them."""

    registration: Registration
    position: int
    alike: list[Registration]

    @property
    def unit(self) -> str:
        return str(self.registration.unit or self.registration.unit_name)


def people(request: HttpRequest, pk: int) -> HttpResponse:
    """By given name; `?state=` one state, `?q=` words of a name, a unit or an address, with or without diacritics."""
    event = run_or_refuse(request, pk)
    if request.method == "POST":
        _decide_together(request, event)
        return HttpResponseRedirect(_here(request, event))
    state, words = _asked(request)
    everybody = list(event.registrations.select_related("unit", "quota"))
    rows = _rows(event, everybody)
    shown = [row for row in rows if (not state or row.registration.state == state) and _matches(row, words)]
    counted = Counter(each.state for each in everybody)
    context = {
        "rows": shown, "words": words, "state": state, "all": len(everybody),
        "states": [(value, label, counted[value]) for value, label in State.choices if counted[value]],
        "decidable": any(row.registration.state in {State.APPLIED, State.WAITING} for row in shown),
        "over": window.is_over(event, timezone.now()),
    }  # fmt: skip
    return page(
        request, "training/admin/people.html", event, context, title=_("People: %(title)s") % {"title": event}
    )


def _asked(request: HttpRequest) -> tuple[str, str]:
    state = request.GET.get("state", "")
    return state if state in State.values else "", request.GET.get("q", "")[:100]


def _here(request: HttpRequest, event: Event) -> str:
    state, words = _asked(request)
    kept = urlencode({name: value for name, value in (("state", state), ("q", words)) if value})
    return f"{reverse('admin:training_event_people', args=[event.pk])}{'?' if kept else ''}{kept}"


def _rows(event: Event, everybody: list[Registration]) -> list[Row]:
    places, alike = positions(event, timezone.now()), perhaps_the_same(everybody)
    in_order = sorted(everybody, key=lambda each: (person_key(split(each.full_name)), each.pk))
    return [Row(each, places.get(each.pk, 0), alike.get(each.pk, [])) for each in in_order]


def _matches(row: Row, words: str) -> bool:
    each = row.registration
    said = fold(f"{each.full_name} {row.unit} {each.email} {each.job_title}")
    return all(word in said for word in fold(words).split())


def _decide_together(request: HttpRequest, event: Event) -> None:
    """Approve or refuse those ticked."""
    ticked = [
        int(each)
        for each in request.POST.getlist("registration")
        if each.isascii() and each.isdecimal() and len(each) < 18
    ]
    chosen = list(event.registrations.filter(pk__in=ticked[:5000]))
    deed = {"by": request.user, "now": timezone.now()}
    try:
        if request.POST.get("do") == "refuse":
            done = deciding.refuse_many(chosen, request.POST.get("reason", ""), **deed)
            said = ngettext("%(count)d person is refused.", "%(count)d people are refused.", len(done))
        else:
            done = deciding.approve_many(chosen, **deed)
            said = ngettext("%(count)d person is approved.", "%(count)d people are approved.", len(done))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"count": len(done)})


def one(request: HttpRequest, pk: int, registration: int) -> HttpResponse:
    """One person: particulars, what was decided and why, the buttons that make sense now."""
    event = run_or_refuse(request, pk)
    found = get_object_or_404(
        event.registrations.select_related("unit", "quota", "stands_in_for"), pk=registration
    )
    found.event = event
    reason = request.POST.get("reason", "")
    if request.method == "POST" and _do(request, event, found, reason):
        return redirect("admin:training_event_person", pk, registration)
    others = list(event.registrations.active().select_related("unit"))
    context = {
        "person": found, "reason": reason, "groups": list(event.quotas.all()),
        "position": positions(event, timezone.now()).get(found.pk, 0),
        "alike": perhaps_the_same(others).get(found.pk, []), "over": window.is_over(event, timezone.now()),
        "deeds": [_deed(each) for each in Record.objects.about(found).select_related("by")[:DEEDS_SHOWN]],
    }  # fmt: skip
    return page(request, "training/admin/person.html", event, context, title=found.full_name or str(found))


def _deed(record: Record) -> dict[str, Any]:
    """Who None is: the person, the focal point, or the clock; the words say which."""
    return {
        "at": record.at,
        "who": record.by,
        "words": words_for(record.verb),
        "why": REASONS.get(record.note, record.note),
    }


def _do(request: HttpRequest, event: Event, found: Registration, reason: str) -> bool:
    verb, deed = request.POST.get("do", ""), {"by": request.user, "now": timezone.now()}
    if verb == "approve":
        return tried(request, _("Approved, and told so."), lambda: deciding.approve(found, **deed))
    if verb == "move":
        group = event.quotas.filter(pk=number(request, "group")).first()
        return tried(request, _("Moved."), lambda: deciding.move_to_group(found, group, reason, **deed))
    if verb not in _WITH_REASON:
        return False
    action, said = _WITH_REASON[verb]
    return tried(request, said, lambda: action(found, reason, **deed))


def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Register somebody who called or was asked to come; they have a seat at once, and get their letter."""
    event = run_or_refuse(request, pk)
    form = SomebodyForm(request.POST or None, event=event, initial={"language": "vi"})
    if request.method == "POST" and form.is_valid():
        said = {**form.cleaned_data}
        if tried(
            request, _("%(name)s has a seat.") % {"name": said["full_name"]},
            lambda: deciding.seat_somebody(event, **said, by=request.user, now=timezone.now()),
        ):  # fmt: skip
            return redirect("admin:training_event_people", pk)
    title = _("Add somebody: %(title)s") % {"title": event}
    return page(request, "training/admin/person_add.html", event, {"form": form}, title=title)
