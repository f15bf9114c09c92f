"""Training put together: all its deeds, to be told among the others in their order of time."""

from datetime import datetime
from functools import partial

from demo.days import Days
from demo.folder import Fields, read
from demo.people import Staff
from demo.pictures import Library
from demo.training.ahead import Ahead
from demo.training.events import JustHeld, OnRecord
from demo.training.office import Deed, Office, enter
from portal.people.models import Person
from portal.search.models import Topic

#: When the training office began to keep its register here; the press room has entered its people by then.
OPENED = "2025-01-03T09:00"
#: People of the press room who chair and speak here too.
SHARED = {"lam": "Đào Tuệ Lâm", "nhi": "Trịnh Uyên Nhi", "hung": "Mạc Thế Hùng", "diep": "Quách Hồng Điệp"}


def training_deeds(staff: Staff, library: Library, days: Days, topics: dict[str, Topic]) -> list[Deed]:
    written, office = read("training.toml"), Office(staff, library, days, topics)
    opened = days.moment(OPENED)
    told = [(kind, written["usual"] | each) for key, kind in _KINDS for each in written[key]]
    meetings = [kind(office, fields) for kind, fields in told]
    return [
        (opened, partial(_enter_all, office, written)),
        *(deed for meeting in meetings for deed in meeting.deeds()),
    ]


_KINDS: tuple[tuple[str, type[OnRecord | JustHeld | Ahead]], ...] = (
    ("past", OnRecord), ("held", JustHeld), ("ahead", Ahead),
)  # fmt: skip


def _enter_all(office: Office, written: Fields, now: datetime) -> None:
    for key, name in SHARED.items():
        office.people[key] = Person.objects.with_offices().get(full_name=name)
    for told in written["people"]:
        enter(office, told, now)
