"""The account pages, the admin, and one page outside it."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def outside(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.user.get_username() or "nobody")


urlpatterns = [
    path("outside/", outside),
    path("admin/account/", include("portal.accounts.urls")),
    path("admin/", include("portal.accounts.sign_in_urls")),
    path("admin/", admin.site.urls),
]
