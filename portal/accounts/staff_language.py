"""Which language a staff page speaks."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.languages import LANGUAGES
from portal.languages.middleware import wished_language


def staff_language(request: HttpRequest) -> str:
    """The signed-in person's own; for a visitor ?language=, then the cookie, then Accept-Language."""
    if request.user.is_authenticated:
        return request.user.language
    before = getattr(request, "signed_out_language", "")  # of whoever was idle and is nobody now
    return explicit_language(request) or before or wished_language(request)


def explicit_language(request: HttpRequest) -> str:
    """The language the visitor asked for by ?language=, "" for none or an unknown one."""
    return known_language(request.GET.get("language", ""))


def known_language(language: str) -> str:
    """`language` if the portal speaks it, else ""."""
    return language if language in LANGUAGES else ""


def keep_language(response: HttpResponse, language: str) -> None:
    """Let the browser remember, so that the sign-in page speaks this language next time."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        secure=settings.SESSION_COOKIE_SECURE,
    )
