"""A page and its twin: titles, canonical address, hreflang pairs and the language switch."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES

NAMES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True)
class Section:
    """The part of the portal a page belongs to: its place in the path, and offered where the page is not to be had."""

    label: str
    url: str


def crumbs(*path: Section | tuple[str, str]) -> list[dict[str, str]]:
    """The way from the home page down to where a page stands, in the active language."""
    first = {"label": _("Home"), "url": f"/{get_language()}/"}
    steps = [(step.label, step.url) if isinstance(step, Section) else step for step in path]
    return [first, *({"label": label, "url": url} for label, url in steps)]


def in_each_language(name: str, args: dict[str, list[Any]] | None = None) -> dict[str, str]:
    """The address of one page in every language it has one in; `args` by language, or none for all."""
    addresses = {}
    wanted = {language: [] for language in LANGUAGES} if args is None else args
    for language, words in wanted.items():
        with override(language):
            addresses[language] = reverse(name, args=words)
    return addresses


def absolute(request: HttpRequest, path: str) -> str:
    """The public address of a path."""
    return settings.PUBLIC_ORIGIN + path if settings.PUBLIC_ORIGIN else request.build_absolute_uri(path)


def languages(live: dict[str, str], elsewhere: dict[str, str]) -> list[dict[str, Any]]:
    """The language switch: the live twin where there is one, otherwise the page that explains and leads on."""
    active = get_language()
    return [
        {
            "code": code,
            "label": NAMES[code],
            "url": live.get(code) or elsewhere.get(code) or f"/{code}/",
            "current": code == active,
            "live": code in live,
        }
        for code in LANGUAGES
    ]


def render_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    twins: dict[str, str],
    elsewhere: dict[str, str] | None = None,
    description: str = "",
    image: str = "",
    kind: str = "website",
    robots: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a public page. `twins` maps each language the page is live in to its path; hreflang says only those."""
    own = twins.get(get_language() or "", request.path)
    page = {
        "title": title,
        "description": description,
        "canonical": absolute(request, own),
        "alternates": [(code, absolute(request, path)) for code, path in twins.items()]
        if len(twins) > 1
        else [],
        "image_url": absolute(request, image) if image else "",
        "type": kind,
        "robots": robots,
    }
    shown = {**context, "page": page, "languages": languages(twins, elsewhere or {})}
    return render(request, template, shown, status=status)
