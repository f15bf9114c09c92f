"""Pages of the press room for one person."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.web import personal
from pressroom.views.sections import press_room


def personal_page(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    return personal.personal_page(
        request, template, context, title=title, section=press_room(), status=status
    )
