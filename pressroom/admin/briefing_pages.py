"""What the pages around a briefing share: fetched with access asked, so that none can forget; and their frame."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.editorial.views.things import change_url, thing_or_404
from pressroom.briefing_facts import when_of
from pressroom.briefing_watch import RUNS
from pressroom.models import Briefing

KIND = "pressroom.briefing"


def run_or_refuse(request: HttpRequest, pk: int) -> Briefing:
    """The briefing itself, for somebody who runs briefings. Raises Http404 or PermissionDenied."""
    briefing = thing_or_404(request, KIND, pk)
    if not request.user.has_perm(RUNS):
        raise PermissionDenied
    return briefing.root


def tried(request: HttpRequest, said: Any, deed: Callable[[], Any]) -> bool:
    """Do it and say so, or say why not."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


def number(request: HttpRequest, name: str) -> int:
    """A number that was sent; 0 for what is none."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isdecimal() and len(sent) < 18 else 0


def page(
    request: HttpRequest, template: str, briefing: Briefing, context: dict[str, Any], *, title: str
) -> HttpResponse:
    return render(
        request,
        template,
        {
            **admin.site.each_context(request),
            "title": title,
            "subtitle": None,
            "item": briefing,
            "decided": briefing.root,
            "runs": request.user.has_perm(RUNS),
            "when": when_of(briefing.root).words(request.LANGUAGE_CODE),
            "back": change_url(briefing),
            "here": request.path,
            "pages_label": _("Pages of this briefing"),
            **context,
        },
    )
