"""The press releases of the demonstration, each to the state its file names, and sent where it says so."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from demo.folder import FOLDER, Fields, read
from demo.press.desk import HOUR, MINUTE, Deed, Desk
from demo.press.texts import Text
from portal.languages.dates import ICT, vietnamese_day
from portal.mailing import delivering
from portal.mailing.actions import sending
from portal.mailing.models import Mailing, MailingList
from portal.mailing.transport import FolderConnection
from pressroom.actions import embargoes
from pressroom.models import Copy, Distribution, PressRelease, Statement

_RELEASE_WORDS = ("title", "standfirst", "body", "background")
_STATEMENT_WORDS = ("title", "forum", "text_said")
PLACE = {"vi": "Hà Nội", "en": "Ha Noi"}


def releases(desk: Desk, contact: Fields) -> list["Release"]:
    """The releases, oldest first."""
    told = [read(f"releases/{path.name}") for path in sorted((FOLDER / "releases").glob("*.toml"))]
    made: dict[str, Release] = {}
    for fields in told:
        made[fields["key"]] = Release(desk, fields, contact, made)
    return list(made.values())


class Release(Text):
    """One release. `others` are those of the folder, by key."""

    model = PressRelease

    def __init__(self, desk: Desk, fields: Fields, contact: Fields, others: dict[str, "Release"]) -> None:
        super().__init__(desk, fields)
        self.contact, self.others = contact, others

    def deeds(self) -> Iterator[Deed]:
        state = self.fields.get("state", "published")
        if state == "in_review":
            yield from self._in_review()
        elif state in {"scheduled", "embargoed"}:
            yield from self._to_come("schedule" if state == "scheduled" else "embargo")
        else:
            yield from self._given_out()

    def hour(self) -> datetime:
        """When readers get it: as written, or so many days from now at ten o'clock."""
        written = self.fields["published"]
        if not written.startswith("+"):
            return self.desk.days.moment(written)
        day = vietnamese_day(self.desk.days.moment(written))
        return datetime.combine(day, time(10), tzinfo=ICT)

    def _given_out(self) -> Iterator[Deed]:
        yield from self.released_at(self.hour())
        moments = [self.hour()]
        for change in self.fields.get("changes", []):
            yield from self.changed(change)
            moments.append(self.desk.days.moment(change["at"]))
        for step in ("withdraw", "retract"):
            if told := self.fields.get(step):
                at = self.desk.days.moment(told["at"])
                moments.append(at)
                for language in self.languages:
                    yield at, partial(self._take_down, step, language, told)
        if self.fields.get("lists"):
            yield from ((at + MINUTE, self._carry) for at in moments)

    def _take_down(self, step: str, language: str, told: Fields, now: datetime) -> None:
        instead = self.others[told["replaced_by"]].entry(language).url if "replaced_by" in told else ""
        note = told[f"explanation_{language}"]
        self.step(step, language, self.desk.spokesperson, now, note=note, successor=instead)

    def _carry(self, now: datetime) -> None:
        """The letters handed over, into the folder of this machine, and the account of the mailing settled."""
        until = now + HOUR
        delivering.deliver_waiting(FolderConnection, now=lambda: now, sleep=lambda seconds: None, until=until)
        sent = Distribution.objects.filter(release=self.pk, mailing__state=Mailing.State.SENDING)
        for each in sent.select_related("mailing"):
            sending.close(each.mailing, by=self.desk.spokesperson, now=now)

    def _in_review(self) -> Iterator[Deed]:
        now = self.desk.days.now
        yield now - 6 * HOUR, self.write
        for language in self.languages:
            yield now - 2 * HOUR, partial(self.step, "submit", language, self.desk.officer)

    def _to_come(self, step: str) -> Iterator[Deed]:
        now = self.desk.days.now
        yield from self.approved_by(now)
        for language in self.languages:
            yield (
                now - 35 * MINUTE,
                partial(self.step, step, language, self.desk.spokesperson, at=self.hour()),
            )
        for told in self.fields.get("copies", []):
            yield now - 30 * MINUTE, partial(self._give_copy, told)
            for minutes in told.get("opened_before", []):
                yield now - timedelta(minutes=minutes), partial(self._open_copy, told)

    def _give_copy(self, told: Fields, now: datetime) -> None:
        holder = self.desk.journalists[told["journalist"]]
        embargoes.give(self.item(), told["language"], [holder], by=self.desk.officer, now=now)

    def _open_copy(self, told: Fields, now: datetime) -> None:
        copy = Copy.objects.of(self.item(), told["language"]).get(
            journalist=self.desk.journalists[told["journalist"]]
        )
        terms = embargoes.terms_on(now)
        if terms is not None:
            embargoes.accept(copy, terms, now=now)
        copy.refresh_from_db()
        embargoes.open_copy(copy, now=now)

    def write(self, now: datetime) -> None:
        item = PressRelease(
            dated_on=vietnamese_day(self.hour()), signer=self.desk.people[self.fields["signer"]],
            source_language=self.languages[0], **self.words(*_RELEASE_WORDS), **self._records(),
        )  # fmt: skip
        self.begin(item, now)
        item.lists.set(MailingList.objects.filter(slug__in=self.fields.get("lists", [])))
        item.related.set([self.others[key].pk for key in self.fields.get("related", [])])
        pictures = [(key, "photo") for key in self.fields.get("photos", [])]
        self.desk.library.place_series(item, pictures, self.fields)
        self.started(item, now)

    def _records(self) -> dict[str, Any]:
        """Place, quotes and contacts of each language."""
        said: dict[str, Any] = {}
        for language in self.languages:
            said[f"place_{language}"] = self.fields.get(f"place_{language}", PLACE[language])
            said[f"contacts_{language}"] = [
                {name: self.contact.get(f"{name}_{language}", self.contact.get(name, "")) for name in
                 ("name", "office", "phone", "email")}
            ]  # fmt: skip
            said[f"quotes_{language}"] = [
                {"speaker": str(self.desk.people[quote["speaker"]].pk), "words": quote[f"words_{language}"]}
                for quote in self.fields.get("quotes", [])
            ]
        return said


class Said(Text):
    """One statement: a sentence on each line, the same lines in both languages."""

    model = Statement

    def deeds(self) -> Iterator[Deed]:
        return self.released_at(self.desk.days.moment(self.fields["published"]))

    def write(self, now: datetime) -> None:
        at = self.desk.days.moment(self.fields["published"])
        speaker = self.fields.get("speaker")
        item = Statement(
            channel=self.fields["channel"], said_at=at - timedelta(minutes=self.fields.get("minutes_before", 0)),
            speaker=self.desk.people[speaker] if speaker else None, **self.words(*_STATEMENT_WORDS),
        )  # fmt: skip
        self.begin(item, now)
        self.started(item, now)


def statements(desk: Desk) -> list[Said]:
    return [Said(desk, fields) for fields in read("statements.toml")["statements"]]
