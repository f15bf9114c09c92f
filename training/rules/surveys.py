"""What may be told of a survey without telling who said it."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from training.models import Question

#: Of fewer answers nothing is told: in a small room everybody would know whose they are.
LEAST = 5
SCORES = (1, 2, 3, 4, 5)
_TOGETHER = ((1, 2), (3,), (4, 5))


@dataclass(frozen=True)
class Bar:
    """So many gave one of these scores."""

    scores: tuple[int, ...]
    count: int
    share: float

    @property
    def label(self) -> str:
        return "–".join(str(each) for each in sorted({self.scores[0], self.scores[-1]}))

    @property
    def width(self) -> int:
        """For a picture 200 wide."""
        return round(200 * self.share)


@dataclass(frozen=True)
class Result:
    """What is told of a question; with too few answers, only that there are too few."""

    question: Question
    count: int
    average: Decimal | None = None
    bars: list[Bar] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    @property
    def is_told(self) -> bool:
        return self.count >= LEAST

    @property
    def width(self) -> int:
        """Of the average, for a picture 200 wide in which 1 stands at the left end."""
        return round(200 * (float(self.average) - 1) / 4) if self.average else 0


def result_of(question: Question, scores: Counter[int], texts: list[str]) -> Result:
    """`texts` come in no order of theirs: they are told by the alphabet."""
    count = scores.total() if question.kind == Question.Kind.SCALE else len(texts)
    if count < LEAST:
        return Result(question, count)
    if question.kind == Question.Kind.TEXT:
        return Result(question, count, texts=sorted(texts))
    total = Decimal(sum(score * many for score, many in scores.items()))
    average = (total / count).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return Result(question, count, average, bars_of(scores))


def bars_of(scores: Counter[int]) -> list[Bar]:
    """How the answers are spread, as finely as no group is smaller than LEAST; [] where even three groups are."""
    for groups in (tuple((score,) for score in SCORES), _TOGETHER):
        counts = [sum(scores[score] for score in group) for group in groups]
        if all(count == 0 or count >= LEAST for count in counts):
            total = scores.total()
            return [Bar(group, count, count / total) for group, count in zip(groups, counts, strict=True)]
    return []
