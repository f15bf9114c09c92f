"""Feeds of the press room: what is new, and what has changed, for readers' programs and for wires."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.search.models import Entry
from portal.web.models import SiteIdentity
from portal.web.pages import absolute
from pressroom import changes
from pressroom.models import Shelf

MOST = 20


class OfThePress(Feed):
    """The newest of everything in the active language. One object serves all threads: it keeps nothing of a request."""

    feed_type = Atom1Feed
    shelf: Shelf | None = None

    def title(self) -> str:
        site = SiteIdentity.objects.first()
        name = str(self.shelf.label) if self.shelf else _("Press room")
        return f"{name} – {site.ministry_name}" if site else name

    def link(self) -> str:
        return self.shelf.url if self.shelf else reverse("pressroom:landing")

    def items(self) -> list[Any]:
        of_the_press = Entry.objects.in_language(get_language()).filter(section="pressroom")
        if self.shelf:
            of_the_press = of_the_press.filter(shelf_id=self.shelf.number)
        return list(of_the_press.listed(timezone.now()).newest().for_cards()[:MOST])

    def item_title(self, item: Any) -> str:
        return item.title

    def item_description(self, item: Any) -> str:
        return item.summary

    def item_link(self, item: Any) -> str:
        return item.url

    def item_pubdate(self, item: Any) -> datetime:
        return item.visible_from

    def item_updateddate(self, item: Any) -> datetime:
        return item.updated_at or item.visible_from


class Releases(OfThePress):
    shelf = Shelf.RELEASES


class Statements(OfThePress):
    shelf = Shelf.STATEMENTS


class Changes(OfThePress):
    """What was published, updated, corrected, withdrawn, retracted: each change an item of its own."""

    def title(self) -> str:
        return _("Changes in the press room")

    def items(self) -> list[Any]:
        return changes.newest(get_language() or "vi", timezone.now())

    def item_title(self, item: Any) -> str:
        return f"{_word(item.kind)}: {item.entry.title}"

    def item_description(self, item: Any) -> str:
        return item.note or item.entry.summary

    def item_link(self, item: Any) -> str:
        return item.entry.url

    def item_guid(self, item: Any) -> str:
        return item.key

    item_guid_is_permalink = False

    def item_pubdate(self, item: Any) -> datetime:
        return item.at

    def item_updateddate(self, item: Any) -> datetime:
        return item.at


def _word(kind: str) -> str:
    return {
        "published": _("Published"),
        "update": _("Update"),
        "correction": _("Correction"),
        "withdrawn": _("Withdrawn"),
        "retracted": _("Recalled"),
    }[kind]


@require_safe
def changes_json(request: HttpRequest) -> JsonResponse:
    """The same for machines: what changed, when, where, and where the replacement stands."""
    language = get_language() or "vi"
    told = [
        {
            "id": change.key,
            "at": change.at.isoformat(),
            "kind": change.kind,
            "note": change.note,
            "title": change.entry.title,
            "url": absolute(request, change.entry.url),
            "replaced_by": absolute(request, change.entry.successor) if change.entry.successor else None,
        }
        for change in changes.newest(language, timezone.now())
    ]
    return JsonResponse({"language": language, "changes": told}, json_dumps_params={"ensure_ascii": False})
