"""Pages for what went wrong, in the reader's language; they must render whatever else is broken."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist, loader
from django.template.exceptions import TemplateSyntaxError


def standalone(status: int) -> str:
    """A page that asks nothing of database, session or context: both languages together."""
    try:
        return loader.get_template(f"{status}.html").render({})
    except (TemplateDoesNotExist, TemplateSyntaxError):
        return f"{status}"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(standalone(400), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": _said(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", {"reason": _said(exception)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(standalone(500), status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was open too long, or did not come from here: what was typed is still behind the Back button."""
    return render(request, "403_csrf.html", status=403)


def _said(exception: Exception | None) -> str:
    """Our own sentence, when the code that raised it wrote one for readers."""
    words = exception.args[0] if exception and exception.args else ""
    return str(words) if getattr(exception, "for_readers", False) else ""
