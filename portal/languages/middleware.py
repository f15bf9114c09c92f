"""Which language a request speaks: its address says so; otherwise the reader's cookie, then the browser's wish."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.languages import LANGUAGES


def language_of_path(path: str) -> str | None:
    """The language an address begins with: "/vi/…" or "/en/…"."""
    first = path.lstrip("/").split("/", 1)[0]
    return first if first in LANGUAGES else None


def wished_language(request: HttpRequest) -> str:
    """Cookie first, then Accept-Language, then Vietnamese."""
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie in LANGUAGES:
        return cookie
    return translation.get_language_from_request(request)


class ChooseLanguage:
    """Activates the language of the address; staff pages then follow the person's own choice (portal.accounts)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of_path(request.path_info) or wished_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response
