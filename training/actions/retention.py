"""Erasing what is known of participants when its time is over; what was counted and certified stays.

Each day everything due is looked for anew, so that a missed day, a killed worker and what was written afterwards are
caught up with. The history says how many rows, and names nobody (Law 91/2025/QH15 on personal data).
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import record
from portal.languages.dates import vietnamese_day
from portal.mailing.actions import forgetting
from training.audiences import LETTERS
from training.models import (
    Event,
    Presence,
    Purge,
    Registration,
    RetentionRule,
    Scan,
    SheetRow,
    Ticket,
)

AT_ONCE = 200
#: What says who somebody is; where all of it is empty, nothing is left to erase.
PARTICULARS = ("full_name", "address", "job_title", "unit_name", "consent", "reason", "phone", "needs")


def purge_due(now: datetime) -> int:
    """Erase whatever is kept longer than its period allows; how many rows."""
    today = vietnamese_day(now)
    erased = 0
    for what, purge in PURGES.items():
        for event, rows in _due(what, today):
            erased += _purge(event, what, rows, purge, now)
    return erased


def _due(what: str, today: date) -> list[tuple[Event, QuerySet]]:
    """Events over for longer than what is kept of them, with the rows that still have it."""
    found = []
    own = {rule.event_id: rule.days for rule in RetentionRule.objects.filter(what=what)}
    general = own.pop(None, None)
    left = _LEFT[what]
    for event in Event.objects.originals().filter(pk__in=left(Registration.objects.all()).values("event")):
        days = own.get(event.pk, general)
        if days is not None and event.ends_on + timedelta(days=days) < today:
            found.append((event, left(event.registrations.all())))
    return found


def _purge(
    event: Event, what: str, rows: QuerySet, purge: Callable[[list[int], datetime], None], now: datetime
) -> int:
    """So many at a time, each batch a transaction; the erasure is noted with each, so that a killed one is told too."""
    erased = 0
    while batch := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            locked = list(
                Registration.objects.select_for_update().filter(pk__in=batch).values_list("pk", flat=True)
            )
            purge(locked, now)
            _note(event, what, len(locked), now)
        erased += len(batch)
    return erased


def _note(event: Event, what: str, rows: int, now: datetime) -> None:
    noted, made = Purge.objects.get_or_create(
        event=event, what=what, defaults={"purged_at": now, "rows": rows}
    )
    if not made:
        Purge.objects.filter(pk=noted.pk).update(purged_at=now, rows=F("rows") + rows)
    record(event, "erased particulars", by=None, now=now, what=str(what), rows=rows)


def erase_needs(rows: list[int], now: datetime) -> None:
    Registration.objects.filter(pk__in=rows).update(needs="")


def erase_contact(rows: list[int], now: datetime) -> None:
    """Addresses and telephones, and what letters said to them; not of whoever is still registered elsewhere."""
    people = Registration.objects.filter(pk__in=rows)
    gone = set(people.exclude(email="").values_list("email", flat=True))
    people.update(email="", email_key="", phone="")
    still = set(Registration.objects.filter(email__in=gone).values_list("email", flat=True))
    if gone - still:
        forgetting.forget_letters_to(gone - still, keys=LETTERS)


def erase_presence(rows: list[int], now: datetime) -> None:
    """Which phone read which code when, and rows of printed sheets; at which sessions somebody was, stays for the count."""
    Scan.objects.filter(registration__in=rows).delete()
    SheetRow.objects.filter(registration__in=rows).delete()
    Presence.objects.filter(registration__in=rows).update(by=None)


def erase_survey(rows: list[int], now: datetime) -> None:
    Ticket.objects.filter(registration__in=rows).delete()


def erase_person(rows: list[int], now: datetime) -> None:
    """Everything that says who it was. The row stays: event, unit, state, sessions, and the certificate as it was issued."""
    for erase in (erase_needs, erase_contact, erase_presence, erase_survey):
        erase(rows, now)
    Registration.objects.filter(pk__in=rows).update(**dict.fromkeys(PARTICULARS, ""), purged_at=now)


def _with_needs(rows: QuerySet) -> QuerySet:
    return rows.exclude(needs="")


def _with_contact(rows: QuerySet) -> QuerySet:
    return rows.exclude(Q(email="") & Q(email_key="") & Q(phone=""))


def _with_scans(rows: QuerySet) -> QuerySet:
    scanned = Scan.objects.exclude(registration=None).values("registration")
    listed = SheetRow.objects.values("registration")
    by_somebody = Presence.objects.exclude(by=None).values("registration")
    return rows.filter(Q(pk__in=scanned) | Q(pk__in=listed) | Q(pk__in=by_somebody))


def _with_tickets(rows: QuerySet) -> QuerySet:
    return rows.filter(pk__in=Ticket.objects.values("registration"))


def _with_particulars(rows: QuerySet) -> QuerySet:
    return rows.exclude(Q(*[(name, "") for name in PARTICULARS], _connector=Q.AND), ~Q(purged_at=None))


#: What → how it is erased, and of which rows there is any left.
PURGES: dict[str, Callable[[list[int], datetime], None]] = {
    "needs": erase_needs, "contact": erase_contact, "presence": erase_presence,
    "survey": erase_survey, "person": erase_person,
}  # fmt: skip
_LEFT: dict[str, Callable[[QuerySet], QuerySet]] = {
    "needs": _with_needs, "contact": _with_contact, "presence": _with_scans,
    "survey": _with_tickets, "person": _with_particulars,
}  # fmt: skip


@transaction.atomic
def set_periods(event: Event, days: dict[str, int | None], *, reason: str, by: User, now: datetime) -> None:
    """Periods of this event's own; None is that of all events. Raises Refused without the reason for an own one."""
    event = Event.objects.select_for_update().get(pk=event.root_pk)
    before: dict[str, Any] = dict(event.retention_rules.values_list("what", "days"))
    wanted = {what: number for what, number in days.items() if number is not None}
    if wanted == before:
        return
    if wanted and not reason.strip():
        raise Refused(_("Say why this event keeps them for another time."))
    event.retention_rules.all().delete()
    RetentionRule.objects.bulk_create(
        RetentionRule(event=event, what=what, days=number, citation_vi=reason, citation_en=reason)
        for what, number in wanted.items()
    )
    record(event, "set retention periods", by=by, now=now, note=reason, days=wanted, was=before)
