"""The page of one enquiry: question, clocks, units, the answer in both languages, and the buttons that grow from the table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from pressroom import links
from pressroom.actions import answers, enquiries, units
from pressroom.forms.enquiries import DraftForm, ReasonForm, TakeInForm, TermsForm, UnitForm, UnitWordsForm
from pressroom.history import deeds_of
from pressroom.models import Enquiry, UnitRequest
from pressroom.rules.enquiries import STEPS, Step

CHANGE = "pressroom.change_enquiry"


@dataclass(frozen=True)
class Deed:
    """What a button does: the form it brings, the action it calls, what is said afterwards."""

    form: type[forms.Form]
    do: Callable[..., Any]


def _draft(enquiry: Enquiry, said: dict[str, Any], by: Any, now: datetime) -> None:
    words = {language: said[f"answer_{language}"] for language in ("vi", "en")}
    enquiries.draft(enquiry, words, ground=said["ground"], lock_version=said["lock_version"], by=by, now=now)


def _assign(enquiry: Enquiry, said: dict[str, Any], by: Any, now: datetime) -> None:
    units.ask_unit(enquiry, said["unit"], said["words"], due_at=said["due_at"], by=by, now=now)


def _terms(enquiry: Enquiry, said: dict[str, Any], by: Any, now: datetime) -> None:
    if not by.has_perm(CHANGE):
        raise PermissionDenied
    enquiries.change_terms(enquiry, said["terms"], may_be_named=said["may_be_named"], by=by, now=now)


def _with_note(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda enquiry, said, by, now: action(enquiry, said["note"], by=by, now=now)


def _bare(action: Callable[..., Any]) -> Callable[..., Any]:
    return lambda enquiry, said, by, now: action(enquiry, by=by, now=now)


DEEDS = {
    "draft": Deed(DraftForm, _draft),
    "assign": Deed(UnitForm, _assign),
    "terms": Deed(TermsForm, _terms),
    "clear": Deed(forms.Form, _bare(enquiries.clear)),
    "return": Deed(ReasonForm, _with_note(enquiries.give_back)),
    "send": Deed(forms.Form, _bare(enquiries.send)),
    "refuse": Deed(forms.Form, _bare(enquiries.refuse)),
    "tell": Deed(ReasonForm, _with_note(enquiries.tell)),
    "tell_refusal": Deed(ReasonForm, _with_note(enquiries.tell_refusal)),
    "publish": Deed(forms.Form, _bare(answers.publish)),
    "close": Deed(ReasonForm, _with_note(enquiries.close)),
}
#: Steps whose buttons stand in the bar under the answer; the others have a place of their own on the page.
BAR = ("clear", "send", "refuse", "tell", "tell_refusal", "return", "publish", "close")


@dataclass(frozen=True)
class Button:
    step: Step
    reason: str
    form: forms.Form


def take_in(request: HttpRequest) -> HttpResponse:
    """An enquiry that came by telephone, e-mail or at a meeting."""
    form = TakeInForm(request.POST or None)
    if form.is_valid():
        enquiry = enquiries.ask(form.save(commit=False), by=request.user, now=timezone.now())
        messages.success(request, _("Taken in as %(reference)s.") % {"reference": enquiry.reference})
        return redirect("admin:pressroom_enquiry_change", enquiry.pk)
    context = {
        "title": _("An enquiry by telephone, e-mail or at a meeting"),
        "form": form,
        "opts": Enquiry._meta,
    }
    return staff_page(request, "pressroom/admin/enquiry_take_in.html", context)


def enquiry(request: HttpRequest, pk: str) -> HttpResponse:
    rows = Enquiry.objects.select_related(
        "outlet", "ground", "journalist__outlet", "drafted_by", "cleared_by", "published", "follows"
    )
    found = get_object_or_404(rows, pk=pk if pk.isdecimal() and len(pk) < 19 else None)
    bound: dict[str, forms.Form] = {}
    if request.method == "POST":
        verb = request.POST.get("do", "")
        if verb.partition(":")[0] in {"unit-said", "recall"}:
            answer = _about_a_unit(request, found, verb, bound)
        elif verb in DEEDS:
            answer = _do(request, found, verb, bound)
        else:
            raise Http404
        if answer is not None:
            return answer
    return staff_page(request, "pressroom/admin/enquiry.html", _context(request, found, bound))


def _do(request: HttpRequest, found: Enquiry, verb: str, bound: dict[str, forms.Form]) -> HttpResponse | None:
    """Do it and show the page anew; refused, the page with everything as it was typed."""
    form = bound[verb] = DEEDS[verb].form(request.POST)
    if not form.is_valid():
        return None
    try:
        DEEDS[verb].do(found, form.cleaned_data, request.user, timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        messages.error(request, str(refusal))
        return None
    messages.success(request, _("Done."))
    return _again(found)


def _about_a_unit(
    request: HttpRequest, found: Enquiry, verb: str, bound: dict[str, forms.Form]
) -> HttpResponse | None:
    """An officer writes down what a unit said, or recalls the request."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    kind, _colon, number = verb.partition(":")
    asked = get_object_or_404(
        UnitRequest, pk=number if number.isdecimal() and len(number) < 19 else None, enquiry=found
    )
    form = UnitWordsForm(request.POST)
    if kind == "unit-said" and not form.is_valid():
        bound[verb] = form
        return None
    try:
        if kind == "recall":
            units.recall(asked, by=request.user, now=timezone.now())
        else:
            said = form.cleaned_data
            units.take_answer(asked, said["answer"], name=said["name"], by=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        if kind == "unit-said":
            bound[verb] = form
        return None
    return _again(found)


def _again(found: Enquiry) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:pressroom_enquiry_change", args=[found.pk]))


def _context(request: HttpRequest, found: Enquiry, bound: dict[str, forms.Form]) -> dict[str, Any]:
    by, now = request.user, timezone.now()
    drafted = {f"answer_{code}": found.answer_in(code) for code in ("vi", "en")}
    initial = {
        "draft": {**drafted, "ground": found.ground_id, "lock_version": found.lock_version},
        "terms": {"terms": found.terms, "may_be_named": found.may_be_named},
        "assign": {"words": found.question},
    }
    said = {name: bound.get(name) or DEEDS[name].form(initial=said) for name, said in initial.items()}
    return {
        "title": found.subject, "subtitle": found.reference, "opts": Enquiry._meta, "enquiry": found,
        "late": found.is_overdue(now), "requests": _requests(found, bound, now),
        "forms": said, "may_change": by.has_perm(CHANGE),
        "draft_refusal": STEPS["draft"].refusal(found, by), "assign_refusal": STEPS["assign"].refusal(found, by),
        "draft_step": STEPS["draft"], "assign_step": STEPS["assign"],
        "buttons": _buttons(found, by, bound), "conflict": _conflict(found, said["draft"]),
        "followed_by": found.followed_by.all(), "deeds": deeds_of(found),
        "link": links.enquiry_path(found, found.language),
    }  # fmt: skip


def _requests(found: Enquiry, bound: dict[str, forms.Form], now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "asked": each,
            "late": each.is_overdue(now),
            "form": bound.get(f"unit-said:{each.pk}") or UnitWordsForm(),
        }
        for each in found.unit_requests.select_related("unit")
    ]


def _buttons(found: Enquiry, by: Any, bound: dict[str, forms.Form]) -> list[Button]:
    """Those of this state; what stands in the way greys the button, in the words the action would refuse with."""
    at_hand = [
        STEPS[name] for name in BAR if found.state in STEPS[name].sources and STEPS[name].applies(found)
    ]
    return [
        Button(step, step.refusal(found, by) or "", bound.get(step.name) or DEEDS[step.name].form())
        for step in at_hand
        if not (step.name == "publish" and found.published_id)
    ]


def _conflict(found: Enquiry, form: forms.Form) -> bool:
    """The draft on the page was begun before somebody else kept theirs."""
    return form.is_bound and form.data.get("lock_version") != str(found.lock_version)
