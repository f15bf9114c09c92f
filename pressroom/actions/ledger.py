"""Entering what was said into the ledger: one chain, one row at a time."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from portal.editorial.actions.reading import entry_of
from portal.editorial.models import Publishable
from portal.history import signatures
from portal.history.models import Record, Version
from portal.search.models import Entry
from pressroom import wording
from pressroom.models import Mark, Said, Sentence, Series
from pressroom.models.numbers import written

#: Whose row is locked while a line is added: the chain has one end.
CHAIN = "ledger"
GIVEN_OUT = ("published", "published urgently")
TAKEN_DOWN: dict[str, Any] = {
    "withdraw": Said.Deed.WITHDRAWN,
    "retract": Said.Deed.RETRACTED,
}


@transaction.atomic
def enter(thing: Publishable, language: str) -> list[Said]:
    """Add a line for each step of a thing that history knows and the ledger does not, in their order.

    What a text said is read from its version: a worker that comes late finds the words of that moment.
    """
    Series.objects.get_or_create(kind=CHAIN, year=0)
    Series.objects.select_for_update().get(kind=CHAIN, year=0)
    return [line for step in _not_entered(thing, language) for line in _lines(thing, step)]


def _not_entered(thing: Publishable, language: str) -> Iterable[Record]:
    steps = Record.objects.about(thing).filter(language=language, verb__in=[*GIVEN_OUT, *TAKEN_DOWN])
    entered = Said.objects.of(thing, language).values("step")
    return steps.exclude(pk__in=entered).order_by("pk")


def _lines(thing: Publishable, step: Record) -> Iterator[Said]:
    newest = Said.objects.of(thing, step.language).order_by("-pk").first()
    if step.verb in GIVEN_OUT:
        yield _text(thing, step, newest, at=step.at)
        return
    # What appeared at its hour by itself, and was taken down before the clock came by, was given out.
    since = parse_datetime(step.details["since"])
    if since and (newest is None or newest.at < since):
        yield _text(thing, step, newest, at=since)
    yield _add(_line(thing, step, deed=TAKEN_DOWN[step.verb], at=step.at))


def _text(thing: Publishable, step: Record, newest: Said | None, *, at: datetime) -> Said:
    stands = newest is not None and newest.is_text
    said = _line(thing, step, deed=Said.Deed.REPLACED if stands else Said.Deed.GIVEN_OUT, at=at)
    entry = _as_released(thing, step)
    said.text = text_of(entry)
    said.text_key = wording.key(said.text)
    _add(said)
    _index(said, entry)
    return said


def _line(thing: Publishable, step: Record, *, deed: Any, at: datetime) -> Said:
    entry = _as_released(thing, step)
    return Said(
        kind=entry.kind, object_id=entry.object_id, language=entry.language, step=step, deed=deed, at=at,
        version=step.details["version"], number=written(entry.kind, [thing.pk]).get(thing.pk, ""),
        title=entry.title, url=entry.url,
    )  # fmt: skip


def _add(said: Said) -> Said:
    said.previous = Said.objects.order_by("-pk").values_list("seal", flat=True).first() or ""
    said.seal = sha256(sealed(said)).hexdigest()
    said.signature = signatures.sign(said.seal.encode())
    said.save()
    return said


def _as_released(thing: Publishable, step: Record) -> Entry:
    """What readers saw after a step: an entry never written, of the version that step was about."""
    version = Version.objects.about(thing).get(number=step.details["version"])
    released = type(thing)._default_manager.get(pk=thing.pk)
    for field, words in version.content[step.language].items():
        if field in released.translated_content and field != "slug":  # an address is kept for good
            setattr(released, f"{field}_{step.language}", words)
    return entry_of(released, released.edition(step.language))


def text_of(entry: Entry) -> str:
    """The words of an entry as they are quoted: the standfirst of a release is part of it."""
    if entry.kind == "pressroom.statement":
        return entry.text
    return "\n".join(part for part in (entry.title, entry.summary, entry.text) if part)


def sealed(said: Said) -> bytes:
    """What the seal is the SHA-256 of: canonical JSON (sorted keys, no spaces, UTF-8) of the line and the seal before."""
    return json.dumps(content_of(said), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def content_of(said: Said) -> dict[str, Any]:
    """A line of the ledger as it is signed."""
    return {
        "kind": said.kind, "thing": said.object_id, "language": said.language, "version": said.version,
        "deed": said.deed, "at": said.at.isoformat(), "number": said.number, "title": said.title, "url": said.url,
        "text": said.text, "previous": said.previous,
    }  # fmt: skip


def _index(said: Said, entry: Entry) -> None:
    """Let its sentences be found by their words."""
    lines = _numbered(entry, said.text)
    rows = [
        Sentence(said=said, number=number, words=words, key=wording.key(words))
        for number, line in lines
        for words in wording.sentences(line)
        if wording.key(words)
    ]
    Sentence.objects.bulk_create(rows, batch_size=500)
    Mark.objects.bulk_create(
        [Mark(sentence=row, value=value) for row in rows for value in wording.marks(row.words)],
        batch_size=500,
    )


def _numbered(entry: Entry, text: str) -> list[tuple[int, str]]:
    paragraphs = entry.face.get("paragraphs")
    if paragraphs is None:
        return [(0, line) for line in text.splitlines()]
    return [(each["number"], each["words"]) for paragraph in paragraphs for each in paragraph]
