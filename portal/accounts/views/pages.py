"""What all account pages share: only staff see them, nobody stores them, they look like the admin."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

View = Callable[..., HttpResponse]


def staff_view(view: View) -> View:
    """For signed-in staff, also while their sign-in is unfinished; answers are never stored."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        return view(request, *args, **kwargs)

    return never_cache(sensitive_post_parameters()(wrapper))


def staff_page(request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    """A page inside the admin's frame."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def safe_next(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of this portal; else the first page of the admin."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return reverse("admin:index")
