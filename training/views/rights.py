"""The rights of a participant, beside their own page: to read and take away all that is kept, to have it erased."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.web.personal import personal_page
from training.actions import rights
from training.models import Registration
from training.rules.links import OWN
from training.views.sections import training
from training.wording import sections_of


def _own(token: str) -> Registration:
    return OWN.thing_or_404(token, Registration.objects.select_related("event"))


@require_safe
@never_cache
def data(request: HttpRequest, token: str) -> HttpResponse:
    registration = _own(token)
    context = {
        "token": token,
        "registration": registration,
        "sections": sections_of(rights.own_data(registration)),
    }
    return personal_page(
        request, "training/own_data.html", context, title=_("What we keep of you"), section=training()
    )


@require_safe
@never_cache
def data_json(request: HttpRequest, token: str) -> HttpResponse:
    """The same for programs."""
    words = json.dumps(rights.own_data(_own(token)), ensure_ascii=False, indent=2)
    headers = {
        "Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "private, no-store",
        "Referrer-Policy": "same-origin", "X-Robots-Tag": "noindex",
    }  # fmt: skip
    return HttpResponse(words, content_type="application/json; charset=utf-8", headers=headers)


@never_cache
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """What goes, what stays and why; done by its button with a tick. Opening it changes nothing."""
    registration = _own(token)
    unsure = request.method == "POST" and not request.POST.get("sure")
    if request.method == "POST" and not unsure:
        rights.erase(registration, by=None, now=timezone.now())
        return HttpResponseRedirect(reverse("training:erased"))
    mine = list(rights.registrations_of(registration).select_related("event"))
    context = {
        "token": token, "registration": registration, "mine": mine, "unsure": unsure,
        "certified": any(each.certificates.all() for each in mine),
    }  # fmt: skip
    return personal_page(
        request, "training/own_erase.html", context, title=_("Erase what you keep of me"), section=training()
    )


@never_cache
def erased(request: HttpRequest) -> HttpResponse:
    return personal_page(request, "training/erased.html", {}, title=_("Erased"), section=training())
