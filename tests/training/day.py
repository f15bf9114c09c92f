"""Plain makers of the day and after: an event of two sessions on the day of NOON, people with seats, a phone at the door."""

import itertools
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from portal.editorial.actions import start
from portal.people.models import Office, Person
from tests import make
from tests.make import HOUR, NOON
from training.actions import scans
from training.models import Event, How, Presence, Registration, Session
from training.rules.clocks import Clock
from training.rules.codes import code_of

PHONE, OTHER_PHONE = UUID(int=1), UUID(int=2)
_numbers = itertools.count(1)


def event(*, sessions: int = 2, now: datetime = NOON, **fields: Any) -> Event:
    """An event of so many sessions of an hour, the first at 11:00 Vietnamese time of the day of `now`."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "title_vi": f"Tập huấn thông tin đối ngoại, lớp {number}",
        "title_en": f"Training in foreign information, class {number}",
        "standfirst_vi": "Kỹ năng viết tin.", "standfirst_en": "Writing news.",
        "audience_vi": "Cán bộ đầu mối.", "audience_en": "Focal points.",
        "place_vi": "12 Ngô Quyền, Hà Nội", "place_en": "12 Ngo Quyen, Ha Noi",
        "begins_on": now.date(), "ends_on": now.date(), "precision": "day", "capacity": 100, "progress": "confirmed",
    }  # fmt: skip
    if sessions:
        said |= {"precision": "exact", "begins_at": now - HOUR, "ends_at": now + (2 * sessions - 2) * HOUR}
    made = start(Event.objects.create(created_at=now, **(said | fields)), by=None, now=now)
    for place in range(sessions):
        begins = now - HOUR + 2 * place * HOUR
        Session.objects.create(
            event=made, begins_at=begins, ends_at=begins + HOUR,
            title_vi=f"Buổi {place + 1}", title_en=f"Session {place + 1}", room_vi="Phòng A", room_en="Room A",
        )  # fmt: skip
    return make.again(made)


def seat(of: Event, name: str = "", *, now: datetime = NOON, **fields: Any) -> Registration:
    """Somebody with a seat."""
    number = next(_numbers)
    said: dict[str, Any] = {
        "full_name": name or f"Nguyễn Văn Bình {number}", "email": f"nguoi{number}@so.example", "language": "vi",
        "email_key": f"nguoi{number}@so.example", "state": "seated", "state_since": now, "asked_at": now,
        "confirmed_at": now,
    } | fields  # fmt: skip
    return Registration.objects.create(event=of, **said)


def session(of: Event, place: int = 0) -> Session:
    return list(of.sessions.all())[place]


def present(who: Registration, *places: int, at: datetime = NOON) -> Registration:
    """Somebody who was at these sessions (at the first)."""
    for place in places or (0,):
        Presence.objects.create(registration=who, session=session(who.event, place), at=at, how=How.LIST)
    return who


def officer(**fields: Any) -> Any:
    return make.person("training officer", **fields)


def signer(name: str = "Trần Thu Hà", **fields: Any) -> Person:
    """A director general since 2020."""
    person = Person.objects.create(full_name=name, given_name=name.rsplit(maxsplit=1)[-1], **fields)
    Office.objects.create(
        person=person, title_vi="Vụ trưởng Vụ Hợp tác quốc tế", since=NOON.date().replace(year=2020),
        title_en="Director General, Department of International Cooperation",
    )  # fmt: skip
    return person


def scanned(
    who: Registration | str,
    of: Event | None = None,
    *,
    place: int | None = 0,
    at: datetime = NOON,
    now: datetime = NOON,
    phone: UUID = PHONE,
    wrong: timedelta = timedelta(0),
    nonce: UUID | None = None,
    by: Any = None,
    **fields: Any,
) -> Any:
    """A phone whose clock is `wrong` (ahead) by so much has read a code at `at`, and sends it `now`."""
    here = of or who.event
    read = scans.Read(
        nonce=nonce or uuid4(), code=who if isinstance(who, str) else code_of(who),
        session=session(here, place).pk if place is not None else None, said_at=at + wrong,
        known_behind=fields.get("known_behind", -wrong),
    )  # fmt: skip
    return scans.take(here, read, device=phone, clock=Clock(now + wrong, now), by=by)
