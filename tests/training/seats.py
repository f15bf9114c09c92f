"""Makers of seats: an event with its hall, people and groups, by the actions people call, at NOON unless said otherwise."""

import itertools
from datetime import datetime, time, timedelta
from typing import Any

from portal.languages.dates import ICT, vietnamese_day
from tests.make import DAY, NOON
from training.actions import arrangements, deciding, nominating, registering, seats
from training.actions.arrangements import Group
from training.actions.nominating import Person
from training.models import Event, Quota, Registration
from training.rules.seats import Hall, positions

_numbers = itertools.count(1)
IN_THREE_WEEKS = 25


def hall(
    capacity: int | None = 2, *, in_days: int = IN_THREE_WEEKS, now: datetime = NOON, **fields: Any
) -> Event:
    """A confirmed event of one morning, with so many seats; its text is not for readers."""
    day = vietnamese_day(now) + timedelta(days=in_days)
    begins, ends = (datetime.combine(day, time(hour), tzinfo=ICT) for hour in (8, 11))
    said = {
        "title_vi": "Tập huấn công tác thông tin đối ngoại", "title_en": "Training in foreign information",
        "precision": "exact", "begins_on": day, "ends_on": day, "begins_at": begins, "ends_at": ends,
        "place_vi": "12 Ngô Quyền, Hà Nội", "place_en": "12 Ngo Quyen, Ha Noi", "progress": "confirmed",
        "contact_vi": "Bà Lê Thu Hà", "contact_en": "Ms Le Thu Ha", "capacity": capacity, "created_at": now,
    }  # fmt: skip
    return Event.objects.create(**(said | fields))


def said(**fields: Any) -> dict[str, Any]:
    """What somebody types."""
    number = next(_numbers)
    typed = {
        "full_name": f"Nguyễn Thị {number}", "email": f"hoc.vien{number}@don-vi.example", "address": "ms",
        "job_title": "Chuyên viên", "unit": None, "unit_name": "Sở Ngoại vụ", "needs": "", "language": "vi",
    }  # fmt: skip
    return typed | fields


def asked(event: Event, *, now: datetime = NOON, **fields: Any) -> Registration:
    """A wish whose address is not confirmed."""
    typed = said(**fields)
    registering.register(event, **typed, consent="Tôi đồng ý.", now=now)
    return event.registrations.filter(email=typed["email"]).latest("pk")


def registered(event: Event, *, now: datetime = NOON, **fields: Any) -> Registration:
    """What became of a wish once it was confirmed."""
    return registering.confirm(asked(event, now=now, **fields), now=now)


def group(event: Event, seats: int = 1, *, now: datetime = NOON, **fields: Any) -> Quota:
    typed: dict[str, Any] = {
        "names": {"vi": "Các Sở", "en": "Provincial departments"}, "released_at": now + 10 * DAY,
        "focal_name": "Trần Văn Bình", "focal_email": f"dau.moi{next(_numbers)}@don-vi.example",
    }  # fmt: skip
    return arrangements.add_group(event, Group(seats=seats, **(typed | fields)), by=None, now=now)


def somebody(**fields: Any) -> Person:
    number = next(_numbers)
    typed = {
        "full_name": f"Lê Văn {number}", "job_title": "Chuyên viên", "email": f"can.bo{number}@don-vi.example",
        "language": "vi",
    }  # fmt: skip
    return Person(**(typed | fields))


def nominated(quota: Quota, *, now: datetime = NOON, **fields: Any) -> Registration:
    return nominating.nominate(quota, [somebody(**fields)], now=now)[0]


def given_back(registration: Registration, *, now: datetime = NOON) -> Registration:
    return seats.give_back(registration, by=None, now=now)


def cancelled(registration: Registration, *, now: datetime = NOON) -> Registration:
    return deciding.cancel(registration, "Lớp bị chia lại.", by=None, now=now)


def states(event: Event) -> list[str]:
    """Of everybody, in the order in which they asked."""
    return list(event.registrations.order_by("pk").values_list("state", flat=True))


def state(registration: Registration) -> str:
    return Registration.objects.get(pk=registration.pk).state


def place_of(registration: Registration, *, now: datetime = NOON) -> int:
    """On the waiting list, from 1."""
    return positions(registration.event, now).get(registration.pk, 0)


def is_sound(event: Event, *, now: datetime = NOON) -> bool:
    event = Event.objects.get(pk=event.pk)
    return Hall.of(event, now).is_sound
