"""Asking for a seat, and confirming the address. Opening a page changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.client_address import client_address
from portal.accounts.limits import may_ask
from portal.accounts.refusal import Refused
from portal.search.models import Entry
from portal.web import puzzles
from portal.web.pages import crumbs
from portal.web.personal import NoSuchLink, personal_page
from portal.web.public_forms import stamp
from training.actions import registering
from training.forms.registering import CONSENT, RegistrationForm
from training.models import Event, Registration
from training.rules import window
from training.rules.identity import email_key
from training.rules.links import CONFIRM, OWN
from training.rules.seats import POOL, Hall
from training.views.sections import training
from training.when import when_of

ASKS_PER_HOUR, ASKS_FOR_ONE = (
    60,
    5,
)  # from one network address, behind which a whole unit may sit; for one mailbox


def listed_or_404(pk: int) -> tuple[Event, Entry]:
    """An event readers of the active language may see, with what they read of it."""
    event = Event.objects.originals().filter(pk=pk).first()
    entries = Entry.objects.listed(timezone.now()).in_language(get_language() or "vi")
    entry = entries.about(event).first() if event else None
    if event is None or entry is None:
        raise Http404
    return event, entry


@never_cache
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; the answer is the same whether or not the address is known here."""
    event, entry = listed_or_404(pk)
    closed = window.closed_because(event, timezone.now())
    form = RegistrationForm(request.POST or None, event=event, initial={"language": get_language()})
    if request.method == "POST" and not closed and _was_taken(request, form, event):
        return HttpResponseRedirect(reverse("training:registered", args=[pk]))
    name = _form_name(event)
    context = {
        "event": event, "entry": entry, "form": form, "stamp": stamp(), "closed": closed,
        "when": when_of(event).words(get_language() or "vi"), "full": not closed and _is_full(event),
        "puzzle": puzzles.Puzzle.new(name) if puzzles.is_under_attack(name) else None,
        "breadcrumbs": crumbs(training(), (entry.title, entry.url)),
    }  # fmt: skip
    return personal_page(
        request, "training/registration_form.html", context, title=_("Register"), section=training()
    )


def _form_name(event: Event) -> str:
    return f"training registration {event.pk}"


def _is_full(event: Event) -> bool:
    """Whether somebody of no kept group would wait."""
    waits = event.registrations.waiting().exists()
    return waits or Hall.of(event, timezone.now()).free(POOL) <= 0


def _was_taken(request: HttpRequest, form: RegistrationForm, event: Event) -> bool:
    """Machines, and too many from one network address or for one mailbox, are answered alike and not kept."""
    attacked = puzzles.count(_form_name(event))
    if form.is_from_a_machine:
        return True
    if not form.is_valid():
        return False
    address = client_address(request)
    if attacked and not _solved(request, event, address):
        form.add_error(None, _("Very many forms are arriving just now. Please send yours once more."))
        return False
    if not (may_ask("training registration", address, ASKS_PER_HOUR) and _may_ask_for(event, form)):
        return True
    try:
        registering.register(event, **form.particulars(), consent=str(CONSENT), now=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _solved(request: HttpRequest, event: Event, address: str) -> bool:
    signed, answer = request.POST.get("puzzle", ""), request.POST.get("answer", "")
    return puzzles.is_solved(_form_name(event), signed, answer, address)


def _may_ask_for(event: Event, form: RegistrationForm) -> bool:
    return may_ask(
        f"training registration {event.pk} of", email_key(form.cleaned_data["email"]), ASKS_FOR_ONE
    )


@never_cache
def registered(request: HttpRequest, pk: int) -> HttpResponse:
    _event, entry = listed_or_404(pk)
    context = {"entry": entry, "breadcrumbs": crumbs(training(), (entry.title, entry.url))}
    return personal_page(
        request,
        "training/registration_asked.html",
        context,
        title=_("Look in your mailbox"),
        section=training(),
    )


@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; its button confirms. Once confirmed, it leads to one's own page."""
    found = CONFIRM.thing_or_404(token, Registration.objects.select_related("event", "unit"))
    if found.confirmed_at:
        return _own(found)
    problem = ""
    if not found.is_active:
        raise NoSuchLink
    if request.method == "POST":
        try:
            return _own(registering.confirm(found, now=timezone.now()))
        except Refused as refusal:
            problem = str(refusal)
    context = {
        "registration": found, "event": found.event, "problem": problem,
        "when": when_of(found.event).words(get_language() or "vi"),
    }  # fmt: skip
    return personal_page(
        request, "training/registration_confirm.html", context, title=_("Confirm your registration"),
        section=training(),
    )  # fmt: skip


def _own(registration: Registration) -> HttpResponse:
    return HttpResponseRedirect(reverse("training:own", args=[OWN.token(registration)]))
