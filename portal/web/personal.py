"""What is one person's alone: the signed links of letters, and the pages they open.

A link is of no use once the address it was sent to is no longer the thing's. Its page is kept by no cache, found by no
search engine, and tells no other site its address.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.languages import LANGUAGES
from portal.web.pages import Section, crumbs, in_each_language, render_page


class Broken(Exception):
    """A link cut short, made up, too old, or sent to an address given up since."""


class NoSuchLink(Http404):
    """A link cut short, made up or too old; for all the same words."""

    for_readers = True

    def __str__(self) -> str:
        return _(
            "This link leads nowhere any more: it was cut when it was copied, or it is too old. Ask for a new one."
        )


@dataclass(frozen=True)
class PersonalLink:
    """Links of one kind: the view they open and for how long. Their things have an `email`."""

    view: str
    holds: timedelta

    def token(self, thing: Any) -> str:
        return signing.dumps([thing.pk, _mark(thing)], salt=self.view)

    def url(self, thing: Any, language: str) -> str:
        with override(language):
            return f"{settings.MAIL_ORIGIN}{reverse(self.view, args=[self.token(thing)])}"

    def thing(self, token: str, things: Any) -> Any:
        """The thing of a link, out of a queryset. Raises Broken."""
        try:
            pk, mark = signing.loads(token, salt=self.view, max_age=self.holds)
        except (signing.BadSignature, ValueError, TypeError) as problem:
            raise Broken from problem
        found = things.filter(pk=pk).first()
        if found is None or mark != _mark(found):
            raise Broken
        return found

    def thing_or_404(self, token: str, things: Any) -> Any:
        """The same, for a view. Raises NoSuchLink."""
        try:
            return self.thing(token, things)
        except Broken:
            raise NoSuchLink from None


def _mark(thing: Any) -> str:
    """Of the address a letter went to, without telling it."""
    return salted_hmac("personal link", thing.email.lower(), algorithm="sha256").hexdigest()[:16]


def personal_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str,
    section: Section,
    status: int = 200,
) -> HttpResponse:
    """A page with forms or personal matters; its twin has the same address in the other language."""
    here = request.resolver_match
    alike = in_each_language(here.view_name, {code: list(here.kwargs.values()) for code in LANGUAGES})
    shown = {"breadcrumbs": crumbs(section), **context}
    response = render_page(
        request, template, shown, title=title, twins=alike, robots="noindex", status=status
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response
