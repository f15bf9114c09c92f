"""The one way a deed says no, in every package."""

from typing import Any


class Refused(Exception):
    """A deed that may not be done, or a file that is not taken in; `str()` is the reason, in the person's own words."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)
