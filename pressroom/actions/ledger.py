"""Entering what was said into the ledger: one chain, one row at a time."""

import json
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from portal.history import signatures
from portal.search.models import Entry
from pressroom import wording
from pressroom.models import Mark, Said, Sentence, Series
from pressroom.models.numbers import written

#: Whose row is locked while a line is added: the chain has one end.
CHAIN = "ledger"
DEEDS: dict[str, Any] = {
    "withdraw": Said.Deed.WITHDRAWN,
    "retract": Said.Deed.RETRACTED,
}


@transaction.atomic
def enter(entry: Entry, *, version: int, deed: str, at: datetime) -> Said | None:
    """Add what an entry says, or that it is taken down, once for each version and deed; None when it stands already."""
    Series.objects.get_or_create(kind=CHAIN, year=0)
    Series.objects.select_for_update().get(kind=CHAIN, year=0)
    before = Said.objects.filter(kind=entry.kind, object_id=entry.object_id, language=entry.language)
    what: Any = DEEDS.get(deed) or (Said.Deed.REPLACED if before.exists() else Said.Deed.GIVEN_OUT)
    if before.filter(
        version=version, deed__in=[what, Said.Deed.GIVEN_OUT] if deed not in DEEDS else [what]
    ).exists():
        return None
    said = _line(entry, version=version, deed=what, at=at)
    said.previous = Said.objects.order_by("-pk").values_list("seal", flat=True).first() or ""
    said.seal = sha256(sealed(said)).hexdigest()
    said.signature = signatures.sign(said.seal.encode())
    said.save()
    if deed not in DEEDS:
        _index(said, entry)
    return said


def _line(entry: Entry, *, version: int, deed: str, at: datetime) -> Said:
    taken_down = deed in DEEDS.values()
    text = "" if taken_down else text_of(entry)
    number = written(entry.kind, [entry.object_id]).get(entry.object_id, "")
    return Said(
        kind=entry.kind, object_id=entry.object_id, language=entry.language, version=version, deed=deed, at=at,
        number=number, title=entry.title, url=entry.url, text=text, text_key=wording.key(text),
    )  # fmt: skip


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
