"""The order of questions: fair by outlet, and what may become of each."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from pressroom.models import BriefingQuestion

State = BriefingQuestion.State

#: State → what it may become.
BECOMES: dict[Any, tuple[Any, ...]] = {
    State.WAITING: (State.TAKEN, State.LEFT),
    State.TAKEN: (State.ANSWERED, State.LEFT, State.WAITING),
    State.ANSWERED: (State.TAKEN,),
    State.LEFT: (State.WAITING,),
}


def in_turn(waiting: Iterable[BriefingQuestion], had: Iterable[int]) -> list[BriefingQuestion]:
    """One question of each outlet, then the second ones, …; within a round the order stays. `had` are the outlets of
    questions already taken: whoever has had a turn comes a round later.
    """
    turns: dict[int, int] = defaultdict(int)
    for outlet in had:
        turns[outlet] += 1
    rounds = []
    for place, question in enumerate(waiting):
        rounds.append((turns[question.outlet_id], place, question))
        turns[question.outlet_id] += 1
    return [question for _round, _place, question in sorted(rounds, key=lambda each: each[:2])]
