"""A file or a deed the library refuses; the reason is a sentence for the person who asked."""

from typing import Any


class Refused(Exception):
    """The file is not taken in, or the deed is not done; `str()` is the reason, fit to be shown."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)
