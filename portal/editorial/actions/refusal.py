"""Refusals: an action that may not be done says why, in words for the person who asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """The step or action may not be done; `str()` is the reason, fit to be shown."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return str(self.reason)


class Conflict(Refused):
    """Somebody else changed the thing after this person opened it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this piece after you opened it. Nothing of yours is lost: compare both texts below."
            )
        )
