"""Pages for one person: kept by no cache, found by no search engine, telling no other site their address."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES
from portal.web.pages import crumbs, in_each_language, render_page
from pressroom.rules.links import Broken, PersonalLink
from pressroom.views.sections import press_room


class NoSuchLink(Http404):
    """A link cut short, made up or too old; for all the same words."""

    for_readers = True

    def __str__(self) -> str:
        return _(
            "This link leads nowhere any more: it was cut when it was copied, or it is too old. Ask for a new one."
        )


def thing_or_404(link: PersonalLink, token: str, things: Any) -> Any:
    try:
        return link.thing(token, things)
    except Broken:
        raise NoSuchLink from None


def personal_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str
) -> HttpResponse:
    """A page with forms or personal matters; its twin has the same address in the other language."""
    here = request.resolver_match
    alike = in_each_language(here.view_name, {code: list(here.kwargs.values()) for code in LANGUAGES})
    shown = {"breadcrumbs": crumbs(press_room()), **context}
    response = render_page(request, template, shown, title=title, twins=alike, robots="noindex")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
