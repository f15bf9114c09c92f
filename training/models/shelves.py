"""The shelf of training among the shelves of the read side."""

from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Shelf(Enum):
    """A kind of thing training publishes: its number in `search.Entry`, its name, the name of its list."""

    EVENTS = (1, _("Training and seminars"), "training:landing")

    @property
    def number(self) -> int:
        return self.value[0]

    def face(self) -> dict[str, Any]:
        """What its entries say of their shelf, in the active language."""
        number, label, view = self.value
        return {"shelf_id": number, "shelf_title": str(label), "shelf_url": reverse(view)}
