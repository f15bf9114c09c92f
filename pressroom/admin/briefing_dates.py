"""Date, place and progress of a briefing: set, confirmed, held, called off."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.languages import LANGUAGES
from pressroom.actions import briefings
from pressroom.admin.briefing_pages import page, run_or_refuse
from pressroom.briefing_facts import facts_of, moves_of
from pressroom.forms.briefings import CancelForm, ConfirmForm, PlanForm
from pressroom.models import Briefing
from pressroom.rules import notice


@dataclass(frozen=True)
class Sent:
    """What came with one of the four buttons; a form whose button was not pressed is as it was opened."""

    verb: str
    plan: PlanForm
    confirm: ConfirmForm
    cancel: CancelForm

    @classmethod
    def of(cls, request: HttpRequest, briefing: Briefing) -> "Sent":
        verb = request.POST.get("do", "") if request.method == "POST" else ""
        return cls(
            verb,
            PlanForm(request.POST if verb == "arrange" else None, initial=PlanForm.of(briefing)),
            ConfirmForm(request.POST if verb == "confirm" else None),
            CancelForm(request.POST if verb == "cancel" else None),
        )


def when(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with its four buttons; what was typed stands on it when a button is refused."""
    briefing = run_or_refuse(request, pk)
    sent = Sent.of(request, briefing)
    if sent.verb and _do(request, briefing, sent):
        return redirect("admin:pressroom_briefing_when", pk=pk)
    return _page(request, briefing, sent)


def _do(request: HttpRequest, briefing: Briefing, sent: Sent) -> bool:
    """Whether the button did what it says."""
    deed = _DEEDS.get(sent.verb)
    try:
        said = deed(briefing, sent, by=request.user, now=timezone.now()) if deed else ""
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    if said:
        messages.success(request, said)
    return bool(said)


def _arrange(briefing: Briefing, sent: Sent, **deed: Any) -> str:
    """Answers what is said of it; "" when something typed is wrong. So do the three after it."""
    if not sent.plan.is_valid():
        return ""
    briefings.arrange(briefing, sent.plan.plan(), urgency=sent.plan.cleaned_data["urgency"], **deed)
    return _("Date and place are kept.")


def _confirm(briefing: Briefing, sent: Sent, **deed: Any) -> str:
    if not sent.confirm.is_valid():
        return ""
    briefings.confirm(briefing, urgency=sent.confirm.cleaned_data["urgency"], **deed)
    return _("Date and place are confirmed.")


def _hold(briefing: Briefing, sent: Sent, **deed: Any) -> str:
    briefings.hold(briefing, **deed)
    return _("The briefing is on record as held.")


def _cancel(briefing: Briefing, sent: Sent, **deed: Any) -> str:
    if not sent.cancel.is_valid():
        return ""
    reasons = {language: sent.cancel.cleaned_data[f"reason_{language}"] for language in LANGUAGES}
    briefings.cancel(briefing, reasons, **deed)
    return _("The briefing is cancelled. Readers see the reason; whoever has a seat is told.")


_DEEDS: dict[str, Callable[..., str]] = {
    "arrange": _arrange, "confirm": _confirm, "hold": _hold, "cancel": _cancel
}  # fmt: skip


def _page(request: HttpRequest, briefing: Briefing, sent: Sent) -> HttpResponse:
    now = timezone.now()
    missing = {language: notice.missing(briefing, language) for language in briefing.spoken_languages()}
    context = {
        "form": sent.plan, "confirming": sent.confirm, "cancelling": sent.cancel,
        "missing": {language: names for language, names in missing.items() if names},
        "deadline": notice.deadline(briefing), "limit": notice.limit(briefing), "given": notice.given_at(briefing),
        "late": notice.would_be_late(briefing, now), "begun": briefing.has_begun(now),
        "moves": moves_of(facts_of(briefing, request.LANGUAGE_CODE), request.LANGUAGE_CODE),
    }  # fmt: skip
    title = _("Date and place: %(title)s") % {"title": briefing}
    return page(request, "pressroom/admin/briefing_when.html", briefing, context, title=title)
