"""What every page shows: who speaks, the menus, the hour."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from portal.web import pages
from portal.web.models import MenuItem, SiteIdentity


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site`, `menu`, `footer_menu`, `now`, `languages` (unless the view named its twins)."""
    house = SimpleLazyObject(lambda: _House(request.path))
    return {
        "site": SimpleLazyObject(lambda: house.site),
        "menu": SimpleLazyObject(lambda: house.menu(MenuItem.Place.MAIN)),
        "footer_menu": SimpleLazyObject(lambda: house.menu(MenuItem.Place.FOOTER)),
        "now": timezone.now(),
        "languages": pages.languages({}, {}),
    }


class _House:
    """Identity and menus in one query."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.items = list(MenuItem.objects.select_related("site").order_by("place", "position", "pk"))
        self.site = self.items[0].site if self.items else SiteIdentity.objects.first() or SiteIdentity()

    def menu(self, place: str) -> list[dict[str, Any]]:
        shown = [item for item in self.items if item.place == place and item.label and item.path]
        current = max((item.path for item in shown if self._is_here(item.path)), key=len, default=None)
        return [{"label": item.label, "url": item.path, "current": item.path == current} for item in shown]

    def _is_here(self, path: str) -> bool:
        home = f"/{get_language()}/"
        return self.path == path if path == home else self.path.startswith(path)
