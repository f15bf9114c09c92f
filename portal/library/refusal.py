"""A file or a deed the library refuses; the reason is a sentence for the person who asked."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused as Refused


class StillUsed(Refused):
    """An asset is not removed, because `users` place or show it. By itself it says how many: who may see them is not known here."""

    def __init__(self, users: Iterable[models.Model]) -> None:
        self.users = list(users)
        super().__init__(self.naming(str(len(self.users))))

    def naming(self, uses: str) -> str:
        """The reason with the uses named in one's own way."""
        return _("This file is still used and cannot be removed. Used in: %(uses)s") % {"uses": uses}
