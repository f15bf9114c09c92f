"""Asking, and following a question by its link. Opening a page changes nothing; nothing typed is lost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.accounts.refusal import Refused
from portal.languages import LANGUAGES
from portal.web.pages import crumbs, in_each_language, render_page
from portal.web.public_forms import TOO_MANY, refuse_for_now, stamp
from pressroom import links
from pressroom.actions import enquiries as actions
from pressroom.actions import units
from pressroom.forms.enquiries import AskForm, FollowUpForm, UnitAnswerForm
from pressroom.models import Enquiry, UnitRequest
from pressroom.views.sections import press_room, ways

ASKS_PER_HOUR = 20  # from one network address: an outlet's desk shares one


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; once sent, the page of the new enquiry. A machine is thanked and forgotten."""
    language = get_language() or "vi"
    form = AskForm(request.POST or None, initial={"stamp": stamp()})
    status = 200
    if form.is_bound and form.is_from_a_machine:
        return HttpResponseRedirect(reverse("pressroom:asked"))
    if form.is_bound and form.is_valid():
        if _may_ask(request):
            enquiry = actions.ask(form.enquiry(language), by=None, now=timezone.now())
            return HttpResponseRedirect(links.enquiry_path(enquiry, language))
        refuse_for_now(form)
        status = 429
    context = {"form": form, "stamp": stamp(), "ways": ways("ask"), "breadcrumbs": crumbs(press_room())}
    return _private(
        render_page(
            request, "pressroom/enquiry_ask.html", context, title=_("Ask a question"),
            twins=in_each_language("pressroom:ask"), status=status,
        )
    )  # fmt: skip


def _may_ask(request: HttpRequest) -> bool:
    return may_ask("press enquiry", client_address(request), ASKS_PER_HOUR)


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return _private(
        render_page(
            request, "pressroom/enquiry_asked.html", {"breadcrumbs": crumbs(press_room())},
            title=_("Thank you"), twins=in_each_language("pressroom:asked"), robots="noindex",
        )
    )  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest, token: str) -> HttpResponse:
    """Where a question stands, for whoever asked it; a further question is sent from here."""
    found = links.enquiry_or_404(token, timezone.now())
    form = FollowUpForm(request.POST or None)
    if form.is_bound and not form.is_from_a_machine and form.is_valid():
        try:
            if not _may_ask(request):
                raise Refused(str(TOO_MANY))
            new = actions.follow_up(found, form.cleaned_data["question"], now=timezone.now())
            return HttpResponseRedirect(links.enquiry_path(new, get_language() or "vi"))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "enquiry": found,
        "answer": found.answer_in(found.language) if found.state in Enquiry.REPLIED else "",
        "follows": _linked(found.follows),
        "followed_by": [_linked(each) for each in found.followed_by.order_by("asked_at", "pk")],
        "form": form,
        "stamp": stamp(),
    }
    return _token_page(request, "pressroom/enquiry_status.html", context, token, title=found.reference)


def _linked(enquiry: Enquiry | None) -> dict[str, Any] | None:
    if enquiry is None or enquiry.forgotten_at:
        return None
    return {"enquiry": enquiry, "url": links.enquiry_path(enquiry, get_language() or "vi")}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unit_request(request: HttpRequest, token: str) -> HttpResponse:
    """The page a unit answers on: the question and what is asked, never who asked it."""
    found = links.unit_request_or_404(token, timezone.now())
    form = UnitAnswerForm(request.POST or None)
    if form.is_bound and not form.is_from_a_machine and form.is_valid():
        said = form.cleaned_data
        try:
            units.take_answer(found, said["answer"], name=said["name"], by=None, now=timezone.now())
            return HttpResponseRedirect(request.path)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "asked": found,
        "may_answer": found.state == UnitRequest.State.ASKED and found.enquiry.is_open,
        "form": form,
        "stamp": stamp(),
        "late": found.is_overdue(timezone.now()),
    }
    title = _("For an answer to the press: %(reference)s") % {"reference": found.enquiry.reference}
    return _token_page(request, "pressroom/unit_request.html", context, token, title=title)


def _token_page(
    request: HttpRequest, template: str, context: dict, token: str, *, title: str
) -> HttpResponse:
    """A page behind a link: nobody indexes it, keeps it, or hands its address on."""
    name = f"pressroom:{request.resolver_match.url_name}" if request.resolver_match else "pressroom:ask"
    twins = in_each_language(name, {code: [token] for code in LANGUAGES})
    shown = {**context, "breadcrumbs": crumbs(press_room())}
    return _private(render_page(request, template, shown, title=title, twins=twins, robots="noindex"))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
