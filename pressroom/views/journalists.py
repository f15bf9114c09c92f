"""Journalists outside: asking for our releases, confirming the address, and the page of their own wishes and rights."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.web.public_forms import refuse_for_now, stamp
from pressroom.actions import applications, rights
from pressroom.forms.applications import CONSENT, ApplicationForm, PreferencesForm
from pressroom.models import Journalist, JournalistApplication
from pressroom.rules.links import CONFIRM, PREFERENCES
from pressroom.views.personal import personal_page
from pressroom.views.sections import ways

ASKS_PER_HOUR = 20  # from one network address


@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the address is known: what we know of it is told to the address alone."""
    form = ApplicationForm(
        request.POST or None, initial={"language": get_language(), "frequency": Journalist.Frequency.AT_ONCE}
    )
    status = 200
    if form.is_bound and form.is_from_a_machine:
        return HttpResponseRedirect(reverse("pressroom:applied"))
    if form.is_bound and form.is_valid():
        if may_ask("press application", client_address(request), ASKS_PER_HOUR):
            applications.apply(**form.particulars(), consent=str(CONSENT), now=timezone.now())
            return HttpResponseRedirect(reverse("pressroom:applied"))
        refuse_for_now(form)
        status = 429
    context = {"form": form, "stamp": stamp(), "ways": ways("apply")}
    return personal_page(
        request, "pressroom/application_form.html", context, title=_("Receive our releases"), status=status
    )


@never_cache
def applied(request: HttpRequest) -> HttpResponse:
    return personal_page(request, "pressroom/application_asked.html", {}, title=_("Look in your mailbox"))


@never_cache
def confirm_application(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; its button confirms."""
    application = CONFIRM.thing_or_404(token, JournalistApplication.objects.all())
    if request.method == "POST":
        applications.confirm(application, now=timezone.now())
        return HttpResponseRedirect(request.path)
    context = {"application": application}
    return personal_page(request, "pressroom/application_confirm.html", context, title=_("Your application"))


@never_cache
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Language, beats and frequency; and the way to leave, to see one's data and to be erased."""
    journalist = _journalist(token)
    form = PreferencesForm(request.POST or None, journalist=journalist)
    if request.method == "POST" and form.is_valid():
        rights.choose(journalist, **form.cleaned_data, now=timezone.now())
        return _done(token, "chosen")
    context = {"journalist": journalist, "form": form, "token": token, "done": request.GET.get("done", "")}
    return personal_page(
        request, "pressroom/preferences.html", context, title=_("Your letters from the press room")
    )


@require_POST
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Leaving, and being erased: two buttons of the page; erasing asks for a tick."""
    journalist, now = _journalist(token), timezone.now()
    choice = request.POST.get("choice", "")
    if choice == "leave":
        rights.leave(journalist, now=now)
        return _done(token, "left")
    if choice == "erase" and request.POST.get("sure"):
        rights.erase(journalist, now=now)
        return HttpResponseRedirect(reverse("pressroom:erased"))
    return _done(token, "tick" if choice == "erase" else "")


@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    return personal_page(request, "pressroom/erased.html", {}, title=_("Erased"))


@never_cache
@require_safe
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    """Everything we keep of this person, to keep."""
    told: dict[str, Any] = rights.own_data(_journalist(token))
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _journalist(token: str) -> Journalist:
    """The record of a link, or the one it has been merged into."""
    everyone = Journalist.objects.select_related("outlet", "merged_into")
    found: Journalist = PREFERENCES.thing_or_404(token, everyone.filter(erased_at=None))
    return found.standing()


def _done(token: str, what: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('pressroom:preferences', args=[token])}?done={what}")
