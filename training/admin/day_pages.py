"""What the pages of the day and after share: fetched with access asked, so that none can forget; and their frame."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from portal.accounts.refusal import Refused
from portal.editorial.views.things import change_url, thing_or_404
from training.models import Event, Session

KIND = "training.event"
RUNS = "training.run_event"


def run_or_refuse(request: HttpRequest, pk: int) -> Event:
    """The event itself, for somebody who runs events. Raises Http404 or PermissionDenied."""
    if not request.user.has_perm(RUNS):
        raise PermissionDenied
    return thing_or_404(request, KIND, pk).root


def chosen_session(request: HttpRequest, sessions: list[Session]) -> Session | None:
    """The one asked for by number; else the one that runs, comes next, or was the last. None where there are none."""
    asked = request.POST.get("session") or request.GET.get("session") or ""
    found = next((each for each in sessions if str(each.pk) == asked), None)
    return found or running(sessions, timezone.now())


def running(sessions: list[Session], now: datetime) -> Session | None:
    return next((each for each in sessions if each.ends_at > now), sessions[-1] if sessions else None)


def number(request: HttpRequest, name: str) -> int:
    """A number that was sent; 0 for what is none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 18 else 0


def tried(request: HttpRequest, said: Any, deed: Callable[[], Any]) -> bool:
    """Do it and say so, or say why not."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, str(said() if callable(said) else said))
    return True


def page(
    request: HttpRequest, template: str, event: Event, context: dict[str, Any], *, title: str
) -> HttpResponse:
    shown = {
        **admin.site.each_context(request),
        "title": title,
        "subtitle": None,
        "event": event,
        "back": change_url(event),
        "here": request.path,
        **context,
    }
    return render(request, template, shown)


def pdf_file(content: bytes, name: str) -> HttpResponse:
    """A PDF with names on it: kept by nobody on the way."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
