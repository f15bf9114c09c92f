"""Asking for a badge, and how far the request has come."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.accounts.refusal import Refused
from portal.web.pages import crumbs
from portal.web.public_forms import refuse_for_now, stamp
from pressroom.actions import accreditation
from pressroom.forms.accreditation import AccreditationForm
from pressroom.models import AccreditationRequest, AccreditationRound
from pressroom.rules.links import ACCREDITATION
from pressroom.views.personal import personal_page
from pressroom.views.sections import press_room, ways

ASKS_PER_HOUR = 20  # from one network address: a newsroom behind one address sends its whole team


@never_cache
def open_rounds(request: HttpRequest) -> HttpResponse:
    """Events the press may ask to attend now."""
    rounds = AccreditationRound.objects.open(timezone.now()).order_by("first_day", "pk")
    context = {"rounds": rounds, "ways": ways("accreditations")}
    return personal_page(
        request, "pressroom/accreditation_list.html", context, title=_("Press accreditation")
    )


@never_cache
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one event; once it is closed, a page that says so."""
    now = timezone.now()
    round_ = get_object_or_404(AccreditationRound.objects.announced(now), pk=pk)
    form = AccreditationForm(
        request.POST or None, request.FILES or None, round_=round_, initial={"language": get_language()}
    )
    status = 200
    if form.is_bound and form.is_from_a_machine:
        return HttpResponseRedirect(reverse("pressroom:accreditation_asked"))
    if form.is_bound and form.is_valid():
        if not may_ask("press accreditation", client_address(request), ASKS_PER_HOUR):
            refuse_for_now(form)
            status = 429
        elif _was_taken(form, round_, now):
            return HttpResponseRedirect(reverse("pressroom:accreditation_asked"))
    context = {
        "round": round_, "form": form, "stamp": stamp(), "is_open": round_.is_open(now),
        "breadcrumbs": crumbs(press_room(), (_("Press accreditation"), reverse("pressroom:accreditations"))),
    }  # fmt: skip
    return personal_page(
        request, "pressroom/accreditation_form.html", context, title=round_.title, status=status
    )


def _was_taken(form: AccreditationForm, round_: AccreditationRound, now: datetime) -> bool:
    try:
        accreditation.ask(
            round_, **form.particulars(), scans=form.scans(), consent=form.words_agreed_to, now=now
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return personal_page(
        request, "pressroom/accreditation_asked.html", {}, title=_("Your request is on its way")
    )


@never_cache
def status(request: HttpRequest, token: str) -> HttpResponse:
    found = ACCREDITATION.thing_or_404(token, AccreditationRequest.objects.select_related("round", "outlet"))
    context = {"badge": found, "round": found.round, "steps": _steps(found)}
    return personal_page(
        request, "pressroom/accreditation_status.html", context, title=_("Your accreditation")
    )


def _steps(found: AccreditationRequest) -> list[tuple[str, bool]]:
    """The way of a request, each station with whether it stands there."""
    State = AccreditationRequest.State
    last = found.state if found.state in {State.WAITING, State.REFUSED} else State.ACCEPTED
    labels = dict(State.choices)
    return [(str(labels[each]), each == found.state) for each in (State.RECEIVED, State.CHECKED, last)]
