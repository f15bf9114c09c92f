"""What leans on a text. Sections whose things hold words of others are told in the transaction that corrects the words or
takes them down, so that nothing appears at its hour with what was wrong a second before."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from typing import NamedTuple

from portal.editorial.models import Publishable


class Changed(NamedTuple):
    """A text that is not any more what its readers saw."""

    reference: str  # "news.article:12"
    language: str

    @classmethod
    def of(cls, item: Publishable, language: str) -> "Changed":
        return cls(f"{item._meta.label_lower}:{item.root_pk}", language)


Leaning = Callable[[list[Changed], datetime], AbstractContextManager[None]]

_leaning: list[Leaning] = []


def register(held: Leaning) -> None:
    """For an `AppConfig.ready`: `held(changed, now)` is entered before the change is written and left before it is committed.

    The texts are locked already. Lock what leans on them on entering, never another text; judge it on leaving. What every
    step writes last, the read side, is free on entering and ours on leaving: whoever waited then would be waited for.
    """
    if held not in _leaning:
        _leaning.append(held)


@contextmanager
def held(changed: list[Changed], now: datetime) -> Iterator[None]:
    """Write a change with all that leans on it held; of texts that nobody has seen before nothing is asked."""
    with ExitStack() as all_of_it:
        for each in _leaning if changed else ():
            all_of_it.enter_context(each(changed, now))
        yield
