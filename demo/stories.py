"""What happened to an article, from its first draft to where it stands: deeds in their order of time.

Every deed is an action a person's click would call, so history, versions, approvals and notices are true.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

from demo.days import Days
from demo.folder import Piece
from demo.people import Staff
from demo.pictures import Library
from news.models import Article, Category
from portal.accounts.models import User
from portal.editorial.actions import open_working_copy, record_save, start, take_step
from portal.languages.dates import in_ict

#: A moment and what is done then; the deed is given its moment.
Deed = tuple[datetime, Callable[[datetime], object]]

WRITTEN, SUBMITTED, APPROVED = timedelta(hours=3), timedelta(minutes=90), timedelta(minutes=30)
FIRST_HOUR_OF_WRITING = 7
WRITTEN_IN_HASTE = timedelta(minutes=40)
TRANSLATED = timedelta(hours=2)
TRANSLATED_AFTER_ORIGINAL = timedelta(hours=8)
SCHEDULED = timedelta(minutes=10)
RETURNED_AFTER = timedelta(hours=1)
TAKEN_DOWN_AFTER = timedelta(days=2)
CHANGED_AFTER = timedelta(days=5)
HEAD = "head of the editorial board"
#: How far a text in each state has come.
_STEPS = {"draft": 0, "in_review": 1, "approved": 2}


class Story:
    """One article on its way. `article_pk` is the row made by `begin`."""

    def __init__(self, piece: Piece, staff: Staff, library: Library, days: Days) -> None:
        self.piece, self.staff, self.library, self.days = piece, staff, library, days
        self.writer = staff.writer(piece.fields["byline"])
        self.article_pk = 0

    def deeds(self) -> list[Deed]:
        """Everything that happened up to now, oldest first."""
        told = [deed for language in self.piece.languages for deed in self._of_language(language)]
        told += [*self._of_change(), *self._of_working_copy()]
        return sorted(((min(at, self.days.now), do) for at, do in told), key=lambda deed: deed[0])

    def _of_language(self, language: str) -> Iterator[Deed]:
        ready = self._ready(language)
        if self._is_urgent(language):
            yield from self._published_urgently(language, ready)
        else:
            yield from self._brought_to_approval(language, ready)
        if note := self.piece.fields.get(f"returned_note_{language}"):
            returned = ready - SUBMITTED + RETURNED_AFTER
            yield returned, self._step("return", language, self.staff.approver(language), note)
        yield from self._released(language, ready)
        yield from self._taken_down(language, ready)

    def _ready(self, language: str) -> datetime:
        """When a language was, or would have been, ready for readers."""
        fields, days = self.piece.fields, self.days
        if self.piece.state(language) == "scheduled":
            return days.now
        if language == "en" and not self.piece.is_released("en"):
            return self._ready("vi") + TRANSLATED_AFTER_ORIGINAL
        if written := self._hour(language):
            return days.moment(written)
        return days.afternoon(fields["event_on"])

    def _hour(self, language: str) -> str | None:
        published = self.piece.fields.get("published")
        return published if language == "vi" else self.piece.fields.get("published_en", published)

    def _is_urgent(self, language: str) -> bool:
        return f"urgent_reason_{language}" in self.piece.fields

    def _published_urgently(self, language: str, at: datetime) -> Iterator[Deed]:
        reason = self.piece.fields[f"urgent_reason_{language}"]
        yield at - WRITTEN_IN_HASTE, self._write(language)
        yield at, self._step("publish_urgently", language, self.staff.first("duty editor"), reason)

    def _brought_to_approval(self, language: str, ready: datetime) -> Iterator[Deed]:
        steps = _STEPS.get(self.piece.state(language), 2)
        if f"returned_note_{language}" in self.piece.fields:
            steps = 1
        author = self._author(language)
        yield _written(language, ready), self._write(language)
        if steps >= 1:
            yield ready - SUBMITTED, self._step("submit", language, author)
        if steps >= 2:
            yield ready - APPROVED, self._step("approve", language, self.staff.approver(language))

    def _released(self, language: str, ready: datetime) -> Iterator[Deed]:
        if language == "en" and self.piece.goes_out_together:
            return  # the step taken with the Vietnamese takes both
        publisher = self.staff.first("publisher")
        if self.piece.state(language) == "scheduled":
            at = self.days.moment(self._hour(language) or "")
            yield ready - SCHEDULED, self._step("schedule", language, publisher, at=at)
        elif self.piece.is_released(language) and not self._is_urgent(language):
            yield ready, self._step("publish", language, publisher)

    def _taken_down(self, language: str, published: datetime) -> Iterator[Deed]:
        step = {"withdrawn": "withdraw", "retracted": "retract"}.get(self.piece.state(language))
        if step:
            explanation = self.piece.fields[f"explanation_{language}"]
            yield (
                published + TAKEN_DOWN_AFTER,
                self._step(step, language, self.staff.first(HEAD), explanation),
            )

    def _of_change(self) -> Iterator[Deed]:
        """The correction, update or minor fix of what had been published, through a working copy."""
        changed = [language for language in self.piece.languages if self.piece.later_words(language)]
        if not changed:
            return
        at = self._changed_at()
        for language in changed:
            yield _written(language, at), self._change(language)
        for language in changed:
            yield at - SUBMITTED, self._step_of_copy("submit", language, self._author(language))
            yield at - APPROVED, self._step_of_copy("approve", language, self.staff.approver(language))
            yield at, self._step_of_copy("publish", language, self.staff.first("publisher"))

    def _changed_at(self) -> datetime:
        written = self.piece.fields.get("corrected") or self.piece.fields.get("updated")
        if written:
            return self.days.moment(written)
        return max(self._ready(language) for language in self.piece.languages) + CHANGED_AFTER

    def _of_working_copy(self) -> Iterator[Deed]:
        """The copy that stands open today; nobody has submitted it yet."""
        if words := self.piece.words_of_working_copy():
            yield self.days.now - WRITTEN, partial(self._write_in_copy, words, "vi")

    def _author(self, language: str) -> User:
        return self.writer if language == "vi" else self.staff.first("translator")

    def begin(self, category: Category) -> Article:
        """Make the row: what both languages share, the pictures, the first Vietnamese text, no history."""
        fields, words = self.piece.fields, self.library.with_figures(self.piece.first_words("vi"))
        row = Article.objects.create(
            category=category,
            byline=fields["byline"],
            event_on=self.days.day(fields["event_on"]),
            prominence=getattr(Article.Prominence, fields["prominence"].upper()),
            released_together=self.piece.goes_out_together,
            created_at=self.deeds()[0][0],
            created_by=self.writer,
            **{f"{field}_vi": text for field, text in words.items()},
        )
        self.library.place(self.piece, row)
        self.article_pk = row.pk
        return row

    def _write(self, language: str) -> Callable[[datetime], object]:
        return self._start if language == "vi" else partial(self._translate, language)

    def _start(self, now: datetime) -> None:
        start(self._article(), by=self.writer, now=now)

    def _translate(self, language: str, now: datetime) -> None:
        self._save(self._article(), self.piece.first_words(language), language, now)

    def _change(self, language: str) -> Callable[[datetime], object]:
        kind, note = self.piece.note_of_change(language)
        words = self.piece.later_words(language) | {"change_kind": kind, "change_note": note}
        return partial(self._write_in_copy, words, language)

    def _write_in_copy(self, words: dict[str, str], language: str, now: datetime) -> None:
        copy = open_working_copy(self._article(), by=self._author(language), now=now)
        self._save(copy, words, language, now)

    def _save(self, row: Article, words: dict[str, str], language: str, now: datetime) -> None:
        for field, text in self.library.with_figures(words).items():
            setattr(row, f"{field}_{language}", text)
        row.save()
        record_save(row, by=self._author(language), now=now)

    def _step(
        self, step: str, language: str, by: User, note: str = "", at: datetime | None = None
    ) -> Callable[[datetime], object]:
        return lambda now: take_step(
            self._article(), step, language=language, by=by, now=now, note=note, at=at
        )

    def _step_of_copy(self, step: str, language: str, by: User) -> Callable[[datetime], object]:
        return lambda now: take_step(self._copy(), step, language=language, by=by, now=now)

    def _article(self) -> Article:
        return Article.objects.get(pk=self.article_pk)

    def _copy(self) -> Article:
        return Article.objects.get(working_copy_of=self.article_pk)


def _written(language: str, ready: datetime) -> datetime:
    """When a text was begun: on the day itself, or the afternoon before what is ready early in the day."""
    if language == "en":
        return ready - TRANSLATED
    morning = in_ict(ready)
    if morning.hour >= FIRST_HOUR_OF_WRITING + WRITTEN // timedelta(hours=1):
        return ready - WRITTEN
    return morning.replace(hour=16, minute=0) - timedelta(days=1)
