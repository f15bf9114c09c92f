"""What everything told of training leans on: who works there, and the people who chair and teach, by key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.days import Days
from demo.folder import Fields
from demo.people import Staff
from demo.pictures import Library
from portal.accounts.models import User
from portal.people import actions as people
from portal.people.models import Office as Post
from portal.people.models import Person
from portal.search.models import Topic

Deed = tuple[datetime, Callable[[datetime], object]]

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class Office:
    """The training office. `people` are those of the press room too, once it has entered them."""

    staff: Staff
    library: Library
    days: Days
    topics: dict[str, Topic]
    people: dict[str, Person] = field(default_factory=dict)

    @property
    def officer(self) -> User:
        return self.staff.first("training officer")


def enter(office: Office, told: Fields, now: datetime) -> None:
    """Somebody of the record, with the office they are known to have held on one day."""
    person = Person(full_name=told["full_name"], address=told.get("address", "mr"))
    office.people[told["key"]] = people.save(person, by=office.officer, now=now)
    post = Post(
        person=person,
        since=told["on"],
        until=told["on"],
        title_vi=told["title_vi"],
        title_en=told["title_en"],
    )
    people.save_office(post, by=office.officer, now=now)
