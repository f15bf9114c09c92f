"""The permit of an event with a foreign element, with the days of the law; and the list of a year, which writes itself."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.directory.exporting import csv_of
from portal.duties.models import Period
from portal.history.actions import record
from portal.languages.dates import short_day, vietnamese_day
from portal.library.actions import keep
from training.actions import permits as actions
from training.admin.day_pages import RUNS, run_or_refuse, tried
from training.admin.event_pages import event_page
from training.forms.deciding import AnswerForm, ConsultForm, DayForm, ForeignForm, GrantForm, RefusalForm
from training.models import Consultation, Event, Permit
from training.rules import permits as rules
from training.when import when_of

FORMS: dict[str, type[forms.Form]] = {
    "declare": ForeignForm, "apply": DayForm, "consult": ConsultForm, "answer": AnswerForm, "grant": GrantForm,
    "refuse": RefusalForm, "report": DayForm,
}  # fmt: skip


def permit(request: HttpRequest, pk: int) -> HttpResponse:
    """One form for each button; what was typed into a refused one stands."""
    event = run_or_refuse(request, pk)
    found = Permit.objects.filter(event=event).select_related("file", "event").first()
    verb = request.POST.get("do", "") if request.method == "POST" else ""
    today = vietnamese_day(timezone.now())
    typed = _forms(request, verb, found, today)
    if verb and _do(request, event, found, verb, typed):
        return redirect("admin:training_event_permit", pk)
    context = {
        "permit": found, "forms": typed, "consultations": _consultations(found, today),
        "clocks": [(each, each.is_late(today)) for each in rules.clocks(found, today)] if found else [],
        "opinions": Consultation.Opinion.choices,
    }  # fmt: skip
    return event_page(
        request, "training/admin/event_permit.html", event, context, _("Foreign element: %(title)s")
    )


def _forms(request: HttpRequest, verb: str, found: Permit | None, today: Any) -> dict[str, forms.Form]:
    beginning = {
        "day": today,
        "asked_on": today,
        "answered_on": today,
        "decided_on": today,
        "refused_on": today,
    }
    beginning["authority"] = found.authority if found else Permit.Authority.MINISTER
    return {
        name: kind(request.POST, request.FILES) if name == verb else kind(initial=beginning)
        for name, kind in FORMS.items()
    }


def _consultations(found: Permit | None, today: Any) -> list[dict[str, Any]]:
    lines = []
    for each in found.consultations.all() if found else ():
        clock = rules.answer_by(each)
        lines.append(
            {
                "row": each,
                "due": clock.due if clock else None,
                "late": each.is_late(clock.due if clock else None, today),
            }
        )
    return lines


def _do(
    request: HttpRequest, event: Event, found: Permit | None, verb: str, typed: dict[str, forms.Form]
) -> bool:
    """Whether the button did what it says."""
    deed: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if verb == "undeclare":
        return tried(
            request, _("The event has no foreign element."), lambda: actions.undeclare_foreign(event, **deed)
        )
    form = typed.get(verb)
    if form is None or not form.is_valid() or (found is None and verb != "declare"):
        return False
    said, do = _deed(verb, event, found, form.cleaned_data, deed)
    return tried(request, said, do)


def _deed(
    verb: str, event: Event, found: Any, said: dict[str, Any], deed: dict[str, Any]
) -> tuple[str, Callable[[], Any]]:
    deeds: dict[str, tuple[str, Callable[[], Any]]] = {
        "declare": (
            _("The foreign element is on record."),
            lambda: actions.declare_foreign(event, said["authority"], **deed),
        ),
        "apply": (_("The application is on record."), lambda: actions.apply_for(found, said["day"], **deed)),
        "consult": (
            _("The agency is on record as consulted."),
            lambda: actions.consult(found, said["agency"], said["asked_on"], **deed),
        ),
        "answer": (_("The answer is on record."), lambda: _answer(found, said, deed)),
        "grant": (_("The permit is on record."), lambda: _grant(found, said, deed)),
        "refuse": (
            _("The refusal is on record."),
            lambda: actions.refuse(found, said["refused_on"], said["why"], **deed),
        ),
        "report": (
            _("The report is on record as sent."),
            lambda: actions.report_result(found, said["day"], **deed),
        ),
    }
    return deeds[verb]


def _answer(found: Permit, said: dict[str, Any], deed: dict[str, Any]) -> Consultation:
    consultation = get_object_or_404(found.consultations, pk=said["consultation"])
    return actions.note_answer(consultation, said["opinion"], said["answered_on"], note=said["note"], **deed)


def _grant(found: Permit, said: dict[str, Any], deed: dict[str, Any]) -> Permit:
    words = {
        each: _("Permit of an event: %(number)s") % {"number": said["number"]}
        for each in ("title_vi", "title_en")
    }
    file = keep(said["scan"], **deed, **words) if said["scan"] else None
    return actions.grant(found, said["number"], said["decided_on"], file=file, **deed)


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """The events with a foreign element of a year of reports."""
    rule, period = _period(request)
    language = get_language() or "vi"
    context = {
        **admin.site.each_context(request), "title": _("Events with a foreign element, %(year)d") % {"year": period.year},
        "rule": rule, "period": period, "permits": [(each, when_of(each.event).words(language)) for each in _of(period)],
        "before": period.year - 1, "after": period.year + 1,
    }  # fmt: skip
    return render(request, "training/admin/permits.html", context)


@require_safe
def year_csv(request: HttpRequest) -> HttpResponse:
    """The same to take away; that it was taken is on record."""
    _rule, period = _period(request)
    rows = [_row(each) for each in _of(period)]
    now = timezone.now()
    record(
        request.user,
        "exported",
        by=request.user,
        now=now,
        note="permits",
        rows=len(rows),
        chosen=str(period.year),
    )
    head = [
        _("Event"), _("Time"), _("Place"), _("Who permits it"), _("State"), _("Number"), _("Applied on"), _("Decided on"),
        _("Agencies consulted"), _("Result reported on"),
    ]  # fmt: skip
    headers = {
        "Content-Disposition": f'attachment; filename="permits-{period.year}.csv"', "Cache-Control": "private, no-store",
    }  # fmt: skip
    return HttpResponse(csv_of([head, *rows]), content_type="text/csv; charset=utf-8", headers=headers)


def _row(permit: Permit) -> list[str]:
    language = get_language() or "vi"
    event, days = permit.event, (permit.applied_on, permit.decided_on)
    return [
        str(event), when_of(event).words(language), event.text("place", language), str(permit.get_authority_display()),
        str(permit.get_state_display()), permit.number, *(short_day(day, language) if day else "" for day in days),
        "; ".join(f"{each.agency}: {each.get_opinion_display()}" for each in permit.consultations.all()),
        short_day(permit.reported_on, language) if permit.reported_on else "",
    ]  # fmt: skip


def _period(request: HttpRequest) -> tuple[Any, Period]:
    if not request.user.has_perm(RUNS):
        raise PermissionDenied
    asked = request.GET.get("year", "")
    if asked and not (asked.isascii() and asked.isdecimal() and len(asked) == 4 and 2000 < int(asked) < 2200):
        raise Http404
    found = rules.yearly_period(vietnamese_day(timezone.now()), int(asked) if asked else None)
    if found is None:
        raise Http404
    return found


def _of(period: Period) -> Any:
    """In their order of time. Two queries."""
    return (
        Permit.objects.filter(event__begins_on__range=(period.first, period.last))
        .select_related("event")
        .prefetch_related("consultations")
    )


#: (route, view, name): mounted by EventAdmin beneath an event, and beside its list.
PAGES = [("permit/", permit, "permit")]
LISTS = [("permits/", year, "training_permits"), ("permits.csv", year_csv, "training_permits_csv")]
