"""A journalist's seat at a briefing: asked for by e-mail, taken behind a personal link. Opening a page changes nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import segno
from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.accounts.refusal import Refused
from portal.languages import LANGUAGES
from portal.search.models import Entry
from portal.web.pages import absolute, crumbs, in_each_language, render_page
from portal.web.personal import NoSuchLink
from portal.web.public_forms import refuse_for_now, stamp
from pressroom.actions import briefing_questions, seats
from pressroom.forms.briefings import CONSENT, AskedForm, AskForm, SeatForm
from pressroom.mails.seats import code_of, read_token
from pressroom.models import Attendance, Briefing, Journalist
from pressroom.rules import asking
from pressroom.views.briefings import Shown
from pressroom.views.sections import press_room

ASKS_PER_HOUR, ASKS_FOR_ONE = 20, 3  # from one network address; for one e-mail address


@never_cache
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a journalist types an address. The answer is the same whether or not it is known."""
    briefing, shown = _listed_or_404(pk)
    closed = asking.closed_because(briefing, timezone.now())
    form = AskForm(request.POST or None, initial={"stamp": stamp()})
    status = 200
    if form.is_bound and form.is_from_a_machine and not closed:
        return HttpResponseRedirect(reverse("pressroom:seat_asked", args=[pk]))
    if form.is_bound and not closed and form.is_valid():
        if may_ask("briefing seat", client_address(request), ASKS_PER_HOUR):
            _send_link(briefing, form.cleaned_data["email"])
            return HttpResponseRedirect(reverse("pressroom:seat_asked", args=[pk]))
        refuse_for_now(form)
        status = 429
    context = {"form": form, "stamp": stamp(), "closed": closed, "shown": shown}
    return _page(
        request, "pressroom/briefing_seat.html", context, title=_("A seat at the briefing"), shown=shown,
        status=status,
    )  # fmt: skip


def _send_link(briefing: Briefing, email: str) -> None:
    """Asked for more often than a person would, the letters sent already are enough."""
    if may_ask("briefing seat of", email.lower(), ASKS_FOR_ONE):
        seats.send_link(briefing, email, now=timezone.now())


@never_cache
def asked(request: HttpRequest, pk: int) -> HttpResponse:
    _briefing, shown = _listed_or_404(pk)
    return _page(
        request,
        "pressroom/briefing_asked.html",
        {"shown": shown},
        title=_("Look in your mailbox"),
        shown=shown,
    )


def _listed_or_404(pk: int) -> tuple[Briefing, Shown]:
    """A briefing readers of the active language may see."""
    briefing = Briefing.objects.originals().filter(pk=pk).first()
    entries = Entry.objects.listed(timezone.now()).in_language(get_language() or "vi")
    entry = entries.about(briefing).first() if briefing else None
    if briefing is None or entry is None:
        raise Http404
    return briefing, Shown.of(entry)


@dataclass(frozen=True)
class Own:
    """What a personal link opens."""

    briefing: Briefing
    journalist: Journalist
    shown: Shown
    attendance: Attendance | None  # a seat, or the wish for one

    @classmethod
    def behind(cls, token: str) -> "Own":
        """Raises NoSuchLink: a briefing no reader may see (any more) is behind no link."""
        try:
            pk, journalist = read_token(token)
        except LookupError:
            raise NoSuchLink from None
        briefing = Briefing.objects.originals().prefetch_related("editions").filter(pk=pk).first()
        entries = list(Entry.objects.listed(timezone.now()).about(briefing)) if briefing else []
        if briefing is None or not entries:
            raise NoSuchLink
        entry = min(entries, key=lambda each: each.language != get_language())
        held = briefing.attendances.exclude(state=Attendance.State.RETURNED)
        return cls(briefing, journalist, Shown.of(entry), held.filter(journalist=journalist).first())

    @property
    def is_seated(self) -> bool:
        return self.attendance is not None and self.attendance.state == Attendance.State.GIVEN

    def blank_form(self) -> forms.Form:
        beginning = {"language": self.journalist.language}
        return AskedForm(initial=beginning) if self.attendance else SeatForm(initial=beginning)


@never_cache
def own_seat(request: HttpRequest, token: str) -> HttpResponse:
    """A journalist's own page: take a seat, give it back, send a question; the QR code for the door."""
    own = Own.behind(token)
    if request.method != "POST":
        return _own_page(request, own, own.blank_form())
    form = _sent(request, own)
    try:
        done = _press(own, request.POST.get("choice", ""), form)
    except Refused as refusal:
        return _own_page(request, own, form, problem=str(refusal))
    if not done:
        return _own_page(request, own, form)
    return HttpResponseRedirect(f"{reverse('pressroom:own_seat', args=[token])}?done={done}")


def _sent(request: HttpRequest, own: Own) -> forms.Form:
    made: dict[str, type[forms.Form]] = {"take": SeatForm, "ask": AskedForm}
    kind = made.get(request.POST.get("choice", ""))
    return kind(request.POST) if kind else own.blank_form()


def _press(own: Own, choice: str, form: forms.Form) -> str:
    """Do what the button says; the word for what was done, "" when something typed is wrong."""
    if choice == "return" and own.attendance:
        seats.give_back(own.attendance, by=None, now=timezone.now())
        return "returned"
    if not form.is_valid():
        return ""
    _take_and_ask(own, choice, form.cleaned_data, timezone.now())
    return "taken" if choice == "take" else "asked"


@transaction.atomic
def _take_and_ask(own: Own, choice: str, said: dict[str, Any], now: datetime) -> None:
    if choice == "take":
        seats.ask_for_seat(own.briefing, own.journalist, consent=str(CONSENT), now=now)
    if said["question"].strip():
        briefing_questions.send_question(
            own.briefing, own.journalist, said["question"], language=said["language"], now=now
        )


def _own_page(request: HttpRequest, own: Own, form: forms.Form, *, problem: str = "") -> HttpResponse:
    briefing, now = own.briefing, timezone.now()
    context = {
        "own": own, "briefing": briefing, "journalist": own.journalist, "shown": own.shown, "form": form, "problem": problem,
        "closed": asking.closed_because(briefing, now), "accredited": asking.is_accredited(own.journalist, briefing),
        "questions": list(briefing.questions.filter(journalist=own.journalist).in_order()),
        "may_question": own.attendance is not None and briefing.is_open and not briefing.has_begun(now),
        "qr": _qr(request, briefing, own.attendance) if own.is_seated and own.attendance else "",
        "done": request.GET.get("done", ""),
    }  # fmt: skip
    title = _("Your seat at the briefing")
    return _page(request, "pressroom/briefing_own_seat.html", context, title=title, shown=own.shown)


def _qr(request: HttpRequest, briefing: Briefing, attendance: Attendance) -> str:
    """The code for the door, as a picture in the page itself: it opens the check-in for whoever is signed in there."""
    door = reverse("admin:pressroom_briefing_check_in", args=[briefing.pk])
    address = absolute(request, f"{door}?code={code_of(attendance)}")
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#1c1e3c", light="#ffffff")


def _page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    shown: Shown,
    status: int = 200,
) -> HttpResponse:
    here = request.resolver_match
    alike = in_each_language(here.view_name, {code: list(here.kwargs.values()) for code in LANGUAGES})
    shelf = (shown.entry.shelf_title, shown.entry.shelf_url)
    way = crumbs(press_room(), shelf, (shown.entry.title, shown.entry.url))
    response = render_page(
        request,
        template,
        {**context, "breadcrumbs": way},
        title=title,
        twins=alike,
        robots="noindex",
        status=status,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = (
        "same-origin"  # the token is in the address; see portal.mailing.views
    )
    return response
