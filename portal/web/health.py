"""Is this process alive (/healthz), and can the portal do its work (/readyz)?"""

from collections.abc import Callable
from datetime import datetime

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

Check = Callable[[datetime], str | None]
_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check; it answers None when all is well, or what is wrong."""
    _checks[name] = check


def alive(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})


def ready(request: HttpRequest) -> JsonResponse:
    """200 when every check is well, 503 with the reasons otherwise."""
    problems = {
        name: problem
        for name, check in {"database": _database, **_checks}.items()
        if (problem := _ask(check))
    }
    return JsonResponse({"ready": not problems, "problems": problems}, status=503 if problems else 200)


def _ask(check: Check) -> str | None:
    try:
        return check(timezone.now())
    except DatabaseError as problem:
        return str(problem)[:200]


def _database(now: datetime) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None
