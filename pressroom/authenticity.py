"""Is this text ours? A pasted text against the ledger: the same, like one of ours, partly ours, or none."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum

from portal.richtext.compare import Piece, words_diff
from pressroom import wording
from pressroom.models import Mark, Said, Sentence

#: Of what is pasted, so many sentences are looked up; so alike two must be for one to be shown beside the other.
MOST_SENTENCES = 200
NEAR = 0.6


class Answer(Enum):
    SAME = "same"
    EACH_SENTENCE = "each_sentence"
    NEAR = "near"
    NONE = "none"


@dataclass(frozen=True)
class Compared:
    """A pasted sentence and the one of ours that it is, or is like."""

    pasted: str
    ours: Sentence | None
    is_same: bool
    pieces: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    answer: Answer
    said: Said | None = None  # the text of ours it is, or most of it is from
    current: Said | None = None  # the newest line about that text: it may have been changed or taken down
    sentences: list[Compared] = field(default_factory=list)
    is_cut: bool = False


def judge(pasted: str) -> Verdict:
    """What the ledger says of a pasted text. A handful of queries, however long the ledger."""
    text = pasted[: wording.LONGEST]
    key = wording.key(text)
    if not key:
        return Verdict(Answer.NONE)
    same = Said.objects.filter(text_key=key).order_by("-pk").first()
    if same:
        return Verdict(Answer.SAME, same, _newest_of(same), is_cut=len(pasted) > wording.LONGEST)
    parts = [part for part in wording.sentences(text) if wording.key(part)]
    compared = _compare(parts[:MOST_SENTENCES])
    is_cut = len(pasted) > wording.LONGEST or len(parts) > MOST_SENTENCES
    sources = Counter(each.ours.said_id for each in compared if each.ours)
    if not sources:
        return Verdict(Answer.NONE, sentences=compared, is_cut=is_cut)
    said = Said.objects.get(pk=sources.most_common(1)[0][0])
    whole = all(each.is_same for each in compared)
    return Verdict(Answer.EACH_SENTENCE if whole else Answer.NEAR, said, _newest_of(said), compared, is_cut)


def _newest_of(said: Said) -> Said:
    lines = Said.objects.filter(kind=said.kind, object_id=said.object_id, language=said.language)
    return lines.order_by("-pk").first() or said


def _compare(parts: list[str]) -> list[Compared]:
    known = _by_key(parts)
    like = _by_marks([part for part in parts if wording.key(part) not in known])
    return [_compared(part, known.get(wording.key(part)), like.get(part, [])) for part in parts]


def _by_key(parts: list[str]) -> dict[str, Sentence]:
    rows = Sentence.objects.filter(key__in={wording.key(part) for part in parts}).select_related("said")
    return {row.key: row for row in rows.order_by("pk")[: 50 * MOST_SENTENCES]}


def _by_marks(parts: list[str]) -> dict[str, list[Sentence]]:
    """For each part the sentences that share most of its marks."""
    owners: dict[int, list[str]] = defaultdict(list)
    for part in parts:
        for value in wording.marks(part):
            owners[value].append(part)
    shared: dict[str, Counter[int]] = defaultdict(Counter)
    rows = Mark.objects.filter(value__in=owners).values_list("value", "sentence_id")[: 100 * MOST_SENTENCES]
    for value, sentence in rows:
        for part in owners[value]:
            shared[part][sentence] += 1
    chosen = {part: [pk for pk, _count in counted.most_common(3)] for part, counted in shared.items()}
    found = Sentence.objects.select_related("said").in_bulk({pk for pks in chosen.values() for pk in pks})
    return {part: [found[pk] for pk in pks if pk in found] for part, pks in chosen.items()}


def _compared(part: str, same: Sentence | None, like: list[Sentence]) -> Compared:
    if same:
        return Compared(part, same, True)
    best = max(like, key=lambda row: _likeness(part, row.words), default=None)
    if best is None or _likeness(part, best.words) < NEAR:
        return Compared(part, None, False)
    return Compared(part, best, False, words_diff(best.words, part))


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, wording.words_of(one), wording.words_of(other), autojunk=False).ratio()
