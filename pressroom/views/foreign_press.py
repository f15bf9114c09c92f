"""The desk for foreign press from outside: asking, and how far a request has come."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.web.pages import crumbs
from portal.web.public_forms import refuse_for_now, stamp
from pressroom.actions import foreign_press
from pressroom.forms.foreign_press import CONSENT, ForeignPressForm
from pressroom.models import ForeignPressRequest
from pressroom.rules.links import FOREIGN_PRESS
from pressroom.views.personal import personal_page
from pressroom.views.sections import press_room, ways

ASKS_PER_HOUR = 10  # from one network address


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    form = ForeignPressForm(request.POST or None, initial={"language": get_language(), "people": 1})
    status = 200
    if form.is_bound and form.is_from_a_machine:
        return HttpResponseRedirect(reverse("pressroom:foreign_press_asked"))
    if form.is_bound and form.is_valid():
        if may_ask("foreign press", client_address(request), ASKS_PER_HOUR):
            foreign_press.ask(**form.particulars(), consent=str(CONSENT), now=timezone.now())
            return HttpResponseRedirect(reverse("pressroom:foreign_press_asked"))
        refuse_for_now(form)
        status = 429
    context = {"form": form, "stamp": stamp(), "ways": ways("foreign_press")}
    return personal_page(
        request,
        "pressroom/foreign_press_form.html",
        context,
        title=_("Desk for foreign press"),
        status=status,
    )


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    context = {
        "breadcrumbs": crumbs(press_room(), (_("Desk for foreign press"), reverse("pressroom:foreign_press")))
    }
    return personal_page(
        request, "pressroom/foreign_press_asked.html", context, title=_("Your request is on its way")
    )


@never_cache
def status(request: HttpRequest, token: str) -> HttpResponse:
    found = FOREIGN_PRESS.thing_or_404(token, ForeignPressRequest.objects.all())
    context = {
        "asked": found,
        "steps": found.steps.all(),
        "breadcrumbs": crumbs(
            press_room(), (_("Desk for foreign press"), reverse("pressroom:foreign_press"))
        ),
    }
    title = _("Request %(code)s") % {"code": found.code}
    return personal_page(request, "pressroom/foreign_press_status.html", context, title=title)
