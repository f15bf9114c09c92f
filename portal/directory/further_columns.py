"""Columns of a directory file about what other packages keep of a post; each is registered in its package's `AppConfig.ready`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

from portal.accounts.models import User
from portal.directory.models import Post


class FurtherColumn(Protocol):
    """One column. Made anew for each plan and each export, it knows things as they are then."""

    name: str  # as the first line of a file has it
    sentence: str  # what a plan says of it, with %(after)s
    help: Promise  # what stands under it, for whoever writes a file

    def added(self, cell: str, post: Post | None) -> str:
        """What the cell says that is not so yet, in the words of a file; "" for nothing. Raises Refused."""

    def said_of(self, post: Post) -> str:
        """What an export says of the post."""

    def bring(self, said: Iterable[tuple[Post, str]], *, by: User | None, now: datetime) -> None:
        """Make it so, each cell of its post. Nothing is taken away."""


_columns: list[type[FurtherColumn]] = []


def register(column: type[FurtherColumn]) -> None:
    if column not in _columns:
        _columns.append(column)


def registered() -> tuple[type[FurtherColumn], ...]:
    return tuple(_columns)


def names() -> tuple[str, ...]:
    return tuple(column.name for column in _columns)


def sentence(name: str) -> str:
    """Raises KeyError for a column nobody registered."""
    return {column.name: column.sentence for column in _columns}[name]


def as_they_are() -> dict[str, FurtherColumn]:
    """Each column by its name."""
    return {column.name: column() for column in _columns}
