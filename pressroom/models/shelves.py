"""The shelves of the press room: what its lists and feeds are made by."""

from enum import Enum
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.editorial.models import Publishable


class Shelf(Enum):
    """A kind of thing the press room publishes: its number in `search.Entry`, its name, the name of its list."""

    RELEASES = (1, _("Press releases"), "pressroom:releases")
    STATEMENTS = (2, _("Statements"), "pressroom:statements")
    BRIEFINGS = (3, _("Press briefings"), "pressroom:briefings")
    ANSWERS = (4, _("Answers to the press"), "pressroom:answers")

    @property
    def number(self) -> int:
        return self.value[0]

    @property
    def label(self) -> Any:
        return self.value[1]

    @property
    def url(self) -> str:
        """The address of its list, in the active language."""
        return reverse(self.value[2])

    def face(self) -> dict[str, Any]:
        """What its entries say of their shelf, in the active language."""
        return {"shelf_id": self.number, "shelf_title": str(self.label), "shelf_url": self.url}


def topics_of(thing: Publishable) -> list[dict[str, Any]]:
    """The topics of a thing as its page names them, in the active language."""
    return [
        {"id": topic.pk, "title": topic.title, "url": topic.get_absolute_url()}
        for topic in thing.topics.all()
        if topic.title and topic.slug
    ]
