"""A text of the press room on its way: written by the press officer, approved and released by the spokesperson."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from demo.folder import Fields, Unsound
from demo.press.desk import HOUR, MINUTE, Deed, Desk
from portal.accounts.models import User
from portal.editorial.actions import open_working_copy, record_save, start, take_step
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES
from portal.search.models import Entry

#: How long before its hour a text was begun, submitted and approved; and what is said in a hurry.
USUAL = (timedelta(hours=22), timedelta(hours=17), timedelta(minutes=40))
HURRIED = (2 * HOUR, HOUR, 15 * MINUTE)


class Text(ABC):
    """One text of the folder; `pk` is the row its first deed has made."""

    model: Any
    pk = 0

    def __init__(self, desk: Desk, fields: Fields) -> None:
        self.desk, self.fields = desk, fields
        self.languages: tuple[str, ...] = tuple(fields.get("languages", LANGUAGES))
        self.begun, self.submitted, self.approved = HURRIED if fields.get("hurried") else USUAL

    @abstractmethod
    def deeds(self) -> Iterator[Deed]: ...

    @abstractmethod
    def write(self, now: datetime) -> None: ...

    def item(self) -> Any:
        return self.model._default_manager.get(pk=self.pk)

    def copy(self) -> Any:
        return self.model._default_manager.get(working_copy_of=self.pk)

    def entry(self, language: str) -> Entry:
        return Entry.objects.about(self.item()).get(language=language)

    def begin(self, item: Publishable, now: datetime) -> Publishable:
        """Keep the new row and let its history begin."""
        item.created_at, item.created_by = now, self.desk.officer
        item.save()
        self.pk = item.pk
        topics: Any = item
        topics.topics.set([self.desk.topics[key] for key in self.fields.get("topics", [])])
        return item

    def started(self, item: Publishable, now: datetime) -> None:
        start(item, by=self.desk.officer, now=now)

    def words(self, *names: str) -> Fields:
        """The columns of both languages; a language the text is not in has none."""
        return {
            f"{name}_{language}": self.fields.get(f"{name}_{language}", "").strip()
            for name in names
            for language in self.languages
        }

    def approved_by(self, at: datetime) -> Iterator[Deed]:
        """Written, submitted and approved in time for an hour."""
        yield at - self.begun, self.write
        for language in self.languages:
            yield at - self.submitted, partial(self.step, "submit", language, self.desk.officer)
            yield at - self.approved, partial(self.step, "approve", language, self.desk.spokesperson)

    def released_at(self, at: datetime) -> Iterator[Deed]:
        yield from self.approved_by(at)
        for language in self.languages:
            yield at, partial(self.step, "publish", language, self.desk.spokesperson)

    def changed(self, change: Fields) -> Iterator[Deed]:
        """A correction or an update, through a working copy."""
        at = self.desk.days.moment(change["at"])
        languages = [language for language in self.languages if change.get(f"note_{language}")]
        yield at - 2 * HOUR, partial(self._rewrite, change, languages)
        yield from self.copy_released(at, languages)

    def copy_released(self, at: datetime, languages: list[str]) -> Iterator[Deed]:
        officer, spokesperson = self.desk.officer, self.desk.spokesperson
        deputy = self.desk.staff.by_role["spokesperson"][-1]
        for language in languages:
            yield at - HOUR, partial(self.step_of_copy, "submit", language, officer)
            yield at - 20 * MINUTE, partial(self.step_of_copy, "approve", language, deputy)
            # Whose hand the new version bears has not approved it.
            yield at, partial(self.step_of_copy, "publish", language, spokesperson)

    def _rewrite(self, change: Fields, languages: list[str], now: datetime) -> None:
        copy = open_working_copy(self.item(), by=self.desk.officer, now=now)
        for wording in change["wording"]:
            column = f"{wording['field']}_{wording['language']}"
            said = getattr(copy, column)
            if said.count(wording["said"]) != 1:
                raise Unsound(f"{self.fields['key']}: {column} must say once: {wording['said']}")
            setattr(copy, column, said.replace(wording["said"], wording["says"]))
        self.keep_copy(copy, change, languages, now)

    def keep_copy(self, copy: Any, change: Fields, languages: list[str], now: datetime) -> None:
        """Save a working copy with the public note of its change in each language."""
        for language in languages:
            setattr(copy, f"change_kind_{language}", change["kind"])
            setattr(copy, f"change_note_{language}", change[f"note_{language}"])
        copy.save()
        record_save(copy, by=self.desk.officer, now=now)

    def step(self, step: str, language: str, by: User, now: datetime, **said: Any) -> None:
        take_step(self.item(), step, language=language, by=by, now=now, **said)

    def step_of_copy(self, step: str, language: str, by: User, now: datetime) -> None:
        take_step(self.copy(), step, language=language, by=by, now=now)
