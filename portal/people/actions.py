"""Keeping the register of people: every change is written down."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.history.actions import record
from portal.people.models import Office, Person, folded_name, folded_title, given_name_of


@transaction.atomic
def save(person: Person, *, by: User | None, now: datetime) -> Person:
    """Save a person, found by their name from now on."""
    added = person.pk is None
    proposed: Any = person.given_name or given_name_of(person.full_name)
    person.given_name = proposed
    person.folded = folded_name(person)
    person.save()
    record(person, "added" if added else "changed", by=by, now=now)
    return person


@transaction.atomic
def save_office(office: Office, *, by: User | None, now: datetime) -> Office:
    """Save an office; its person is found by it from now on."""
    office.folded = folded_title(office)
    office.save()
    record(office.person, "office changed", by=by, now=now, office=office.titled("vi"))
    return office
