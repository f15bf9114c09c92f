"""The shelf of the demonstration: four issues of the bulletin, each mailed or not as it was, and works to keep."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from demo.days import Days
from demo.folder import FOLDER, Fields, read
from demo.people import Staff
from demo.pictures import Library
from news.models import Article
from portal.editorial.actions import start, take_step
from portal.editorial.models import Publishable
from portal.languages import LANGUAGES
from portal.languages.dates import Quarter, quarter_of
from portal.search.models import Topic
from publications import actions
from publications.models import Bulletin, Licence, Publication

Deed = tuple[datetime, Callable[[datetime], object]]

BEGUN, FROZEN, SUBMITTED, APPROVED = (
    timedelta(days=2),
    timedelta(hours=20),
    timedelta(hours=18),
    timedelta(hours=16),
)
_BULLETIN_WORDS = ("standfirst", "foreword", "foreword_by", "figures", "responsible")
_WORK_WORDS = ("title", "standfirst", "body", "authors", "rights")


def issues() -> list[Fields]:
    """The issues, oldest first."""
    return [read(f"bulletins/{path.name}") for path in sorted((FOLDER / "bulletins").glob("*.toml"))]


def fill_licences(days: Days) -> None:
    moved = ("issued_on", "valid_from", "valid_until")
    for row in read("bulletins.toml")["licences"]:
        Licence.objects.create(
            **{name: days.day(value) if name in moved else value for name, value in row.items()}
        )


class Shelf:
    """The deeds that fill it, told among those of the articles."""

    def __init__(
        self,
        staff: Staff,
        library: Library,
        days: Days,
        *,
        articles: dict[str, Article],
        topics: dict[str, Topic],
    ) -> None:
        self.staff, self.library, self.days = staff, library, days
        self.articles, self.topics = articles, topics

    def deeds(self) -> list[Deed]:
        works = [Work(self, fields) for fields in read("publications.toml")["publications"]]
        told = issues()
        newest = quarter_of(self.days.day(told[-1]["dated"])).previous
        numbered = []
        for fields in reversed(told):  # counted back, so that moved dates leave no quarter out
            numbered.append(Issue(self, fields, newest))
            newest = newest.previous
        return [deed for each in (*works, *numbered) for deed in each.deeds()]


class _Told(ABC):
    """A thing on its way from its first draft to its readers."""

    pk = 0

    def __init__(self, shelf: Shelf, fields: Fields) -> None:
        self.shelf, self.fields = shelf, fields
        self.published = shelf.days.moment(fields["published"])
        self.languages: tuple[str, ...] = tuple(fields.get("languages", LANGUAGES))

    @abstractmethod
    def item(self) -> Publishable: ...

    @abstractmethod
    def deeds(self) -> Iterator[Deed]: ...

    def _released(self) -> Iterator[Deed]:
        for language in self.languages:
            yield self.published - SUBMITTED, partial(self._step, "submit", language, "editor")
            yield self.published - APPROVED, partial(self._step, "approve", language, f"approver-{language}")
            yield self.published, partial(self._step, "publish", language, "publisher")

    def _step(self, step: str, language: str, role: str, now: datetime) -> None:
        take_step(self.item(), step, language=language, by=self.shelf.staff.first(role), now=now)

    def _begin(self, item: Any, pictures: list[tuple[str, str]], now: datetime) -> None:
        item.created_at, item.created_by = now, self.shelf.staff.first("editor")
        item.save()
        self.pk = item.pk
        item.topics.set([self.shelf.topics[key] for key in self.fields.get("topics", [])])
        self.shelf.library.place_series(item, pictures, self.fields)
        start(item, by=self.shelf.staff.first("editor"), now=now)


class Issue(_Told):
    """One issue of the bulletin."""

    def __init__(self, shelf: Shelf, fields: Fields, quarter: Quarter) -> None:
        super().__init__(shelf, fields)
        self.quarter = quarter

    def item(self) -> Bulletin:
        return Bulletin.objects.get(pk=self.pk)

    def deeds(self) -> Iterator[Deed]:
        yield self.published - BEGUN, self._compose
        for language in self.languages:
            yield self.published - FROZEN, partial(self._freeze, language)
        yield from self._released()

    def _compose(self, now: datetime) -> None:
        day = self.shelf.days.day(self.fields["dated"])
        licence = Licence.objects.valid_on(day).first()
        words = {
            f"{field}_{language}": self.fields.get(f"{field}_{language}", "")
            for field in _BULLETIN_WORDS
            for language in LANGUAGES
        }
        titles = {
            f"title_{language}": Bulletin.usual_title(licence, self.quarter, language)
            for language in self.languages
        }
        item = Bulletin(
            year=self.quarter.year, quarter=self.quarter.number, number=self.fields["number"], dated=day, licence=licence,
            source_language="en", **words, **titles,
        )  # fmt: skip
        self._begin(item, [(self.fields["cover"], "cover")], now)
        for language in self.languages:
            records = [self._record(each) for each in self.fields[f"contents_{language}"]]
            actions.compose(self.item(), language, records, by=self.shelf.staff.first("editor"), now=now)

    def _record(self, told: Fields) -> dict[str, Any]:
        if "section" in told:
            return {"is": "section", "title": told["section"]}
        if "piece" in told:
            return {"is": "piece", "of": f"news.article:{self.shelf.articles[told['piece']].pk}"}
        return {"is": "text", "title": told["text_title"], "text": told["text"]}

    def _freeze(self, language: str, now: datetime) -> None:
        actions.freeze(self.item(), language, by=self.shelf.staff.first("editor"), now=now)


class Work(_Told):
    """A photo book, a brochure, a report."""

    def item(self) -> Publication:
        return Publication.objects.get(pk=self.pk)

    def deeds(self) -> Iterator[Deed]:
        yield self.published - BEGUN, self._write
        yield from self._released()

    def _write(self, now: datetime) -> None:
        words = {
            f"{field}_{language}": self.fields.get(f"{field}_{language}", "")
            for field in _WORK_WORDS
            for language in LANGUAGES
        }
        form = getattr(Publication.Form, self.fields["form"].upper())
        photos = [(key, "photo") for key in self.fields.get("photos", [])]
        item = Publication(form=form, year=self.fields["year"], **words)
        self._begin(item, [(self.fields["cover"], "cover"), *photos], now)
