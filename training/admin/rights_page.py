"""Requests about personal data that came on paper: found, noted, answered; each with its clock."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.duties.models import limit_on
from portal.history.actions import note
from portal.languages.dates import ICT, vietnamese_day
from portal.languages.folding import fold
from training.actions import rights
from training.admin.desk_page import refuse_strangers
from training.forms.office import RightsRequestForm
from training.models import Event, Registration, RightsRequest
from training.wording import sections_of

SHOWN = 30


def requests(request: HttpRequest) -> HttpResponse:
    """Those open and lately answered; somebody is found by address or name, and their request noted."""
    refuse_strangers(request)
    form = RightsRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _take_in(request, form):
        return redirect("admin:training_rights")
    words = request.GET.get("q", "")[:100].strip()
    limit = limit_on("data-subject-answered", vietnamese_day(timezone.now()))
    known = RightsRequest.objects.select_related("registration__event", "answered_by")
    context = {
        "title": _("Requests about personal data"), "opts": Event._meta, "words": words, "form": form, "limit": limit,
        "open": [_line(each, limit) for each in known.open()[:SHOWN]],
        "answered": known.exclude(answered_at=None).order_by("-answered_at")[:SHOWN],
        "found": _found(words), "today": vietnamese_day(timezone.now()), "kinds": RightsRequest.Kind.choices,
    }  # fmt: skip
    return staff_page(request, "training/admin/rights.html", context)


def _line(request: RightsRequest, limit: Any) -> dict[str, Any]:
    due = limit.after(request.received_at) if limit else None
    return {"request": request, "due": due, "late": due is not None and due < timezone.now()}


def _found(words: str) -> list[Registration]:
    """By an address, or by every word of a name with or without diacritics; nothing for less than two letters."""
    if len(words) < 2:
        return []
    everybody = Registration.objects.select_related("event", "unit")
    if "@" in words:
        return list(everybody.filter(email__icontains=words).order_by("-asked_at")[:SHOWN])
    wanted, found = fold(words).split(), []
    for each in everybody.exclude(full_name="").order_by("-asked_at").iterator(chunk_size=500):
        if all(word in fold(each.full_name) for word in wanted):
            found.append(each)
        if len(found) == SHOWN:
            break
    return found


def _take_in(request: HttpRequest, form: RightsRequestForm) -> bool:
    said, now = form.cleaned_data, timezone.now()
    registration = get_object_or_404(Registration, pk=said["registration"])
    received = (
        now
        if said["received_on"] == vietnamese_day(now)
        else datetime.combine(said["received_on"], time(12), tzinfo=ICT)
    )
    try:
        rights.take_in(
            registration,
            said["kind"],
            reference=said["reference"],
            received_at=received,
            by=request.user,
            now=now,
        )
    except Refused as refusal:
        form.add_error("received_on", str(refusal))
        return False
    messages.success(request, _("Noted. Its clock is running."))
    return True


@require_safe
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything kept of the person, to be printed for the answer; that it was looked at is on record."""
    refuse_strangers(request)
    found = get_object_or_404(RightsRequest.objects.select_related("registration"), pk=pk)
    note(found, "looked at everything kept", by=request.user, now=timezone.now())
    context = {
        "title": _("Everything kept of the person of request %(request)s") % {"request": found}, "opts": Event._meta,
        "asked": found, "sections": sections_of(rights.own_data(found.registration)),
    }  # fmt: skip
    return staff_page(request, "training/admin/rights_held.html", context)


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more before anything is erased."""
    refuse_strangers(request)
    found = get_object_or_404(RightsRequest.objects.select_related("registration__event"), pk=pk)
    if request.method == "POST":
        rights.answer(found, by=request.user, now=timezone.now())
        messages.success(request, _("Answered."))
        return redirect(reverse("admin:training_rights"))
    context = {
        "title": _("Answer request %(request)s") % {"request": found}, "opts": Event._meta, "asked": found,
        "mine": rights.registrations_of(found.registration).select_related("event"),
    }  # fmt: skip
    return staff_page(request, "training/admin/rights_answer.html", context)
