"""Whose address a request comes from, when trusted proxies stand in front (PORTAL_PROXIES of them)."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address the outermost trusted proxy saw; without proxies, the connection's own.

    Each proxy appends the address it was asked from, so only the last `PROXIES` entries can be believed.
    """
    seen = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES and len(seen) >= settings.PROXIES:
        return seen[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR") or ""
