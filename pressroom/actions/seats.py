"""Invitations, seats and the door of a briefing. The briefing's row is locked first, so that the last seat is given once."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation
from portal.history.actions import note, record
from pressroom.actions.briefings import tell_readers
from pressroom.mails import seats as mails
from pressroom.models import Attendance, Briefing, Invitation, Journalist
from pressroom.rules import asking, seating

State = Attendance.State
_BEST_FIRST = (State.GIVEN, State.WAITING, State.RETURNED)


def send_link(briefing: Briefing, email: str, *, now: datetime) -> None:
    """Answer whoever typed an address: a journalist of the register gets a letter, a stranger nothing."""
    journalist = Journalist.objects.filter(email__iexact=email).exclude(state=Journalist.State.CLOSED).first()
    if journalist is not None:
        mails.link(briefing, journalist, accredited=asking.is_accredited(journalist, briefing), now=now)


@transaction.atomic
def ask_for_seat(briefing: Briefing, journalist: Journalist, *, consent: str, now: datetime) -> Attendance:
    """A seat, or a place among the waiting when there is none for the outlet. Asking twice changes nothing.

    Raises Refused when seats are not given (any more), or the journalist is not accredited on the day.
    """
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if reason := asking.closed_because(briefing, now):
        raise Refused(reason)
    if not asking.is_accredited(journalist, briefing):
        raise Refused(_("Your accreditation does not hold on the day of the briefing."))
    attendance = briefing.attendances.filter(journalist=journalist).first()
    if attendance and attendance.state != State.RETURNED:
        return attendance
    attendance = attendance or Attendance(briefing=briefing, journalist=journalist)
    has_room = seating.Hall.of(briefing).has_room_unasked(journalist.outlet_id)
    attendance.state = State.GIVEN if has_room else State.WAITING
    attendance.asked_at, attendance.consent = now, consent
    attendance.turn += 1
    attendance.save()
    note(attendance, "asked for a seat", by=None, now=now, state=attendance.state)
    _tell(attendance, now)
    return attendance


def _tell(attendance: Attendance, now: datetime) -> None:
    if attendance.state == State.GIVEN:
        mails.seat_given(attendance, now=now)
    else:
        mails.seat_waits(attendance, now=now)


@transaction.atomic
def give_back(attendance: Attendance, *, by: User | None, now: datetime) -> Attendance:
    """Give a seat (or the wish) back; whoever is next gets it in the same moment."""
    briefing = Briefing.objects.select_for_update().get(pk=attendance.briefing_id)
    attendance = Attendance.objects.select_for_update().get(pk=attendance.pk)
    if attendance.arrived_at:
        raise Refused(_("Whoever has come has used the seat."))
    if attendance.state == State.RETURNED:
        return attendance
    attendance.state = State.RETURNED
    attendance.save(update_fields=["state"])
    note(attendance, "gave the seat back", by=by, now=now)
    _promote(briefing, by=by, now=now)
    return attendance


@transaction.atomic
def unite(kept: Attendance, spare: Attendance, *, by: User | None, now: datetime) -> None:
    """Two wishes of one person for one briefing become one: the better of the two; a seat too many goes to who is next."""
    briefing = Briefing.objects.select_for_update().get(pk=kept.briefing_id)
    rows = Attendance.objects.select_for_update().with_people().filter(pk__in=[kept.pk, spare.pk])
    both = {each.pk: each for each in rows.select_related("briefing")}
    kept, spare = both[kept.pk], both[spare.pk]
    gains_a_seat = kept.state != State.GIVEN and spare.state == State.GIVEN
    kept.state = min(kept.state, spare.state, key=_BEST_FIRST.index)
    kept.asked_at = min(kept.asked_at, spare.asked_at)
    kept.arrived_at = kept.arrived_at or spare.arrived_at
    spare.state, spare.arrived_at = State.RETURNED, None
    for each in (spare, kept):
        each.save(update_fields=["state", "asked_at", "arrived_at"])
    note(kept, "took over a seat", by=by, now=now, of=spare.pk, state=kept.state)
    if gains_a_seat and briefing.is_open and not briefing.has_begun(now):
        kept.turn += 1
        kept.save(update_fields=["turn"])
        mails.seat_given(kept, now=now)
    _promote(briefing, by=by, now=now)


def _promote(briefing: Briefing, *, by: User | None, now: datetime) -> list[Attendance]:
    """Give what is free to those who wait, without a person deciding. The briefing is locked."""
    if briefing.progress != Briefing.Progress.CONFIRMED or briefing.has_begun(now):
        return []
    hall = seating.Hall.of(briefing)
    return _give(seating.unasked(hall, _eligible(briefing)), by=by, now=now)


def _eligible(briefing: Briefing) -> list[Attendance]:
    """Those who wait and are accredited on the day, in the order they asked."""
    day = briefing.day
    accredited = Journalist.objects.accredited(day).values("pk") if day else Journalist.objects.none()
    waiting = briefing.attendances.waiting().filter(journalist__in=accredited)
    return list(waiting.select_related("journalist__outlet", "briefing"))


def _give(chosen: Iterable[Attendance], *, by: User | None, now: datetime) -> list[Attendance]:
    given = list(chosen)
    for attendance in given:
        attendance.state = State.GIVEN
        attendance.save(update_fields=["state"])
        note(attendance, "gave a seat", by=by, now=now)
        mails.seat_given(attendance, now=now)
    return given


def proposal(briefing: Briefing) -> list[Attendance]:
    """Who would get the free seats if they were given now: one for each outlet before a second for any."""
    return seating.fair(seating.Hall.of(briefing), _eligible(briefing))


@transaction.atomic
def allot(briefing: Briefing, *, by: User | None, now: datetime) -> list[Attendance]:
    """Give the free seats as proposed; answers who got one."""
    briefing = _running(briefing)
    return _give(proposal(briefing), by=by, now=now)


def _running(briefing: Briefing) -> Briefing:
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if briefing.progress != Briefing.Progress.CONFIRMED:
        raise Refused(_("Seats are given once the date is confirmed, until the briefing was held."))
    return briefing


@transaction.atomic
def give_seat(attendance: Attendance, *, by: User | None, now: datetime) -> Attendance:
    """Give one of the waiting a seat. Raises Refused when none is free or the outlet has had its share."""
    briefing = _running(attendance.briefing)
    attendance = Attendance.objects.select_for_update().with_people().get(pk=attendance.pk)
    if attendance.state == State.GIVEN:
        return attendance
    if attendance.state != State.WAITING:
        raise Refused(_("This person has given the seat back."))
    if not asking.is_accredited(attendance.journalist, briefing):
        raise Refused(_("The accreditation does not hold on the day of the briefing."))
    _refuse_without_room(briefing, attendance.journalist.outlet)
    attendance.briefing = briefing
    return _give([attendance], by=by, now=now)[0]


def _refuse_without_room(briefing: Briefing, outlet: Organisation) -> None:
    hall = seating.Hall.of(briefing)
    if hall.free <= 0:
        raise Refused(_("No seat is free."))
    if not hall.has_room(outlet.pk):
        raise Refused(
            _("%(outlet)s has all the seats it may have. Raise its number first.") % {"outlet": outlet}
        )


@transaction.atomic
def seat_somebody(
    briefing: Briefing, journalist: Journalist, *, by: User | None, now: datetime
) -> Attendance:
    """Give a journalist a seat whom the office enters itself, at the door for example. Raises Refused as `give_seat`."""
    briefing = _running(briefing)
    if not asking.is_accredited(journalist, briefing):
        raise Refused(_("The accreditation does not hold on the day of the briefing."))
    attendance = briefing.attendances.filter(journalist=journalist).first()
    if attendance and attendance.state == State.GIVEN:
        return attendance
    _refuse_without_room(briefing, journalist.outlet)
    attendance = attendance or Attendance(briefing=briefing, journalist=journalist)
    attendance.state, attendance.asked_at = State.GIVEN, now
    attendance.turn += 1
    attendance.save()
    note(attendance, "gave a seat", by=by, now=now)
    mails.seat_given(attendance, now=now)
    return attendance


@transaction.atomic
def arrange_seats(
    briefing: Briefing,
    *,
    capacity: int | None,
    outlet_cap: int,
    asks_until: datetime | None,
    by: User | None,
    now: datetime,
) -> Briefing:
    """Set how many seats there are and how many for one outlet; what becomes free is given to those who wait.

    Nobody loses a seat: Refused for fewer seats than are given.
    """  # fmt: skip
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    given = briefing.attendances.seated().count()
    if capacity is not None and capacity < given:
        raise Refused(_("%(given)d seats are given already.") % {"given": given})
    briefing.capacity, briefing.outlet_cap, briefing.asks_until = capacity, outlet_cap, asks_until
    briefing.save(update_fields=["capacity", "outlet_cap", "asks_until"])
    record(briefing, "arranged the seats", by=by, now=now, capacity=capacity, outlet_cap=outlet_cap)
    _promote(briefing, by=by, now=now)
    tell_readers(briefing)
    return briefing


@transaction.atomic
def invite(
    briefing: Briefing, outlets: Iterable[Organisation], *, by: User | None, now: datetime
) -> list[Invitation]:
    """Invite outlets; those invited already stay so."""
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if not briefing.is_open:
        raise Refused(_("The briefing is over: nobody is invited any more."))
    invited: set[Any] = set(briefing.invitations.values_list("outlet", flat=True))
    new = [Invitation(briefing=briefing, outlet=each) for each in outlets if each.pk not in invited]
    Invitation.objects.bulk_create(new)
    if new:
        record(briefing, "invited outlets", by=by, now=now, note=", ".join(str(each.outlet) for each in new))
        tell_readers(briefing)
    return new


@transaction.atomic
def change_invitations(
    briefing: Briefing,
    seats: Mapping[int, int | None],
    withdrawn: Iterable[int],
    *,
    by: User | None,
    now: datetime,
) -> None:
    """Set the seats of invited outlets (invitation → seats, None for the usual number), and take invitations back."""
    briefing = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if not briefing.is_open:
        raise Refused(_("The briefing is over: its invitations stay as they were."))
    gone = list(briefing.invitations.filter(pk__in=list(withdrawn)).select_related("outlet"))
    for invitation in briefing.invitations.filter(pk__in=list(seats)):
        if invitation.seats != seats[invitation.pk]:
            invitation.seats = seats[invitation.pk]
            invitation.save(update_fields=["seats"])
    briefing.invitations.filter(pk__in=[each.pk for each in gone]).delete()
    if gone:
        names = ", ".join(str(each.outlet) for each in gone)
        record(briefing, "took invitations back", by=by, now=now, note=names)
    _promote(briefing, by=by, now=now)
    tell_readers(briefing)


@transaction.atomic
def check_in(attendance: Attendance, *, by: User | None, now: datetime) -> Attendance:
    """Say that somebody has come; a second time changes nothing. Raises Refused without a seat, or without an
    accreditation that holds on the day.
    """
    briefing = Briefing.objects.select_for_update().get(pk=attendance.briefing_id)
    attendance = Attendance.objects.select_for_update().with_people().get(pk=attendance.pk)
    if attendance.arrived_at:
        return attendance
    if attendance.state != State.GIVEN:
        raise Refused(_("%(name)s has no seat.") % {"name": attendance.journalist.full_name})
    if not asking.is_accredited(attendance.journalist, briefing):
        raise Refused(
            _("The accreditation of %(name)s does not hold today.")
            % {"name": attendance.journalist.full_name}
        )
    attendance.arrived_at = now
    attendance.save(update_fields=["arrived_at"])
    note(attendance, "arrived", by=by, now=now)
    return attendance


@transaction.atomic
def undo_check_in(attendance: Attendance, *, by: User | None, now: datetime) -> Attendance:
    """Take back a check-in made by mistake."""
    attendance = Attendance.objects.select_for_update().get(pk=attendance.pk)
    if attendance.arrived_at:
        attendance.arrived_at = None
        attendance.save(update_fields=["arrived_at"])
        note(attendance, "took the arrival back", by=by, now=now)
    return attendance
