"""The seats of a briefing by outlet: invited, asked for, given, waiting; and a fair proposal for those that are free."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.refusal import Refused
from portal.directory.exporting import csv_of
from portal.directory.models import Organisation
from portal.history.actions import record
from portal.languages.names import person_key, split
from portal.languages.sorting import vietnamese_key
from pressroom.actions import seats as actions
from pressroom.admin.briefing_pages import number, page, run_or_refuse, tried
from pressroom.forms.briefings import DoorForm, SeatsForm
from pressroom.models import Attendance, Briefing, Invitation, Journalist
from pressroom.rules.seating import Hall

State = Attendance.State


@dataclass
class Line:
    """One outlet at a briefing."""

    outlet: Organisation
    invitation: Invitation | None = None
    cap: int = 0
    people: list[Attendance] = field(default_factory=list)

    def count(self, state: Any) -> int:
        return sum(1 for each in self.people if each.state == state)

    @property
    def given(self) -> int:
        return self.count(State.GIVEN)

    @property
    def waiting(self) -> int:
        return self.count(State.WAITING)

    @property
    def asked(self) -> int:
        return self.given + self.waiting

    @property
    def arrived(self) -> int:
        return sum(1 for each in self.people if each.arrived_at)


def by_given_name(attendance: Attendance) -> Any:
    return name_key(attendance.journalist)


def name_key(journalist: Journalist) -> Any:
    """Vietnamese order: given name first."""
    given = journalist.given_name or None
    try:
        return person_key(split(journalist.full_name, given=given))
    except ValueError:  # a given name that is not the end of the name
        return person_key(split(journalist.full_name))


def lines_of(briefing: Briefing) -> list[Line]:
    """Every outlet invited, or of somebody who asked; in the order of the alphabet. Two queries, and those of the hall."""
    hall = Hall.of(briefing)
    lines: dict[int, Line] = {}
    for invitation in briefing.invitations.select_related("outlet"):
        lines[invitation.outlet_id] = Line(invitation.outlet, invitation, hall.cap(invitation.outlet_id))
    people: dict[int, list[Attendance]] = defaultdict(list)
    for attendance in briefing.attendances.exclude(state=State.RETURNED).with_people():
        people[attendance.journalist.outlet_id].append(attendance)
    for outlet, rows in people.items():
        line = lines.setdefault(outlet, Line(rows[0].journalist.outlet, None, hall.cap(outlet)))
        line.people = sorted(rows, key=by_given_name)
    return sorted(lines.values(), key=lambda line: vietnamese_key(str(line.outlet)))


def seats(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; each button does one thing and comes back to it."""
    briefing = run_or_refuse(request, pk)
    form = SeatsForm(initial=SeatsForm.of(briefing))
    door = DoorForm()
    if request.method == "POST":
        verb = request.POST.get("do", "")
        form = SeatsForm(request.POST) if verb == "arrange" else form
        door = DoorForm(request.POST) if verb == "seat" else door
        if _do(request, briefing, verb, form, door):
            return redirect("admin:pressroom_briefing_seats", pk=pk)
    return _page(request, briefing, form, door)


def _do(request: HttpRequest, briefing: Briefing, verb: str, form: SeatsForm, door: DoorForm) -> bool:
    by, now = request.user, timezone.now()
    if verb == "arrange":
        return form.is_valid() and tried(
            request, _("Kept."), lambda: actions.arrange_seats(briefing, **form.cleaned_data, by=by, now=now)
        )
    if verb == "invite":
        outlets = Organisation.objects.active().filter(
            kind=Organisation.Kind.PRESS, pk__in=_chosen(request, "outlet")
        )
        return tried(request, _("Invited."), lambda: actions.invite(briefing, outlets, by=by, now=now))
    if verb == "invitations":
        return _change_invitations(request, briefing)
    if verb == "seat":
        return door.is_valid() and tried(
            request, _("A seat is given."),
            lambda: actions.seat_somebody(briefing, door.cleaned_data["journalist"], by=by, now=now),
        )  # fmt: skip
    if verb == "allot":
        return _allot(request, briefing)
    return _about_one(request, briefing, verb)


def _chosen(request: HttpRequest, name: str) -> list[int]:
    return [int(each) for each in request.POST.getlist(name) if each.isdecimal() and len(each) < 18]


def _change_invitations(request: HttpRequest, briefing: Briefing) -> bool:
    seats: dict[int, int | None] = {}
    for invitation in briefing.invitations.all():
        sent = request.POST.get(f"seats-{invitation.pk}", "").strip()
        if sent and not (sent.isdecimal() and len(sent) < 4):
            messages.error(request, _("“%(said)s” is no number of seats.") % {"said": sent[:20]})
            return False
        seats[invitation.pk] = int(sent) if sent else None
    return tried(
        request, _("Kept."),
        lambda: actions.change_invitations(
            briefing, seats, _chosen(request, "withdraw"), by=request.user, now=timezone.now()
        ),
    )  # fmt: skip


def _allot(request: HttpRequest, briefing: Briefing) -> bool:
    try:
        given = actions.allot(briefing, by=request.user, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    said = ngettext("%(count)d seat is given.", "%(count)d seats are given.", len(given))
    messages.success(request, said % {"count": len(given)})
    return True


def _about_one(request: HttpRequest, briefing: Briefing, verb: str) -> bool:
    """Give one of the waiting a seat, or take a seat back."""
    deeds = {
        "give": (actions.give_seat, _("A seat is given.")),
        "return": (actions.give_back, _("The seat is free.")),
    }
    if verb not in deeds:
        return False
    attendance = get_object_or_404(
        briefing.attendances.select_related("briefing"), pk=number(request, "attendance")
    )
    deed, said = deeds[verb]
    return tried(request, said, lambda: deed(attendance, by=request.user, now=timezone.now()))


def _page(request: HttpRequest, briefing: Briefing, form: SeatsForm, door: DoorForm) -> HttpResponse:
    lines = lines_of(briefing)
    invited = [line.outlet.pk for line in lines if line.invitation]
    outlets = Organisation.objects.active().filter(kind=Organisation.Kind.PRESS).exclude(pk__in=invited)
    door.fields["journalist"].choices = [
        ("", "—"),
        *((each.pk, str(each)) for each in sorted(door.fields["journalist"].queryset, key=name_key)),
    ]
    context = {
        "lines": lines, "form": form, "door": door, "proposal": actions.proposal(briefing),
        "outlets": sorted(outlets, key=lambda outlet: vietnamese_key(str(outlet))),
        "given": sum(line.given for line in lines), "waiting": sum(line.waiting for line in lines),
        "arrived": sum(line.arrived for line in lines),
    }  # fmt: skip
    title = _("Seats: %(title)s") % {"title": briefing}
    return page(request, "pressroom/admin/briefing_seats.html", briefing, context, title=title)


def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has a seat, who waits, who came; no cell is a formula. That it was taken out is kept on record."""
    briefing = run_or_refuse(request, pk)
    table = [
        [_("outlet"), _("full name"), _("role"), _("number of the card or permit"), _("state"), _("arrived")]
    ]
    for line in lines_of(briefing):
        for each in line.people:
            who, came = each.journalist, each.arrived_at.isoformat() if each.arrived_at else ""
            state = str(each.get_state_display())
            table.append([str(line.outlet), who.full_name, who.role, who.card_number, state, came])
    record(briefing, "exported the seats", by=request.user, now=timezone.now())
    response = HttpResponse(csv_of(table), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="seats-{briefing.pk}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
