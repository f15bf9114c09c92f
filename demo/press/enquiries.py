"""What the demonstration's journalists have asked, the crisis dossier, the corrections demanded of outlets, the meetings held."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from demo.folder import Fields, read
from demo.press.desk import HOUR, Deed, Desk
from demo.press.releases import Said
from demo.press.texts import Text
from portal.accounts.models import User
from portal.directory.models import Organisation
from portal.editorial.actions import record_save
from portal.languages import LANGUAGES
from portal.languages.dates import vietnamese_day
from pressroom.actions import answers, crises, enquiries, registers, units
from pressroom.models import (
    CorrectionRequest,
    Crisis,
    CrisisTask,
    Enquiry,
    PressAnswer,
    PressMeeting,
    RefusalGround,
)

_DATED = ("item_on", "found_on", "sent_on", "due_on", "replied_on", "held_on")


def enquiry_deeds(desk: Desk, statements: list[Said]) -> Iterator[Deed]:
    written = read("enquiries.toml")
    asked = {told["key"]: Asked(desk, told, written["consent"]) for told in written["enquiries"]}
    for each in asked.values():
        yield from each.deeds()
    yield from _Dossier(
        desk, written["crisis"], asked, {each.fields["key"]: each for each in statements}
    ).deeds()
    for told in written["corrections"]:
        yield desk.days.afternoon(told["found_on"]), partial(_keep_row, desk, CorrectionRequest, told)
    for told in written["meetings"]:
        yield desk.days.afternoon(told["held_on"]), partial(_keep_row, desk, PressMeeting, told)


def _keep_row(desk: Desk, model: Any, told: Fields, now: datetime) -> None:
    said: Fields = {name: desk.days.day(value) if name in _DATED else value for name, value in told.items()}
    registered: Fields = {"outlet": desk.outlets, "spoken_by": desk.people}
    said |= {name: registered[name][said[name]] for name in registered if name in said}
    outlets = said.pop("outlets", [])
    if "sent_on" in said:
        said["due_on"] = registers.correction_due(said["sent_on"])
    row = registers.keep(model(**said), by=desk.officer, now=now)
    if outlets:
        row.outlets.set([desk.outlets[key] for key in outlets])


class Asked(Text):
    """One enquiry; the text is the public answer made of it, where there is one."""

    model = PressAnswer
    enquiry_pk = 0

    def __init__(self, desk: Desk, fields: Fields, consent: str) -> None:
        super().__init__(desk, fields)
        self.consent = consent
        self.at = desk.days.moment(fields["asked"])

    def enquiry(self) -> Enquiry:
        return Enquiry.objects.get(pk=self.enquiry_pk)

    def deeds(self) -> Iterator[Deed]:
        told, officer = self.fields, self.desk.officer
        yield self.at, self._ask
        if "unit" in told:
            yield self.at + HOUR, self._ask_unit
        if "unit_says" in told.get("unit", {}):
            yield self.at + 18 * HOUR, self._unit_answers
        if "answer_vi" not in told:
            return
        yield self.at + 20 * HOUR, self._draft
        if told["state"] == "drafted":
            return
        yield (
            self.at + 21 * HOUR,
            lambda now: enquiries.clear(self.enquiry(), by=self.desk.spokesperson, now=now),
        )
        if told["state"] in {"answered", "refused"}:
            reply = enquiries.refuse if "ground" in told else enquiries.send
            yield self.at + 22 * HOUR, lambda now: reply(self.enquiry(), by=officer, now=now)
        if "public" in told:
            yield from self._made_public()

    def _made_public(self) -> Iterator[Deed]:
        yield from self.released_at(self.at + timedelta(hours=48))

    def _ask(self, now: datetime) -> None:
        told, journalist = self.fields, self.desk.journalists[self.fields["journalist"]]
        row = Enquiry(
            channel=told.get("channel", "form"), language=journalist.language, asked_by=journalist.full_name,
            email=journalist.email, phone=journalist.phone, consent=self.consent, subject=told["subject"],
            question=told["question"], terms=told.get("terms", "on_record"), asked_at=now,
            may_be_named=told.get("may_be_named", False), outlet=journalist.outlet,
        )  # fmt: skip
        by = None if row.channel == "form" else self.desk.officer
        self.enquiry_pk = enquiries.ask(row, by=by, now=now).pk

    def _ask_unit(self, now: datetime) -> None:
        told = self.fields["unit"]
        unit = Organisation.objects.get(kind=Organisation.Kind.UNIT, name_en=told["name_en"])
        units.ask_unit(self.enquiry(), unit, told["words"], by=self.desk.officer, now=now)

    def _unit_answers(self, now: datetime) -> None:
        told = self.fields["unit"]
        request = self.enquiry().unit_requests.get()
        units.take_answer(request, told["unit_says"], name=told["answered_by"], by=None, now=now)

    def _draft(self, now: datetime) -> None:
        said = {language: self.fields.get(f"answer_{language}", "") for language in LANGUAGES}
        code = self.fields.get("ground")
        grounds = RefusalGround.objects.valid_on(vietnamese_day(now))
        enquiries.draft(
            self.enquiry(),
            said,
            ground=grounds.get(code=code) if code else None,
            by=self.desk.officer,
            now=now,
        )

    def write(self, now: datetime) -> None:
        item = answers.publish(self.enquiry(), by=self.desk.officer, now=now)
        self.pk = item.pk
        for name, words in self.fields["public"].items():
            setattr(item, name, words)
        item.save()
        record_save(item, by=self.desk.officer, now=now)


class _Dossier:
    """The crisis: what was learned, said and done, in its order."""

    def __init__(
        self, desk: Desk, told: Fields, asked: dict[str, Asked], statements: dict[str, Said]
    ) -> None:
        self.desk, self.told, self.asked, self.statements = desk, told, asked, statements
        self.learned = desk.days.moment(told["learned"])
        self.pk = 0

    def crisis(self) -> Crisis:
        return Crisis.objects.get(pk=self.pk)

    def deeds(self) -> Iterator[Deed]:
        yield self.learned + HOUR / 2, self._open
        for told in self.told["timeline"]:
            yield max(self._at(told), self.learned + HOUR / 2) + HOUR / 4, partial(self._write_down, told)
        for told in self.told["tasks"]:
            yield self.learned + HOUR, partial(self._give_task, told)
            if "done_after" in told:
                yield self.learned + timedelta(hours=told["done_after"]), partial(self._finish, told)
        statement = self.statements[self.told["statement"]]
        spoke = self.desk.days.moment(statement.fields["published"])
        yield spoke + HOUR / 4, partial(self._spoke, statement, spoke)
        yield self.desk.days.now - HOUR, self._relate

    def _at(self, told: Fields) -> datetime:
        return self.learned + timedelta(hours=told["after"])

    def _person(self, told: Fields) -> User:
        return self.desk.staff.first(told["owner"])

    def _open(self, now: datetime) -> None:
        words = {
            name: self.told[name]
            for name in ("title", "severity", "signs", "truth", "holding_vi", "holding_en")
        }
        crisis = Crisis(learned_at=self.learned, owner=self.desk.spokesperson, **words)
        self.pk = crises.open_crisis(crisis, by=self.desk.officer, now=now).pk

    def _write_down(self, told: Fields, now: datetime) -> None:
        crises.write_down(
            self.crisis(),
            told["what"],
            at=self._at(told),
            source=told["source"],
            by=self.desk.officer,
            now=now,
        )

    def _give_task(self, told: Fields, now: datetime) -> None:
        due = self.learned + timedelta(hours=told["due_after"])
        crises.give_task(
            self.crisis(), told["what"], owner=self._person(told), due_at=due, by=self.desk.officer, now=now
        )

    def _finish(self, told: Fields, now: datetime) -> None:
        task = CrisisTask.objects.get(crisis=self.pk, what=told["what"])
        crises.finish_task(task, by=self._person(told), now=now)

    def _spoke(self, statement: Said, at: datetime, now: datetime) -> None:
        crises.made_statement(
            self.crisis(), at=at, proof=statement.entry("vi").url, statement=statement.item(),
            by=self.desk.officer, now=now,
        )  # fmt: skip

    def _relate(self, now: datetime) -> None:
        related = [self.asked[key].enquiry() for key in self.told["enquiries"]]
        crises.relate(self.crisis(), related, by=self.desk.officer, now=now)
