"""What everything told of the press room leans on: who works there, and what has been made so far, by key."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from demo.days import Days
from demo.people import Staff
from demo.pictures import Library
from portal.accounts.models import User
from portal.directory.models import Organisation
from portal.people.models import Person
from portal.search.models import Topic
from pressroom.models import Journalist

Deed = tuple[datetime, Callable[[datetime], object]]

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
#: When the press room of the demonstration opened.
OPENED = "2025-01-02T08:00"


@dataclass
class Desk:
    """The press office: `people`, `outlets` and `journalists` are filled by the first deeds."""

    staff: Staff
    library: Library
    days: Days
    topics: dict[str, Topic]
    people: dict[str, Person] = field(default_factory=dict)
    outlets: dict[str, Organisation] = field(default_factory=dict)
    journalists: dict[str, Journalist] = field(default_factory=dict)

    @property
    def officer(self) -> User:
        return self.staff.first("press officer")

    @property
    def spokesperson(self) -> User:
        return self.staff.first("spokesperson")
