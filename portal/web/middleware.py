"""Requests a page can be made from, and the headers every answer carries."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.middleware.gzip import GZipMiddleware

from portal.web import errors

Respond = Callable[[HttpRequest], HttpResponse]


class UsableRequest:
    """Refuses, in plain words, hosts that are not ours and addresses no database could look up."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            request.get_host()
        except DisallowedHost:
            return HttpResponseBadRequest(errors.standalone(400))
        if (
            "\x00" in request.path
            or "\x00" in request.META.get("QUERY_STRING", "")
            or "%00" in request.META.get("QUERY_STRING", "")
        ):
            return HttpResponseBadRequest(errors.standalone(400))
        return self.get_response(request)


class Compression(GZipMiddleware):
    """Pages travel compressed where no web server in front does it. Files are handed on as they are: pictures are small
    already, and whoever asks for a part of a file gets that part."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return response if response.streaming else super().process_response(request, response)


class Headers:
    """Headers beside the security middleware's own: no feature of the device is asked for; staff pages are never stored."""

    PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.PERMISSIONS)
        if request.path.startswith("/admin/"):
            response.headers.setdefault("Cache-Control", "no-store, private")
            # CKEditor 4 writes style attributes and inline handlers; the public pages stay strict, and so does
            # a page of the staff that has said for itself what it needs.
            if not hasattr(response, "_csp_update"):
                response._csp_update = {"style-src": ["'unsafe-inline'"], "script-src": ["'unsafe-inline'"]}
        elif not settings.PRODUCTION:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
