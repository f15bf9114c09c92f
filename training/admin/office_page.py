"""The organisers' page of an event: its figures by unit, what sources say, the list to take away, letters, periods."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.accounts.views.pages import staff_page
from portal.directory.models import Organisation
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.languages.sorting import vietnamese_key
from portal.mailing.models import Mailing
from training import audiences, counting, exporting, reporting, training_desk
from training.actions import counts, retention, writing
from training.admin.desk_page import refuse_strangers
from training.forms.office import ExportForm, HeadCountForm, LetterForm, PeriodsForm
from training.models import Event, Keeping, Registration, RetentionRule
from training.rules.keeping import kept_until, periods

Forms = dict[str, Any]


def event_or_refuse(request: HttpRequest, pk: int) -> Event:
    """The event itself, for whoever runs it. Raises Http404 or PermissionDenied."""
    refuse_strangers(request)
    return get_object_or_404(Event.objects.originals(), pk=pk)


def office(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; each form does one thing and comes back to it."""
    event = event_or_refuse(request, pk)
    forms = _forms(request, event)
    asked = request.POST.get("do", "")
    if request.method == "POST" and asked in DEEDS and forms[asked].is_valid():
        try:
            where = DEEDS[asked](request, event, forms[asked])
            return where or redirect("admin:training_office", pk=pk)
        except Refused as refusal:
            forms[asked].add_error(None, str(refusal))
    return _page(request, event, forms)


def _forms(request: HttpRequest, event: Event) -> Forms:
    """Each filled in only when it is the one that was sent."""

    def sent(name: str) -> Any:
        return request.POST if request.method == "POST" and request.POST.get("do") == name else None

    rules = RetentionRule.objects.filter(event=None)
    own = dict(event.retention_rules.values_list("what", "days"))
    reason = event.retention_rules.first()
    return {
        "count": HeadCountForm(sent("count"), initial={"what": "attended"}),
        "export": ExportForm(sent("export")),
        "letter": LetterForm(sent("letter"), initial={"states": ["seated"], "language": get_language()}),
        "periods": PeriodsForm(
            sent("periods"), general=dict(rules.values_list("what", "days")), own=own,
            initial={"reason": reason.citation if reason else ""},
        ),
    }  # fmt: skip


def _say_count(request: HttpRequest, event: Event, form: HeadCountForm) -> None:
    said, by, now = form.cleaned_data, request.user, timezone.now()
    if said["number"] is None:
        counts.take_count_back(event, said["what"], by=by, now=now)
        messages.success(request, _("The figure is taken back."))
        return
    counts.say_count(
        event,
        said["what"],
        said["number"],
        qualifier=said["qualifier"],
        source=said["source"],
        by=by,
        now=now,
    )
    messages.success(request, _("Kept."))


def _begin_letter(request: HttpRequest, event: Event, form: LetterForm) -> HttpResponse:
    mailing: Mailing = writing.begin_mailing(
        event,
        form.cleaned_data["states"],
        language=form.cleaned_data["language"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(
        request, _("A letter is begun: write it here. Somebody else approves it, then it leaves.")
    )
    return redirect("admin:mailing_mailing_change", mailing.pk)


def _set_periods(request: HttpRequest, event: Event, form: PeriodsForm) -> None:
    reason = form.cleaned_data["reason"]
    retention.set_periods(event, form.days(), reason=reason, by=request.user, now=timezone.now())
    messages.success(request, _("Kept."))


def _export(request: HttpRequest, event: Event, form: ExportForm) -> HttpResponse:
    """Who took it, when, for what and how many rows is on record before the file leaves."""
    purpose, now, language = form.cleaned_data["purpose"], timezone.now(), get_language() or "vi"
    people = list(
        event.registrations.filter(state__in=counting.REGISTERED)
        .select_related("unit")
        .prefetch_related("presences")
    )
    rows = exporting.participants(
        event,
        people,
        by=request.user,
        purpose=purpose,
        kept_until=_contact_until(event),
        language=language,
        now=now,
    )
    record(event, "exported the participants", by=request.user, now=now, note=purpose, rows=len(people),
           form=form.cleaned_data["form"])  # fmt: skip
    return exporting.table(f"participants-{event.pk}-{vietnamese_day(now)}", rows, form.cleaned_data["form"])


def _contact_until(event: Event) -> date | None:
    rule = periods(event, RetentionRule.objects.all()).get("contact")
    return kept_until(event, rule) if rule else None


DEEDS: dict[str, Any] = {
    "count": _say_count,
    "export": _export,
    "letter": _begin_letter,
    "periods": _set_periods,
}


def _page(request: HttpRequest, event: Event, forms: Forms) -> HttpResponse:
    language, today = get_language() or "vi", vietnamese_day(timezone.now())
    found = counting.figures_of([event], today)[0]
    card = training_desk.card_of(found, language)
    context = {
        "title": _("Participants and figures: %(event)s") % {"event": event.text("title", language) or event},
        "opts": Event._meta, "event": event, "card": card, "units": units_of(event, found, language), "forms": forms,
        "counts": [(count.get_what_display(), figure.words(language), figure.source) for count, figure in _said(event)],
        "kept": _kept(event), "states": audiences.STATES, "hours": found.hours.words(language) if found.hours else "",
        "waits": Registration.objects.filter(event=event, state=Registration.State.APPLIED).count(),
        "may_write": request.user.has_perm("mailing.add_mailing"),
    }  # fmt: skip
    return staff_page(request, "training/admin/office.html", context)


def _said(event: Event) -> list[tuple[Any, reporting.Figure]]:
    return [
        (count, reporting.Figure(count.number, count.qualifier, count.source))
        for count in event.head_counts.all()
    ]


def units_of(event: Event, found: counting.EventFigures, language: str) -> list[dict[str, Any]]:
    """A line for each unit that has a quota or people: kept, registered, seated, came, stayed away, certified, hours."""
    kept = counting.quota_seats(event)
    named = {
        unit.pk: unit for unit in Organisation.objects.filter(pk__in={*kept, *(found.units.keys() - {None})})
    }
    empty = counting.Counts()
    noted = any(counts.attended for counts in found.units.values())
    lines = [
        {
            "unit": getattr(unit, f"name_{language}") or str(unit), "kept": kept.get(pk),
            "counts": (counts := found.units.get(pk, empty)), "away": counts.seated - counts.attended if noted else None,
        }
        for pk, unit in named.items()
    ]  # fmt: skip
    lines.sort(key=lambda line: vietnamese_key(str(line["unit"])))
    if others := found.units.get(None):
        away = others.seated - others.attended if noted else None
        lines.append(
            {"unit": _("Other organisations and individuals"), "kept": None, "counts": others, "away": away}
        )
    return lines


def _kept(event: Event) -> list[dict[str, Any]]:
    """Until when what is kept, and what has been erased already."""
    rules = periods(event, RetentionRule.objects.all())
    erased = {purge.what: purge for purge in event.purges.all()}
    return [
        {
            "what": label, "rule": rules.get(what), "purge": erased.get(what),
            "until": kept_until(event, rules[what]) if what in rules else None,
        }
        for what, label in Keeping.choices
    ]  # fmt: skip
