"""The page behind the link of one's letters: how things stand, the code for the door, the buttons. Opening it changes nothing."""

from collections.abc import Callable
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.accounts.refusal import Refused
from portal.languages import other
from portal.web.personal import personal_page
from training.actions import registering, seats, telling
from training.forms.registering import OwnForm
from training.mails import invitations
from training.models import Registration
from training.rules import window
from training.rules.codes import code_of
from training.rules.links import OWN
from training.rules.seats import Hall, ahead_of
from training.views.sections import training
from training.when import when_of

State = Registration.State
_DEEDS: dict[str, Callable[..., Any]] = {
    "accept": lambda found, now: seats.accept(found, by=None, now=now),
    "return": lambda found, now: seats.give_back(found, by=None, now=now),
    "come": lambda found, now: telling.come_all_the_same(found, now=now),
}


def own_or_404(token: str) -> Registration:
    """Whose link it is. Raises NoSuchLink."""
    found: Registration = OWN.thing_or_404(
        token,
        Registration.objects.select_related("event", "unit", "quota").filter(confirmed_at__isnull=False),
    )
    return found


@never_cache
def own(request: HttpRequest, token: str) -> HttpResponse:
    found = own_or_404(token)
    form = OwnForm(initial={name: getattr(found, name) for name in OwnForm.base_fields})
    if request.method != "POST":
        return _page(request, token, found, form)
    choice = request.POST.get("choice", "")
    form = OwnForm(request.POST) if choice == "correct" else form
    try:
        done = _press(found, choice, form)
    except Refused as refusal:
        return _page(request, token, found, form, problem=str(refusal))
    if not done:
        return _page(request, token, found, form)
    return HttpResponseRedirect(f"{reverse('training:own', args=[token])}?done={choice}")


def _press(found: Registration, choice: str, form: OwnForm) -> bool:
    """Do what the button says; False when something typed is wrong, or the button is none of ours."""
    now = timezone.now()
    if choice == "correct":
        if form.is_valid():
            registering.correct(found, **form.cleaned_data, now=now)
        return form.is_valid()
    if choice in _DEEDS:
        _DEEDS[choice](found, now)
    return choice in _DEEDS


def _page(
    request: HttpRequest, token: str, found: Registration, form: OwnForm, *, problem: str = ""
) -> HttpResponse:
    event, now, language = found.event, timezone.now(), get_language() or "vi"
    context = {
        "registration": found, "event": event, "token": token, "form": form, "problem": problem,
        "title": event.text("title", language) or event.text("title", other(language)),
        "place": event.text("place", language) or event.text("place", other(language)),
        "reason": event.text("reason", language) or event.text("reason", other(language)),
        "when": when_of(event).words(language), "sessions": list(event.sessions.all()),
        "over": window.over_because(event, now), "done": request.GET.get("done", ""),
        "position": _position(found), "asked_again": _is_asked_again(found),
        "certificates": list(found.certificates.valid()),
        "qr": _qr(found) if found.state == State.SEATED else "", "code": code_of(found) if found.state == State.SEATED else "",
    }  # fmt: skip
    return personal_page(
        request, "training/registration_own.html", context, title=_("Your registration"), section=training()
    )


def _position(found: Registration) -> int:
    """The place on the waiting list, from 1; 0 for whoever does not wait."""
    if found.state != State.WAITING:
        return 0
    return ahead_of(found, Hall.of(found.event, timezone.now()), found.event.registrations.waiting()) + 1


def _is_asked_again(found: Registration) -> bool:
    """Time or place changed since the seat was given, and they have not said yet whether they come."""
    return found.state == State.SEATED and found.comes_at is None and found.event.is_open


def _qr(found: Registration) -> str:
    """The code as a picture in the page itself: it needs no other address."""
    return segno.make(code_of(found), error="m").svg_data_uri(
        scale=4, border=4, dark="#1c1e3c", light="#ffffff"
    )


@never_cache
@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The event for one's own calendar, with the address online for those with a seat."""
    found = own_or_404(token)
    said = invitations.published(found)
    if not said:
        raise Http404
    response = HttpResponse(said, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="training-{found.event_id}.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
