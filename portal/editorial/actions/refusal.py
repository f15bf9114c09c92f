"""Refusals: an action that may not be done says why, in words for the person who asked."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.refusal import Refused as Refused


class Conflict(Refused):
    """Somebody else changed the thing after this person opened it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this piece after you opened it. Nothing of yours is lost: compare both texts below."
            )
        )
