"""One event of the demonstration: written, approved and released like any text, then dated, confirmed and held by its actions."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from demo.folder import Fields
from demo.training.office import DAY, HOUR, MINUTE, Deed, Office
from portal.editorial.actions import start, take_step
from portal.languages import LANGUAGES
from portal.languages.dates import ICT, vietnamese_day
from training.actions import events
from training.actions.counts import say_count
from training.actions.events import PlacePlan, SessionPlan
from training.models import Event, HeadCount, Theme
from training.when import When

WORDS = ("title", "standfirst", "audience", "body", "access_notes", "contact")
#: How long before its hour a text was begun, submitted and approved.
BEGUN, SUBMITTED, APPROVED = 20 * HOUR, 15 * HOUR, 40 * MINUTE


class Meeting:
    """What is the same for all: its text and its hour; heirs say when it takes place."""

    pk = 0

    def __init__(self, office: Office, fields: Fields) -> None:
        self.office, self.fields = office, fields

    def item(self) -> Event:
        return Event.objects.get(pk=self.pk)

    def released_at(self, at: datetime) -> Iterator[Deed]:
        yield at - BEGUN, self.write
        for language in LANGUAGES:
            approver = self.office.staff.approver(language)
            yield at - SUBMITTED, partial(self._step, "submit", language, self.office.officer)
            yield at - APPROVED, partial(self._step, "approve", language, approver)
            yield at, partial(self._step, "publish", language, self.office.staff.first("publisher"))

    def _step(self, step: str, language: str, by: Any, now: datetime) -> None:
        take_step(self.item(), step, language=language, by=by, now=now)

    def write(self, now: datetime) -> None:
        told, first = self.fields, self.first_day()
        people = self.office.people
        words = {f"{name}_{each}": told.get(f"{name}_{each}", "") for name in WORDS for each in LANGUAGES}
        programme = {f"programme_{each}": self._programme(each, first) for each in LANGUAGES}
        item = Event(
            form=told["form"], theme=Theme.objects.get(code=told["theme"]), begins_on=date(first.year, 1, 1),
            ends_on=date(first.year, 12, 31), chair=people[told["chair"]] if "chair" in told else None,
            created_at=now, created_by=self.office.officer, **words, **programme,
        )  # fmt: skip
        item.save()
        self.pk = item.pk
        item.topics.set([self.office.topics[key] for key in told.get("topics", [])])
        item.speakers.set([people[key] for key in told.get("speakers", [])])
        self.office.library.place_series(item, [(key, role) for key, role in told.get("pictures", [])], told)
        start(item, by=self.office.officer, now=now)
        self.date_it(now)

    def _programme(self, language: str, first: date) -> list[dict[str, Any]]:
        return [
            {"day": "", "time": row["time"], "text": row[language], "who": self._who(row, language, first)}
            for row in self.fields.get("programme", [])
        ]

    def _who(self, row: Fields, language: str, first: date) -> str:
        return self.office.people[row["who"]].named_on(first, language) if "who" in row else ""

    def first_day(self) -> date:
        raise NotImplementedError

    def date_it(self, now: datetime) -> None:
        raise NotImplementedError

    def place_it(self, now: datetime) -> None:
        places = {each: self.fields.get(f"place_{each}", "") for each in LANGUAGES}
        plan = PlacePlan(places, self.fields.get("map_url", ""), self.fields.get("online_url", ""))
        events.set_place(self.item(), plan, by=self.office.officer, now=now)

    def hold(self, now: datetime) -> None:
        """On record as held, with the head count of its source."""
        events.mark_held(self.item(), by=self.office.officer, now=now)
        if "attended" in self.fields:
            told, what = self.fields, HeadCount.What.ATTENDED
            say_count(
                self.item(), what, told["attended"], qualifier=told["qualifier"], source=told["source"],
                by=self.office.officer, now=now,
            )  # fmt: skip


class OnRecord(Meeting):
    """Of the years before the portal: entered later, with its date as exactly as the source gives it."""

    def deeds(self) -> Iterator[Deed]:
        at = self.office.days.moment(self.fields["published"])
        yield from self.released_at(at)
        yield at - BEGUN + HOUR, self.hold

    def first_day(self) -> date:
        return self.fields["first"] if "first" in self.fields else date(self.fields["year"], 1, 1)

    def date_it(self, now: datetime) -> None:
        when = When.days(self.fields["first"]) if "first" in self.fields else When.year(self.fields["year"])
        events.set_days(self.item(), when, by=self.office.officer, now=now)
        self.place_it(now)


class WithHours(Meeting):
    """One with sessions, so many days from the day of loading."""

    def first_day(self) -> date:
        today = vietnamese_day(self.office.days.now)
        return today + timedelta(days=self.fields.get("in_days", -self.fields.get("days_ago", 0)))

    def moment(self, day: int, hour: str) -> datetime:
        return datetime.combine(self.first_day() + timedelta(days=day), time.fromisoformat(hour), tzinfo=ICT)

    def sessions(self) -> list[SessionPlan]:
        usual = {"day": 0, **{name: self.fields.get(name, "") for name in ("begins", "ends")}}
        return [
            SessionPlan(
                self.moment(told["day"], told["begins"]), self.moment(told["day"], told["ends"]),
                {each: told.get(f"title_{each}", "") for each in LANGUAGES},
                {each: told.get(f"room_{each}", "") for each in LANGUAGES},
            )
            for told in self.fields.get("sessions", [usual])
        ]  # fmt: skip

    def date_it(self, now: datetime) -> None:
        events.set_sessions(self.item(), self.sessions(), by=self.office.officer, now=now)
        self.place_it(now)

    def confirm(self, now: datetime) -> None:
        events.confirm(self.item(), by=self.office.officer, now=now)


class JustHeld(WithHours):
    """Announced two weeks before, and held."""

    def deeds(self) -> Iterator[Deed]:
        begins = self.moment(0, self.fields["begins"])
        yield from self.released_at(begins - 14 * DAY)
        yield begins - 14 * DAY + HOUR, self.confirm
        yield begins + 4 * HOUR, self.hold
