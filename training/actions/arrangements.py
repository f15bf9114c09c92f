"""How many may come and how they get in: capacity, groups, window. Nobody loses a seat by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.directory.models import Organisation
from portal.history.actions import note, record
from portal.languages import LANGUAGES
from training.actions import seats
from training.actions.events import tell_readers
from training.actions.locking import locked
from training.models import Event, Quota, Registration
from training.rules.seats import POOL, Hall

ARRANGED = (
    "capacity", "admission", "opens_at", "closes_at", "offer_hours", "attendance_percent", "gives_certificate",
    "planned_count", "planned_qualifier",
)  # fmt: skip
#: How many of those who hold seats a refusal names; it is read on a page.
NAMED = 10


@transaction.atomic
def arrange(event: Event, *, by: User | None, now: datetime, **said: Any) -> Event:
    """Set some of ARRANGED; more seats are offered at once to who waits.

    Raises Refused when fewer seats are left than are held or kept, saying by whom, and for a window that ends before it begins.
    """
    event = locked(event)
    changed = {name: said[name] for name in ARRANGED if name in said and said[name] != getattr(event, name)}
    for name, value in changed.items():
        setattr(event, name, value)
    if event.opens_at and event.closes_at and event.closes_at <= event.opens_at:
        raise Refused(_("Registration must close after it opens."))
    _refuse_unsound(event, now)
    if changed:
        event.save(update_fields=list(changed))
        tell_readers(event)
        record(event, "arranged the seats", by=by, now=now, changed=sorted(changed))
        seats.promote(event, by=by, now=now, why="there are more seats")
    return event


def _refuse_unsound(event: Event, now: datetime) -> None:
    """Say who would have no seat."""
    hall = Hall.of(event, now)
    if event.capacity is None:
        if hall.held.total():
            raise Refused(_("Seats are held: %(people)s.") % {"people": _holders(event, list(hall.held))})
        return
    if hall.seats(POOL) < 0:
        raise Refused(
            _("%(kept)d seats are kept for groups: there cannot be fewer in all.")
            % {"kept": sum(hall.kept.values())}
        )
    for pool in (POOL, *hall.kept):
        if hall.taken(pool) > hall.seats(pool):
            raise Refused(_too_few(event, hall, pool))


def _too_few(event: Event, hall: Hall, pool: int | None) -> str:
    groups = [pool] if pool is not None else [each for each in hall.held if each not in hall.kept]
    said = {
        "held": hall.taken(pool), "seats": hall.seats(pool), "people": _holders(event, groups),
        "group": Quota.objects.get(pk=pool) if pool is not None else "",
    }  # fmt: skip
    if pool is not None:
        return (
            _(
                "“%(group)s” would have %(seats)d seats, but %(held)d are held by %(people)s. Cancel some of them first."
            )
            % said
        )
    return (
        _(
            "%(seats)d seats would be left for those of no kept group, but %(held)d are held by %(people)s. "
            "Cancel some of them first."
        )
        % said
    )


def _holders(event: Event, groups: Iterable[int | None]) -> str:
    """The last to get a seat first: they are the first to be asked."""
    wanted = set(groups)
    holding = event.registrations.holding().order_by("-state_since", "-pk")
    people = [each for each in holding if each.quota_id in wanted]
    names = ", ".join(str(each) for each in people[:NAMED])
    more = len(people) - NAMED
    if more <= 0:
        return names
    return (
        ngettext("%(names)s and %(more)d more", "%(names)s and %(more)d more", more)
        % {"names": names, "more": more}
    )  # fmt: skip


@dataclass(frozen=True)
class Group:
    """A quota as its page says it."""

    names: Mapping[str, str]
    seats: int
    units: tuple[Organisation, ...] = ()
    kind: str = ""
    released_at: datetime | None = None
    focal_name: Any = ""
    focal_email: str = ""
    focal_language: str = "vi"


@transaction.atomic
def add_group(event: Event, group: Group, *, by: User | None, now: datetime) -> Quota:
    """Keep seats for one more group. Raises Refused when so many are not free."""
    event = locked(event)
    quota = Quota(event=event, position=event.quotas.count())
    _lay(quota, group)
    _finish(event, quota, by=by, now=now, verb="kept seats for a group", seats=group.seats)
    return quota


@transaction.atomic
def change_group(quota: Quota, group: Group, *, by: User | None, now: datetime) -> Quota:
    """Change a group; what becomes free is offered at once. Raises Refused for fewer seats than it holds, saying by whom."""
    event = locked(quota.event)
    quota = Quota.objects.select_for_update().get(pk=quota.pk)
    _lay(quota, group)
    _finish(event, quota, by=by, now=now, verb="changed a group", seats=group.seats)
    return quota


def _lay(quota: Quota, group: Group) -> None:
    if not any(group.names.values()):
        raise Refused(_("The group needs a name."))
    for language in LANGUAGES:
        setattr(quota, f"name_{language}", group.names.get(language, ""))
    quota.seats, quota.kind, quota.released_at = group.seats, group.kind, group.released_at
    quota.focal_name, quota.focal_language = group.focal_name, group.focal_language
    quota.focal_email = group.focal_email
    quota.save()
    quota.units.set(group.units)


def _finish(event: Event, quota: Quota, *, by: User | None, now: datetime, verb: str, seats: int) -> None:
    _refuse_unsound(event, now)
    note(quota, verb, by=by, now=now, seats=seats)
    _promote(event, by=by, now=now)


def _promote(event: Event, *, by: User | None, now: datetime) -> None:
    seats.promote(event, by=by, now=now, why="the groups were changed")


@transaction.atomic
def remove_group(quota: Quota, *, by: User | None, now: datetime) -> None:
    """Give its seats to everybody and forget it. Raises Refused once anybody belongs to it: release its seats instead."""
    event = locked(quota.event)
    if Registration.objects.filter(quota=quota).exists():
        raise Refused(_("People belong to “%(group)s”: release its seats instead.") % {"group": quota})
    note(quota, "removed a group", by=by, now=now)
    quota.delete()
    _promote(event, by=by, now=now)
