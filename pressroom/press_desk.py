"""The press desk: every clock that runs, on one page. Each noun of the room adds its pile; a fixed number of queries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.duties.models import limit_on, rule_of, year_of_report
from portal.editorial import workplaces
from portal.editorial.flags import Flag
from portal.languages.dates import ICT, vietnamese_day
from pressroom.models import (
    AccreditationRequest,
    AccreditationRound,
    CorrectionRequest,
    Crisis,
    CrisisTask,
    Enquiry,
    Spokesperson,
    UnitRequest,
)

SHOWN = 15
SOON = timedelta(hours=4)  # a clock that has no longer than this is shown as pressing
REPORT_ANNOUNCED = timedelta(days=30)  # before it is due


@dataclass(frozen=True)
class Line:
    """One thing that waits: what, where, by when."""

    title: str
    url: str
    facts: str = ""
    due_at: datetime | None = None
    late: bool = False
    soon: bool = False


@dataclass(frozen=True)
class Pile:
    """Things that wait for the same. `more` says that the pile is higher than shown."""

    key: str
    title: Any
    lines: list[Line] = field(default_factory=list)
    more: bool = False
    url: str = ""

    @property
    def late(self) -> int:
        return sum(line.late for line in self.lines)


Source = Callable[[datetime], Pile]
_sources: list[Source] = []


def register(source: Source) -> None:
    """For an `AppConfig.ready`: `source(now)` answers one pile, in a number of queries that rows do not raise."""
    if source not in _sources:
        _sources.append(source)


def piles(now: datetime) -> list[Pile]:
    """Everything that waits, in the order of the press room: crises first."""
    return [pile for source in (*OWN, *_sources) if (pile := source(now)).lines]


def flags(person: Any, now: datetime) -> Iterator[Flag]:
    """What has run out, on the first page of those who work here; see `portal.editorial.flags`."""
    desk_url = reverse("admin:pressroom_desk")
    if person.has_perm("pressroom.view_crisis") and (
        silent := Crisis.objects.open().silent().breached(now).count()
    ):
        words = ngettext(
            "The time for the first statement on %(count)d issue is over.",
            "The time for the first statements on %(count)d issues is over.",
            silent,
        )
        yield Flag(words % {"count": silent}, desk_url)
    if person.has_perm("pressroom.view_enquiry") and (late := Enquiry.objects.overdue(now).count()):
        words = ngettext(
            "%(count)d press enquiry is overdue.", "%(count)d press enquiries are overdue.", late
        )
        yield Flag(words % {"count": late}, desk_url)


def register_workplace() -> None:
    workplaces.register(
        workplaces.Workplace(gettext_lazy("Press desk"), "admin:pressroom_desk", "pressroom.view_enquiry")
    )


def line(title: str, url: str, due_at: datetime | None, now: datetime, facts: str = "") -> Line:
    late = due_at is not None and due_at <= now
    return Line(title, url, facts, due_at, late, due_at is not None and not late and due_at - now <= SOON)


def pile(key: str, title: Any, rows: QuerySet, said: Callable[[Any], Line], url: str = "") -> Pile:
    """The first of the rows, each as its line."""
    found = list(rows[: SHOWN + 1])
    return Pile(key, title, [said(row) for row in found[:SHOWN]], len(found) > SHOWN, url)


def running_crises(now: datetime) -> Pile:
    def said(crisis: Crisis) -> Line:
        address = reverse("admin:pressroom_crisis_change", args=[crisis.pk])
        if crisis.first_statement_at is None:
            return line(crisis.title, address, crisis.statement_due_at, now, _("first statement"))
        late = (
            _("first statement made late") if crisis.is_breached(now) else _("first statement made in time")
        )
        return Line(crisis.title, address, late, late=crisis.is_breached(now))

    return pile(
        "crises", _("Crises"), Crisis.objects.open(), said, reverse("admin:pressroom_crisis_changelist")
    )


def tasks_of_crises(now: datetime) -> Pile:
    rows = CrisisTask.objects.filter(done_at=None, crisis__closed_at=None).select_related("crisis", "owner")

    def said(task: CrisisTask) -> Line:
        address = reverse("admin:pressroom_crisis_change", args=[task.crisis_id])
        return line(task.what, address, task.due_at, now, f"{task.owner} – {task.crisis.title}")

    return pile("tasks", _("Tasks of crises"), rows, said)


def open_enquiries(now: datetime) -> Pile:
    rows = Enquiry.objects.open().select_related("outlet").order_by("due_at", "pk")

    def said(enquiry: Enquiry) -> Line:
        address = reverse("admin:pressroom_enquiry_change", args=[enquiry.pk])
        return line(
            str(enquiry), address, enquiry.due_at, now, f"{enquiry.who} – {enquiry.get_state_display()}"
        )

    return pile(
        "enquiries", _("Enquiries to answer"), rows, said, reverse("admin:pressroom_enquiry_changelist")
    )


def badges_to_decide(now: datetime) -> Pile:
    """Events still to come whose requests wait, the nearest first; of a briefing the line says so."""
    waiting = Count("requests", filter=Q(requests__state__in=AccreditationRequest.UNDECIDED))
    rounds = AccreditationRound.objects.filter(last_day__gte=vietnamese_day(now)).annotate(waiting=waiting)
    rows = rounds.filter(waiting__gt=0).select_related("briefing").order_by("first_day", "pk")

    def said(round_: Any) -> Line:
        address = reverse("admin:pressroom_accreditationround_change", args=[round_.pk])
        facts = ngettext("%(count)d badge to decide", "%(count)d badges to decide", round_.waiting) % {
            "count": round_.waiting
        }
        return Line(str(round_), address, f"{facts} – {round_.briefing}" if round_.briefing else facts)

    return pile(
        "badges",
        _("Events with badges to decide"),
        rows,
        said,
        reverse("admin:pressroom_accreditationround_changelist"),
    )


def late_units(now: datetime) -> Pile:
    rows = UnitRequest.objects.overdue(now).select_related("enquiry", "unit").order_by("due_at", "pk")

    def said(request: UnitRequest) -> Line:
        address = reverse("admin:pressroom_enquiry_change", args=[request.enquiry_id])
        return line(str(request.unit), address, request.due_at, now, str(request.enquiry))

    return pile("units", _("Units that are late"), rows, said)


def spokespersons_not_named(now: datetime) -> Pile:
    day = vietnamese_day(now)
    rows = Spokesperson.objects.speaking_on(day).filter(named_at=None, assigned_at__lte=now)
    limit = limit_on("spokesperson-published", day)

    def said(row: Spokesperson) -> Line:
        address = reverse("admin:pressroom_spokesperson_change", args=[row.pk])
        due = limit.after(row.assigned_at) if limit else None
        return line(row.person.full_name, address, due, now, _("not named on the portal yet"))

    return pile("spokespersons", _("Spokespersons to name"), rows.select_related("person"), said)


def late_corrections(now: datetime) -> Pile:
    rows = CorrectionRequest.objects.overdue(now).select_related("outlet").order_by("due_on", "pk")

    def said(request: CorrectionRequest) -> Line:
        address = reverse("admin:pressroom_correctionrequest_change", args=[request.pk])
        due = datetime.combine(request.due_on, time.max, tzinfo=ICT) if request.due_on else None
        return line(request.item_title, address, due, now, request.where)

    return pile("corrections", _("Corrections nobody has answered"), rows, said)


def report_due(now: datetime) -> Pile:
    """The yearly report, from a month before its day until its day is over."""
    day, lines = vietnamese_day(now), []
    if rule := rule_of("spokesperson", day.year):
        period = rule.period(
            year_of_report(rule, day - (rule.period(day.year).due - rule.period(day.year).last))
        )
        due = datetime.combine(period.due, time.max, tzinfo=ICT)
        if due - REPORT_ANNOUNCED <= now:
            address = f"{reverse('admin:pressroom_report')}?year={period.year}"
            lines = [line(rule.name, address, due, now, rule.citation)]
    return Pile("report", _("Yearly report"), lines)


OWN: tuple[Source, ...] = (
    running_crises, tasks_of_crises, open_enquiries, badges_to_decide, late_units, spokespersons_not_named,
    late_corrections, report_due,
)  # fmt: skip
