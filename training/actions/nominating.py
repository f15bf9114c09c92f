"""A focal point (đầu mối) names the people of its group: seated at once, swapped until the day before, no account needed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation
from portal.history.actions import note
from training.actions import seats
from training.actions.deciding import vouch
from training.actions.locking import locked
from training.mails import seats as mails
from training.models import Event, Quota, Registration
from training.rules import window
from training.rules.identity import email_key
from training.rules.seats import Hall

State = Registration.State


@dataclass(frozen=True)
class Person:
    """Somebody a unit sends."""

    full_name: str
    job_title: str
    email: str
    language: str


def invite(quota: Quota, *, by: User | None, now: datetime) -> None:
    """Send the focal point its link; once an hour at most. Raises Refused when nobody is to be asked."""
    if not quota.focal_email:
        raise Refused(_("“%(group)s” has no focal point with an e-mail address.") % {"group": quota})
    note(quota, "asked the focal point for names", by=by, now=now)
    mails.nominate(quota, now=now)


@transaction.atomic
def nominate(quota: Quota, people: Iterable[Person], *, now: datetime) -> list[Registration]:
    """Seat the people a focal point names: all of them, or with a Refused none."""
    event = locked(quota.event)
    _refuse_when_closed(event, quota, now)
    people = list(people)
    free = max(0, Hall.of(event, now).free(quota.pk))
    if len(people) > free:
        raise Refused(
            _("%(free)d seats of your group are free: name no more than these.") % {"free": free}
            if free else _("Your group has no free seat.")
        )  # fmt: skip
    _refuse_twins(people)
    return [_seat(event, quota, each, None, now) for each in people]


@transaction.atomic
def swap(registration: Registration, person: Person, *, now: datetime) -> Registration:
    """Send somebody else instead of one who was nominated. Both are told. Raises Refused from the day itself on."""
    event = locked(registration.event)
    registration = (
        Registration.objects.select_for_update(of=["self"]).select_related("quota").get(pk=registration.pk)
    )
    registration.event = event
    if reason := _swap_refusal(event, registration, now):
        raise Refused(reason)
    seats.turn(registration, State.CANCELLED, now=now, reason="")
    note(registration, "replaced by the focal point", by=None, now=now)
    mails.replaced(registration, now=now)
    return _seat(event, registration.quota, person, registration, now)


def _swap_refusal(event: Event, registration: Registration, now: datetime) -> str:
    if reason := window.over_because(event, now):
        return reason
    if now >= window.last_day_to_swap(event):
        return _("People may be replaced until the day before the event.")
    if not registration.nominated or registration.state != State.SEATED or registration.quota is None:
        return _("This person has no seat of your group any more.")
    return ""


@transaction.atomic
def withdraw(registration: Registration, *, now: datetime) -> Registration:
    """Take back a nomination; the seat is the group's again, or everybody's once it was released. Raises Refused as `swap`."""
    event = locked(registration.event)
    registration = (
        Registration.objects.select_for_update(of=["self"]).select_related("quota").get(pk=registration.pk)
    )
    registration.event = event
    if reason := _swap_refusal(event, registration, now):
        raise Refused(reason)
    seats.free(
        registration, "", by=None, now=now, verb="withdrawn by the focal point", why="their unit’s wish"
    )
    mails.replaced(registration, now=now)
    return registration


def _seat(
    event: Event, quota: Quota, person: Person, instead_of: Registration | None, now: datetime
) -> Registration:
    key = email_key(person.email)
    known = event.registrations.active().filter(email_key=key).first()
    if known and known.state in Registration.HOLDING:
        raise Refused(
            _("%(name)s is registered already. Write to the organisers.") % {"name": person.full_name}
        )
    registration = known or Registration(event=event, asked_at=now, email_key=key)
    registration.event, registration.nominated, registration.stands_in_for = event, True, instead_of
    if registration.unit is None and not registration.unit_name:
        registration.unit = _only_unit(quota)
        registration.unit_name = "" if registration.unit else quota.named_in(person.language)
    try:
        return vouch(
            registration, quota, by=None, now=now, why="nominated by the focal point",
            full_name=person.full_name, job_title=person.job_title, email=person.email, language=person.language,
        )  # fmt: skip
    except IntegrityError as clash:
        raise Refused(
            _("%(name)s is registered already. Write to the organisers.") % {"name": person.full_name}
        ) from clash


def _only_unit(quota: Quota) -> Organisation | None:
    """Of a group of one unit its people are."""
    units = list(quota.units.all()[:2])
    return units[0] if len(units) == 1 else None


def _refuse_when_closed(event: Event, quota: Quota, now: datetime) -> None:
    if reason := closed_because(event, quota, now):
        raise Refused(reason)


def closed_because(event: Event, quota: Quota, now: datetime) -> str:
    """Why its focal point names nobody more; "" while it may."""
    if reason := window.over_because(event, now):
        return reason
    if event.capacity is None:
        return _("Nobody registers here for this event.")
    if now >= window.last_day_to_swap(event):
        return _("People may be named until the day before the event.")
    return "" if quota.is_kept(now) else _("The seats kept for your group are for everybody now.")


def _refuse_twins(people: list[Person]) -> None:
    keys = [email_key(each.email) for each in people]
    for each in people:
        if keys.count(email_key(each.email)) > 1:
            raise Refused(_("%(email)s stands there twice.") % {"email": each.email})
