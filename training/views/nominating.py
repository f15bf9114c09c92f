"""The page of a focal point (đầu mối): who comes from its group. Its link is all it needs; opening it changes nothing."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.refusal import Refused
from portal.languages import other
from portal.languages.names import person_key, split
from portal.web.personal import personal_page
from training.actions import nominating
from training.forms.nominating import NomineeForm, rows
from training.models import Quota, Registration
from training.rules import window
from training.rules.links import NOMINATE
from training.rules.seats import Hall
from training.views.sections import training
from training.when import when_of


@dataclass
class Sheet:
    """What the page shows of a group at this moment, and what was typed."""

    quota: Quota
    free: int
    people: list[Registration]
    closed: str
    may_swap: bool
    swapped: Registration | None = None
    swap_form: NomineeForm | None = None
    new: Any = None

    @classmethod
    def of(cls, quota: Quota) -> "Sheet":
        now, event = timezone.now(), quota.event
        seated = quota.registrations.seated().filter(nominated=True)
        may_swap = not window.is_over(event, now) and now < window.last_day_to_swap(event)
        closed = nominating.closed_because(event, quota, now)
        free = 0 if closed else max(0, Hall.of(event, now).free(quota.pk))
        return cls(
            quota, free, sorted(seated, key=lambda each: person_key(split(each.full_name))), closed, may_swap
        )


@never_cache
def nominate(request: HttpRequest, token: str) -> HttpResponse:
    """`?swap=` opens the row of whom somebody else is to replace."""
    quota = NOMINATE.thing_or_404(token, Quota.objects.select_related("event").exclude(focal_email=""))
    sheet = Sheet.of(quota)
    verb, _colon, pk = request.POST.get("do", "").partition(":")
    wanted = pk or request.GET.get("swap", "")
    if wanted:
        sheet.swapped = _one_of(quota, wanted)
    sent = request.POST if request.method == "POST" else None
    sheet.new = rows(sent if verb == "name" else None, sheet.free)
    if sheet.swapped:
        sheet.swap_form = NomineeForm(sent if verb == "swap" else None, prefix="swap")
    try:
        done = _press(verb, sheet)
    except Refused as refusal:
        return _page(request, sheet, problem=str(refusal))
    if done:
        return HttpResponseRedirect(f"{reverse('training:nominate', args=[token])}?done={verb}")
    return _page(request, sheet)


def _one_of(quota: Quota, pk: str) -> Registration:
    number = int(pk) if pk.isdecimal() and len(pk) < 18 else 0
    return get_object_or_404(quota.registrations.seated().filter(nominated=True), pk=number)


def _press(verb: str, sheet: Sheet) -> bool:
    """Do what the button says; False when nothing was pressed, or something typed is wrong."""
    now = timezone.now()
    if verb == "name" and sheet.new.is_valid():
        people = sheet.new.people()
        if not people:
            raise Refused(_("Nobody is named yet."))
        nominating.nominate(sheet.quota, people, now=now)
        return True
    if verb == "swap" and sheet.swapped and sheet.swap_form and sheet.swap_form.is_valid():
        nominating.swap(sheet.swapped, sheet.swap_form.person(), now=now)
        return True
    if verb == "withdraw" and sheet.swapped:
        nominating.withdraw(sheet.swapped, now=now)
        return True
    return False


def _page(request: HttpRequest, sheet: Sheet, *, problem: str = "") -> HttpResponse:
    event, language = sheet.quota.event, get_language() or "vi"
    context = {
        "sheet": sheet, "quota": sheet.quota, "event": event, "problem": problem,
        "title": event.text("title", language) or event.text("title", other(language)),
        "place": event.text("place", language) or event.text("place", other(language)),
        "group": sheet.quota.named_in(language),
        "when": when_of(event).words(language), "done": request.GET.get("done", ""),
    }  # fmt: skip
    return personal_page(
        request, "training/nomination.html", context, title=_("Who comes from your unit"), section=training()
    )
