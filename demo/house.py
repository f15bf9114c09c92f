"""What stands before the first article: the house's identity, its menus, shelves and dossiers."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, override

from demo.folder import Fields, read
from news.models import Category
from portal.languages import LANGUAGES
from portal.search.models import Topic
from portal.web.models import MenuItem, SiteIdentity

#: So many shelves stand in the main menu; the others in the footer.
IN_MAIN_MENU = 4


def furnish() -> tuple[dict[str, Category], dict[str, Topic]]:
    """Make all of it; answers categories and topics by their keys."""
    site = _identity()
    categories, topics = _categories(), _topics()
    _main_menu(site, list(categories.values())[:IN_MAIN_MENU])
    _footer(site, list(categories.values())[IN_MAIN_MENU:])
    return categories, topics


def _identity() -> SiteIdentity:
    written = read("identity.toml")["identity"]
    return SiteIdentity.objects.create(
        hotline=written["hotline"],
        hotline_tel=written["telephone"],
        email=written["email"],
        **_pairs(written, "tagline", "address", "responsible"),
        **{f"ministry_name_{language}": written[f"ministry_{language}"] for language in LANGUAGES},
        **{f"portal_name_{language}": written[f"portal_{language}"] for language in LANGUAGES},
        # The notice that this is a demonstration must stand on every page; the licence does.
        licence_vi=f"{written['licence_vi']} {written['notice_vi']}",
        licence_en=f"{written['licence_en']} {written['notice_en']}",
    )


def _categories() -> dict[str, Category]:
    return {
        shelf["key"]: Category.objects.create(
            key=shelf["key"], position=position, **_pairs(shelf, "name", "slug", "description")
        )
        for position, shelf in enumerate(read("categories.toml")["categories"], start=1)
    }


def _topics() -> dict[str, Topic]:
    return {
        dossier["key"]: Topic.objects.create(position=position, **_pairs(dossier, "title", "slug", "summary"))
        for position, dossier in enumerate(read("topics.toml")["topics"], start=1)
    }


def _pairs(written: Fields, *fields: str) -> Fields:
    return {
        f"{field}_{language}": written[f"{field}_{language}"] for field in fields for language in LANGUAGES
    }


def _main_menu(site: SiteIdentity, shelves: list[Category]) -> None:
    lines = [
        _line("home", gettext_noop("Home")),
        _line("news:all", gettext_noop("News")),
        *map(_shelf, shelves),
        _line("publications:shelf", gettext_noop("Publications")),
        _line("pressroom:landing", gettext_noop("Press")),
        _line("training:landing", gettext_noop("Training")),
    ]
    _place(site, MenuItem.Place.MAIN, lines)


def _footer(site: SiteIdentity, shelves: list[Category]) -> None:
    lines = [
        _line("search:topics", gettext_noop("Topics")),
        _line("news:today", gettext_noop("News by day")),
        _line("mailing:sign_up", gettext_noop("News by e-mail")),
    ]
    _place(site, MenuItem.Place.FOOTER, [*lines, *map(_shelf, shelves)])


def _place(site: SiteIdentity, place: Any, lines: list[Fields]) -> None:
    MenuItem.objects.bulk_create(
        MenuItem(site=site, place=place, position=position, **line)
        for position, line in enumerate(lines, start=1)
    )


def _shelf(category: Category) -> Fields:
    line: Fields = {}
    for language in LANGUAGES:
        with override(language):
            line |= {f"label_{language}": str(category), f"path_{language}": category.get_absolute_url()}
    return line


def _line(name: str, label: str) -> Fields:
    line: Fields = {}
    for language in LANGUAGES:
        with override(language):
            line |= {f"label_{language}": gettext(label), f"path_{language}": reverse(name)}
    return line
