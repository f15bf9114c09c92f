"""Makers of events: by the actions people's clicks call, at NOON unless a test says otherwise."""

from datetime import date, datetime, time
from typing import Any

from portal.accounts.models import User
from portal.editorial.actions import start
from portal.languages.dates import ICT
from portal.people.actions import save, save_office
from portal.people.models import Office, Person
from tests import make
from tests.make import NOON
from training.actions import events as actions
from training.actions.events import PlacePlan, SessionPlan
from training.models import Event, Theme

DAY = date(2026, 12, 15)  # over three weeks after NOON, a Tuesday
PLACE = {
    "vi": "Hội trường tầng 3, 12 Ngô Quyền, Hà Nội",
    "en": "Hall on the third floor, 12 Ngo Quyen, Ha Noi",
}
ONLINE = "https://hop.example/phong-12345"


def at(day: date, hour: str) -> datetime:
    """An hour of a Vietnamese day."""
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=ICT)


def session(day: date = DAY, begins: str = "08:00", ends: str = "11:30", **said: Any) -> SessionPlan:
    plan = {"titles": {"vi": "Buổi sáng", "en": "Morning"}, "rooms": {"vi": "Phòng A", "en": "Room A"}}
    return SessionPlan(at(day, begins), at(day, ends), **(plan | said))


def theme(code: str = "press-skills") -> Theme:
    return Theme.objects.get_or_create(
        code=code, defaults={"name_vi": f"Chủ đề {code}", "name_en": f"Theme {code}"}
    )[0]


def speaker(name: str = "Trần Đình Chung", *offices: tuple[date, date | None, str, str]) -> Person:
    """Somebody who was a deputy head of office until 2017 and is a head of department since."""
    person = save(Person(full_name=name, address="mr"), by=None, now=NOON)
    for since, until, vi, en in offices or (
        (date(2015, 1, 1), date(2017, 12, 31), "Phó Chánh Văn phòng", "Deputy Chief of Office"),
        (date(2018, 1, 1), None, "Vụ trưởng", "Director General"),
    ):
        save_office(
            Office(person=person, since=since, until=until, title_vi=vi, title_en=en), by=None, now=NOON
        )
    return person


def make_event(*, now: datetime = NOON, by: User | None = None, english: bool = True, **fields: Any) -> Event:
    """A training course in draft, complete in its words; of its date the year is known."""
    said: dict[str, Any] = {
        "title_vi": "Tập huấn công tác thông tin đối ngoại năm 2026",
        "standfirst_vi": "Kỹ năng viết tin và làm việc với báo chí nước ngoài.",
        "body_vi": "<p>Hai buổi, có thực hành.</p>",
        "audience_vi": "Cán bộ đầu mối của các đơn vị thuộc Bộ.",
        "begins_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31),
    }  # fmt: skip
    if english:
        said |= {
            "title_en": "Training in foreign information, 2026",
            "standfirst_en": "Writing news and working with the foreign press.",
            "body_en": "<p>Two sessions, with exercises.</p>",
            "audience_en": "Focal points of the ministry’s units.",
        }
    speakers = fields.pop("speakers", [])
    event = Event.objects.create(created_at=now, created_by=by, **(said | fields))
    event.speakers.set(speakers)
    return start(event, by=by, now=now)


def dated(*sessions: SessionPlan, now: datetime = NOON, **fields: Any) -> Event:
    """With its sessions (one morning unless said otherwise) and its place, still planned."""
    event = actions.set_sessions(make_event(now=now, **fields), sessions or [session()], by=None, now=now)
    return actions.set_place(event, PlacePlan(PLACE, "https://ban-do.example/12-ngo-quyen"), by=None, now=now)


def confirmed(*sessions: SessionPlan, now: datetime = NOON, **fields: Any) -> Event:
    return make.again(actions.confirm(dated(*sessions, now=now, **fields), by=None, now=now))


def announced(
    *languages: str, sessions: tuple[SessionPlan, ...] = (), now: datetime = NOON, **fields: Any
) -> Event:
    """A confirmed event before readers, in both languages unless said otherwise."""
    event = dated(*sessions, now=now, **fields)
    event = make.published(event, *(languages or ("vi", "en")), now=now)
    return make.again(actions.confirm(event, by=None, now=now))
