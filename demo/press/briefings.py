"""The briefings of the demonstration: one regular one a quarter, counted back from the next, and two that were called ad hoc."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from demo.folder import Fields, read
from demo.press.desk import DAY, HOUR, MINUTE, Deed, Desk
from demo.press.texts import Text
from portal.editorial.actions import open_working_copy
from portal.languages import LANGUAGES
from portal.languages.dates import Quarter, quarter_of, vietnamese_day
from pressroom.actions import briefing_questions, briefings, seats
from pressroom.briefing_facts import When, moment_on
from pressroom.models import Attendance, Briefing, BriefingQuestion

_WORDS = ("title", "standfirst", "body", "proof")
#: The usual course before a briefing begins.
USUAL_NOTICE, ASKED, CHECKED_IN = 14, 8 * DAY, 15 * MINUTE
TRANSCRIBED = 3 * DAY
#: The next one lies at least so far ahead; its seats have been asked for since yesterday.
AHEAD = 4 * DAY


def briefing_deeds(desk: Desk) -> Iterator[Deed]:
    written = read("briefings.toml")
    for told in in_their_quarters(desk, written):
        yield from Meeting(desk, written["usual"] | told).deeds()


def in_their_quarters(desk: Desk, written: Fields) -> Iterator[Fields]:
    """Each with its `day`. The regular ones are told oldest first; the last is the next."""
    told = list(reversed(written["regular"]))
    today = vietnamese_day(desk.days.now)
    quarter = quarter_of(today)
    if _day_in(quarter, told[0]) <= vietnamese_day(desk.days.now + AHEAD):
        quarter = quarter.next
    for fields in told:
        day = _day_in(quarter, fields)
        # Moved dates may put one that was held ahead of today: then it was held the day before yesterday.
        held = fields is not told[0] and day >= today - timedelta(days=1)
        yield _titled(fields, quarter) | {"day": today - timedelta(days=2) if held else day}
        quarter = quarter.previous
    for fields in written["ad_hoc"]:
        yield fields | {"kind": "ad_hoc", "day": desk.days.day(fields["day"])}


def _day_in(quarter: Quarter, fields: Fields) -> date:
    return date(quarter.year, quarter.last_day.month, fields["day_of_third_month"])


def _titled(fields: Fields, quarter: Quarter) -> Fields:
    vi, en = quarter.title("vi"), quarter.title("en")
    return {
        "title_vi": f"Họp báo thường kỳ {vi[0].lower()}{vi[1:]}",
        "title_en": f"Regular press briefing, {en[0].lower()}{en[1:]}",
        **fields,
    }


class Meeting(Text):
    """One briefing from its first date to its transcript."""

    model = Briefing

    def __init__(self, desk: Desk, fields: Fields) -> None:
        super().__init__(desk, fields)
        self.when = self._exact(fields["day"])

    def _exact(self, day: date) -> When:
        begins, ends = (moment_on(day, time.fromisoformat(self.fields[name])) for name in ("begins", "ends"))
        return When("exact", day, begins, ends)

    @property
    def begins(self) -> datetime:
        return self.when.begins or self.desk.days.now

    def deeds(self) -> Iterator[Deed]:
        """Nothing of it lies ahead but the briefing itself."""
        for at, do in self._course():
            yield min(at, self.desk.days.now - 2 * HOUR), do

    def _course(self) -> Iterator[Deed]:
        announced = self.begins - timedelta(days=self.fields.get("notice_days", USUAL_NOTICE))
        moved = self.fields.get("moved_from_days_before", 0)
        first = self._exact(self.when.day - timedelta(days=moved))
        written, *brought_out = self.released_at(announced)
        yield written
        yield written[0] + MINUTE, partial(self._arrange, first)
        yield from brought_out
        yield announced + HOUR, self._confirm
        if moved:
            yield self.begins - (moved + 3) * DAY, partial(self._arrange, self.when)
        if reasons := self.fields.get("cancelled"):
            yield self.begins - timedelta(days=reasons["days_before"]), partial(self._cancel, reasons)
        else:
            yield from self._attended()

    def _attended(self) -> Iterator[Deed]:
        told = self.fields
        for place, key in enumerate(told.get("seats", [])):
            yield self.begins - ASKED - 4 * DAY + place * 2 * HOUR, partial(self._seat, key)
        for place, question in enumerate(told.get("questions", [])):
            yield self.begins - ASKED + place * HOUR, partial(self._question, question)
        if told.get("next"):
            return
        yield self.begins - CHECKED_IN, self._let_in
        yield self.begins + 2 * HOUR, self._hold
        if rows := told.get("transcript"):
            yield self.begins + TRANSCRIBED, partial(self._transcribe, rows)
            yield from self.copy_released(self.begins + TRANSCRIBED + 3 * HOUR, list(self.languages))
            yield self.begins + TRANSCRIBED + 4 * HOUR, self._check

    def write(self, now: datetime) -> None:
        quarter = self.when.quarter.first_day
        urls = {name: self.fields.get(name, "") for name in ("stream_url", "video_url", "captions_url")}
        item = Briefing(
            kind=self.fields.get("kind", "regular"), day=quarter, of_quarter=quarter,
            chair=self.desk.people[self.fields["chair"]], **self.words(*_WORDS, "contact"), **urls,
        )  # fmt: skip
        self.begin(item, now)
        self.started(item, now)
        seats.invite(item, self.desk.outlets.values(), by=self.desk.officer, now=now)
        columns = {language: self._agenda(language) for language in LANGUAGES}
        briefings.write_rows(self.item(), "agenda", columns, by=self.desk.officer, now=now)

    def _agenda(self, language: str) -> list[dict[str, Any]]:
        return [
            {"row": number, "time": row["time"], "text": row[language], "who": self._who(row, language)}
            for number, row in enumerate(self.fields["agenda"], start=1)
        ]

    def _who(self, row: Fields, language: str) -> str:
        if "outlet" in row:
            return getattr(self.desk.outlets[row["outlet"]], f"name_{language}")
        return self.desk.people[row["who"]].named_on(self.when.day, language) if "who" in row else ""

    def _arrange(self, when: When, now: datetime) -> None:
        places = {language: self.fields[f"place_{language}"] for language in LANGUAGES}
        plan = briefings.Plan(self.fields.get("kind", "regular"), when, places)
        briefings.arrange(self.item(), plan, by=self.desk.officer, now=now)

    def _confirm(self, now: datetime) -> None:
        briefings.confirm(self.item(), by=self.desk.officer, now=now, urgency=self.fields.get("urgency", ""))
        seats.arrange_seats(
            self.item(), capacity=self.fields["capacity"], outlet_cap=2, asks_until=self.begins - DAY,
            by=self.desk.officer, now=now,
        )  # fmt: skip

    def _cancel(self, reasons: Fields, now: datetime) -> None:
        said = {language: reasons[language] for language in LANGUAGES}
        briefings.cancel(self.item(), said, by=self.desk.officer, now=now)

    def _seat(self, key: str, now: datetime) -> None:
        journalist = self.desk.journalists[key]
        seats.ask_for_seat(self.item(), journalist, consent=self.fields["consent"], now=now)

    def _question(self, told: Fields, now: datetime) -> None:
        journalist = self.desk.journalists[told["journalist"]]
        language = journalist.language
        briefing_questions.send_question(self.item(), journalist, told["text"], language=language, now=now)

    def _let_in(self, now: datetime) -> None:
        for attendance in Attendance.objects.filter(briefing=self.pk).seated():
            seats.check_in(attendance, by=self.desk.officer, now=now)

    def _hold(self, now: datetime) -> None:
        for question in BriefingQuestion.objects.filter(briefing=self.pk).in_order():
            for state in ("taken", "answered"):
                briefing_questions.turn_question(question, state, by=self.desk.officer, now=now)
        briefings.hold(self.item(), by=self.desk.officer, now=now)

    def _transcribe(self, rows: list[Fields], now: datetime) -> None:
        copy = open_working_copy(self.item(), by=self.desk.officer, now=now)
        columns = {language: self._said(rows, language) for language in LANGUAGES}
        briefings.write_rows(copy, "transcript", columns, by=self.desk.officer, now=now)
        self.keep_copy(self.copy(), self.fields["transcribed"], list(self.languages), now)

    def _said(self, rows: list[Fields], language: str) -> list[dict[str, Any]]:
        return [
            {"row": number, "is": row["is"], "who": self._who(row, language), "text": row[language]}
            for number, row in enumerate(rows, start=1)
        ]

    def _check(self, now: datetime) -> None:
        for language in self.languages:
            briefings.check_transcript(self.item(), language, by=self.desk.spokesperson, now=now)
