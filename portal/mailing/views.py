"""A reader's own mail: signing up, and the page behind the link in each letter. Opening a page changes nothing."""

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.languages import LANGUAGES
from portal.mailing import bounces, wishes
from portal.mailing.actions import subscribing
from portal.mailing.forms import CONSENT, SignUpForm
from portal.mailing.models import Delivery, MailingList, Subscriber, Subscription
from portal.web.pages import crumbs, in_each_language, render_page
from portal.web.public_forms import refuse_for_now, stamp

ASKS_PER_HOUR = 20  # from one network address
EVENTS_LARGEST, EVENTS_AT_ONCE = 256 * 1024, 500


@never_cache
def sign_up(request: HttpRequest) -> HttpResponse:
    """The same answer whether or not the address is known: a stranger learns nothing from it."""
    language = get_language()
    form = SignUpForm(request.POST or None, initial={"language": language, "stamp": stamp()})
    status = 200
    if form.is_bound and form.is_from_a_machine:
        return HttpResponseRedirect(reverse("mailing:asked"))
    if form.is_bound and form.is_valid():
        if may_ask("mailing sign-up", client_address(request), ASKS_PER_HOUR):
            said = form.cleaned_data
            subscribing.sign_up(
                said["email"], lists=said["lists"], language=said["language"], consent=str(CONSENT), now=timezone.now()
            )  # fmt: skip
            return HttpResponseRedirect(reverse("mailing:asked"))
        refuse_for_now(form)
        status = 429
    context = {"form": form, "stamp": stamp()}
    return _page(request, "mailing/sign_up.html", context, title=_("News by e-mail"), status=status)


@never_cache
def asked(request: HttpRequest) -> HttpResponse:
    return _page(
        request,
        "mailing/asked.html",
        {},
        title=_("Look in your mailbox"),
        twins=in_each_language("mailing:asked"),
    )


@never_cache
def own_mail(request: HttpRequest, token: str) -> HttpResponse:
    """What this address gets, with the buttons to confirm, leave, change the language, erase."""
    delivery = _delivery(token)
    now = timezone.now()
    subscriptions = Subscription.objects.filter(subscriber__email=delivery.email)
    context = {
        "delivery": delivery,
        "waiting": list(subscriptions.awaiting(now).select_related("list")),
        "lists": _lists_of(delivery),
        "regulars": wishes.regulars_of(delivery.email),
        "language": _language_of(delivery),
        "done": request.GET.get("done", ""),
    }
    return _page(request, "mailing/own_mail.html", context, title=_("Your e-mail from us"))


@require_POST
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """One of the buttons of the page."""
    delivery, now = _delivery(token), timezone.now()
    choice = request.POST.get("choice", "")
    if choice == "confirm":
        subscribing.confirm(delivery, now=now)
    elif choice == "leave":
        _leave_chosen(request, delivery)
    elif choice == "language" and request.POST.get("language") in {"vi", "en"}:
        subscribing.choose_language(delivery, request.POST["language"], now=now)
    elif choice == "erase":
        subscribing.erase(delivery.email, now=now)
    else:
        return HttpResponseRedirect(reverse("mailing:own_mail", args=[token]))
    return HttpResponseRedirect(f"{reverse('mailing:own_mail', args=[token])}?done={choice}")


def _leave_chosen(request: HttpRequest, delivery: Delivery) -> None:
    now = timezone.now()
    lists = {str(each.pk): each for each in _lists_of(delivery)}
    subscribing.leave(delivery, [lists[pk] for pk in request.POST.getlist("list") if pk in lists], now=now)
    regulars = {each.key for each in wishes.regulars_of(delivery.email)}
    for key in regulars.intersection(request.POST.getlist("regular")):
        subscribing.leave_regular(delivery, key, now=now)


@csrf_exempt  # the recipient's mail service posts here on its own (RFC 8058); the token is the proof
def one_click(request: HttpRequest, token: str) -> HttpResponse:
    """POST leaves every list the letter was sent to. GET only opens the page: scanners follow every link."""
    delivery = _delivery(token)
    if request.method == "POST":
        _leave_by_one_click(delivery)
        return HttpResponse(_("You have left the list."), content_type="text/plain; charset=utf-8")
    with override(delivery.message.language):
        return HttpResponseRedirect(reverse("mailing:own_mail", args=[token]))


def _leave_by_one_click(delivery: Delivery) -> None:
    """The lists of its mailing, or what a section sends again and again."""
    now = timezone.now()
    if delivery.mailing_id:
        subscribing.leave(delivery, MailingList.objects.filter(mailings=delivery.mailing), now=now)
    elif delivery.message.list_id:
        subscribing.leave_regular(delivery, delivery.message.list_id, now=now)


@csrf_exempt  # called by mail services; what an event names is signed by us
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Bounces and complaints as a mail service tells them: one JSON object, or a list of them."""
    try:
        said = json.loads(request.body[: EVENTS_LARGEST + 1]) if len(request.body) <= EVENTS_LARGEST else None
    except (ValueError, RecursionError):
        said = None
    told = said if isinstance(said, list) else [said]
    for event in told[:EVENTS_AT_ONCE]:
        if isinstance(event, dict):
            bounces.take_event(event, now=timezone.now())
    return HttpResponse(status=204 if said is not None else 400)


def _delivery(token: str) -> Delivery:
    try:
        return get_object_or_404(Delivery.objects.select_related("message").exclude(email=""), token=token)
    except Http404:
        raise NoSuchLetter from None


class NoSuchLetter(Http404):
    """A link cut short or made up."""

    for_readers = True

    def __str__(self) -> str:
        return _(
            "This link leads nowhere: perhaps it was cut when it was copied. Open it from the letter itself."
        )


def _lists_of(delivery: Delivery) -> list[MailingList]:
    """The lists this address gets: those it confirmed, and those of the mailings sent to it, unless it has left."""
    own = Subscription.objects.filter(subscriber__email=delivery.email)
    left = own.filter(state=Subscription.State.LEFT).values("list")
    sent = Delivery.objects.filter(email=delivery.email).exclude(mailing=None)
    found = MailingList.objects.filter(subscriptions__in=own.confirmed()) | MailingList.objects.filter(
        mailings__in=sent.values("mailing")
    )
    return list(found.exclude(pk__in=left).distinct())


def _language_of(delivery: Delivery) -> str:
    subscriber = Subscriber.objects.filter(email=delivery.email).first()
    return subscriber.language if subscriber else delivery.message.language


def _page(
    request: HttpRequest,
    template: str,
    context: dict,
    *,
    title: str,
    twins: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    here = request.resolver_match
    alike = twins or in_each_language(
        here.view_name, {code: list(here.kwargs.values()) for code in LANGUAGES}
    )
    response = render_page(
        request,
        template,
        {**context, "breadcrumbs": crumbs()},
        title=title,
        twins=alike,
        robots="noindex",
        status=status,
    )
    response.headers["Cache-Control"] = "private, no-store"
    # The token is in the address and must not leave the portal; with "no-referrer" browsers would send the page's own
    # forms with `Origin: null`, which are refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
