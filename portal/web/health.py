"""Is this process alive (/healthz), and can the portal do its work (/readyz)?"""

from collections.abc import Callable
from datetime import datetime

from django.core.cache import cache
from django.db import connection
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
        for name, check in {"database": _database, "cache": _cache, **_checks}.items()
        if (problem := _ask(check))
    }
    return JsonResponse({"ready": not problems, "problems": problems}, status=503 if problems else 200)


def _ask(check: Check) -> str | None:
    try:
        return check(timezone.now())
    except Exception as problem:  # a check that breaks is a problem to tell, never a 500
        return f"{type(problem).__name__}: {problem}"[:200]


def _database(now: datetime) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def _cache(now: datetime) -> str | None:
    """The cache (in production Redis, which is also the broker) answers."""
    cache.get("readyz")
    return None
