"""The real addresses, and one page outside the admin."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from portal.urls import urlpatterns as real


def outside(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.get_username() or "nobody")


urlpatterns = [path("outside/", outside), *real]
