"""Makers for the organisers' side: rows as they are after registration, the day and the certificates did their work."""

import itertools
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.directory.models import Organisation
from portal.editorial.actions import start
from portal.people.models import Person
from tests import make
from tests.make import NOON
from training.models import Certificate, Event, HeadCount, Presence, Registration, Session, Theme
from training.rules.certificates import Terms, common_facts, facts_of

_numbers = itertools.count(1)


def officer(**fields: Any) -> User:
    return make.person("training officer", **fields)


def unit(name_vi: str = "", name_en: str = "") -> Organisation:
    number = next(_numbers)
    return Organisation.objects.create(
        kind=Organisation.Kind.UNIT,
        name_vi=name_vi or f"Vụ {number}",
        name_en=name_en or f"Department {number}",
    )


def theme(code: str = "skills") -> Theme:
    return Theme.objects.get_or_create(
        code=code, defaults={"name_vi": f"Chủ đề {code}", "name_en": f"Theme {code}"}
    )[0]


def event(
    *,
    begins_on: date = date(2026, 9, 10),
    days: int = 1,
    held: bool = True,
    now: datetime = NOON,
    **fields: Any,
) -> Event:
    """A course that was held, its days known."""
    number = next(_numbers)
    said = {
        "title_vi": f"Tập huấn số {number}", "title_en": f"Training {number}", "precision": Event.Precision.DAY,
        "begins_on": begins_on, "ends_on": begins_on + timedelta(days=days - 1),
        "progress": Event.Progress.HELD if held else Event.Progress.CONFIRMED,
    }  # fmt: skip
    return start(Event.objects.create(created_at=now, **(said | fields)), by=None, now=now)


def session(event: Event, hours: float = 3, *, after: float = 0) -> Session:
    """A session of the first day, so many hours after eight in the morning."""
    day = datetime.combine(event.begins_on, datetime.min.time(), tzinfo=timezone.get_default_timezone())
    begins = day + timedelta(hours=8 + after)
    return Session.objects.create(event=event, begins_at=begins, ends_at=begins + timedelta(hours=hours))


def registration(
    event: Event, full_name: str = "", state: str = "seated", *, now: datetime = NOON, **fields: Any
) -> Any:
    """A row as registration leaves it."""
    number = next(_numbers)
    email = fields.pop("email", f"participant{number}@unit.example")
    moments = {"queued_at": now} if state == "waiting" else {}
    moments |= {"offer_expires_at": now + timedelta(days=2)} if state == "offered" else {}
    moments |= {"confirmed_at": None if state == "unconfirmed" else now, "state_since": now, "asked_at": now}
    said = {"email": email, "email_key": email.lower(), "consent": "Tôi đồng ý."}
    return Registration.objects.create(
        event=event, full_name=full_name or f"Nguyễn Văn {number}", state=state, **(said | moments | fields)
    )


def present(registration: Registration, session: Session | None = None, *, now: datetime = NOON) -> Presence:
    return Presence.objects.create(registration=registration, session=session, at=now, how="list")


def certificate(registration: Registration, *, now: datetime = NOON) -> Certificate:
    number = next(_numbers)
    signer = Person.objects.get_or_create(full_name="Lê Thị Ký")[0]
    common = common_facts(registration.event, Terms(signer, Decimal(6), now.date()))
    facts = facts_of(common, name=registration.full_name, number=f"{number:02}/GCN")
    return Certificate.objects.create(
        year=2026, number=number, printed=f"{number:02}/GCN", event=registration.event, registration=registration,
        signer=signer, full_name=registration.full_name, facts=facts, signature="A" * 86 + "==",
        check_code=f"code{number}", issued_at=now,
    )  # fmt: skip


def head_count(
    event: Event, number: int, qualifier: str = "", what: str = "attended", source: str = "Biên bản"
) -> HeadCount:
    return HeadCount.objects.create(event=event, what=what, number=number, qualifier=qualifier, source=source)


def the_record() -> list[Event]:
    """The five events of 2015–2017 as their reports count them (DOMAIN row 18)."""
    rows = [
        (date(2015, 6, 11), 350, "about"), (date(2015, 9, 3), 70, ""), (date(2016, 5, 19), 150, "nearly"),
        (date(2017, 6, 20), 100, "nearly"), (date(2017, 8, 29), 100, "over"),
    ]  # fmt: skip
    events = [event(begins_on=day) for day, _number, _qualifier in rows]
    for each, (_day, number, qualifier) in zip(events, rows, strict=True):
        head_count(each, number, qualifier, source="Báo cáo tổng kết giai đoạn 2015–2017")
    return events
