"""Two records of one journalist become one. Whatever points to the other, in any part of the portal, points to it from then on."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.accounts.refusal import Refused
from portal.history.actions import note
from portal.mailing.actions import subscribing
from pressroom.actions import seats
from pressroom.actions.journalists import describe
from pressroom.models import Attendance, CardReminder, DifferentPeople, Journalist

#: Taken over from the other where the survivor has nothing.
FILLED = ("phone", "role", "note", "consent", "consented_at", "digested_until")
CARD = ("card_kind", "card_number", "card_issuer", "card_valid_until")
#: What is about a record and not about the person behind it.
_OWN = (CardReminder, DifferentPeople)

State = Journalist.State


@transaction.atomic
def merge(survivor: Journalist, other: Journalist, *, by: User, now: datetime) -> Journalist:
    """One survives; the other is closed and leads to it. Who asked to be left alone under either address is left alone.

    Raises Refused when one of them is closed.
    """
    survivor, other = _both_locked(survivor, other)
    _unite_seats(other, survivor, by=by, now=now)
    moved = _move_what_points_to(other, survivor)
    _fill(survivor, other)
    survivor.beats.add(*other.beats.all())
    other.merged_into, other.state = survivor, State.CLOSED
    other.save(update_fields=["merged_into", "state"])
    describe(survivor)
    survivor.save()
    subscribing.hand_wishes_on(other.email, survivor.email, now=now)
    note(survivor, "merged", by=by, now=now, absorbed=other.pk, moved=moved)
    note(other, "merged into another", by=by, now=now, survivor=survivor.pk)
    return survivor


def _both_locked(survivor: Journalist, other: Journalist) -> tuple[Journalist, Journalist]:
    """In one order, whichever survives: two officers merging the same pair do not wait for each other for ever."""
    rows = Journalist.objects.select_for_update().filter(pk__in={survivor.pk, other.pk}).order_by("pk")
    found = {each.pk: each for each in rows}
    if len(found) != 2 or any(each.state == State.CLOSED for each in found.values()):
        raise Refused(_("These two cannot be merged: one of them has been closed, or merged already."))
    return found[survivor.pk], found[other.pk]


def _unite_seats(other: Journalist, survivor: Journalist, *, by: User, now: datetime) -> None:
    """A seat that cannot move, because there is one already, would be kept for nobody."""
    own = {each.briefing_id: each for each in Attendance.objects.filter(journalist=survivor)}
    for spare in Attendance.objects.filter(journalist=other, briefing__in=own).order_by("briefing"):
        seats.unite(own[spare.briefing_id], spare, by=by, now=now)


def _move_what_points_to(other: Journalist, survivor: Journalist) -> dict[str, list[int]]:
    """Every foreign key of every application. Answers how many rows of each kind moved, and how many stayed."""
    counted = {}
    for relation in Journalist._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        if relation.related_model in _OWN or relation.related_model is Journalist.beats.through:
            continue
        moved, stayed = _move(relation, other, survivor)
        if moved or stayed:
            counted[relation.related_model._meta.label] = [moved, stayed]
    return counted


def _move(relation: Any, other: Journalist, survivor: Journalist) -> tuple[int, int]:
    name = relation.field.name
    rows = relation.related_model._base_manager.filter(**{name: other})
    try:
        with transaction.atomic():
            return rows.update(**{name: survivor}), 0
    except IntegrityError:
        return _move_one_by_one(rows, name, survivor)


def _move_one_by_one(rows: models.QuerySet, name: str, survivor: Journalist) -> tuple[int, int]:
    """What the survivor has of its own already (a seat at the same briefing) stays with the closed record, which leads on."""
    moved, stayed = 0, 0
    for row in list(rows):
        try:
            with transaction.atomic():
                moved += rows.filter(pk=row.pk).update(**{name: survivor})
        except IntegrityError:
            stayed += 1
    return moved, stayed


def _fill(survivor: Journalist, other: Journalist) -> None:
    for field in FILLED:
        if not getattr(survivor, field):
            setattr(survivor, field, getattr(other, field))
    if not survivor.card_number and other.card_number:
        for field in CARD:
            setattr(survivor, field, getattr(other, field))
    if survivor.state == State.KNOWN and survivor.card_number == other.card_number:
        survivor.state = other.state
    if Journalist.Frequency.NEVER in {survivor.frequency, other.frequency}:
        survivor.frequency = Journalist.Frequency.NEVER


@transaction.atomic
def tell_apart(first: Journalist, second: Journalist, *, by: User, now: datetime) -> None:
    """An officer has looked: these are two people, and are not proposed again. Twice is once."""
    older, newer = sorted([first, second], key=lambda each: each.pk)
    _row, made = DifferentPeople.objects.get_or_create(first=older, second=newer)
    if made:
        note(older, "told apart", by=by, now=now, other=newer.pk)
